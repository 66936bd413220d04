// FAPI 2.0, §5.3.2.1: what says that it was made more than a minute from now is refused.
import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { seconds } from '../ground/clock.ts'

const mostAhead = 60

/**
 * Throws for a client's assertion that lies ahead, as the library looks only where no `exp` is, or that
 * is for another audience than this issuer alone (§5.3.2.1), which is the library's own check.
 */
export function refuseAssertion(
  ctx: KoaContextWithOIDC,
  claims: Readonly<Record<string, unknown>>,
  now: number,
): void {
  if (isAhead(claims, now)) throw new errors.InvalidClientAuth('the assertion lies ahead')
  if (claims['aud'] !== ctx.oidc.issuer) {
    throw new errors.InvalidClientAuth('audience (aud) must equal the issuer identifier url')
  }
}

/**
 * Whether a nonce has to show when a DPoP proof was made, as its own time lies ahead: a customer's clock
 * may be wrong. A FAPI client's proof is refused instead.
 */
export function needsNonce(ctx: KoaContextWithOIDC, fapi: boolean, now: number): boolean {
  if (!isAhead(readPart(ctx.get('DPoP'), 1), now)) return false
  if (fapi) throw new errors.InvalidDpopProof('the DPoP proof lies ahead')
  return true
}

function isAhead({ iat, nbf }: Readonly<Record<string, unknown>>, now: number): boolean {
  return [iat, nbf].some((time) => typeof time === 'number' && time > now / seconds + mostAhead)
}

/** The key that a DPoP proof names, as one text; empty without a proof. */
export function proofKey(proof: string | undefined): string {
  const { jwk } = readPart(proof ?? '', 0)
  if (typeof jwk !== 'object' || jwk === null) return ''
  return JSON.stringify(Object.entries(jwk).sort(([one], [other]) => (one < other ? -1 : 1)))
}

/** Unverified, which is enough to refuse or to compare; what cannot be read the library refuses. */
function readPart(proof: string, part: 0 | 1): Readonly<Record<string, unknown>> {
  try {
    const text = Buffer.from(proof.split('.')[part] ?? '', 'base64url').toString()
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null ? { ...read } : {}
  } catch {
    return {}
  }
}
