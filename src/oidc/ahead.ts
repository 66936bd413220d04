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

/** Throws for a DPoP proof that lies ahead; the library takes any time with a nonce, and else minutes. */
export function refuseProofAhead(ctx: KoaContextWithOIDC, now: number): void {
  if (isAhead(readClaims(ctx.get('DPoP')), now)) {
    throw new errors.InvalidDpopProof('the DPoP proof lies ahead')
  }
}

function isAhead({ iat, nbf }: Readonly<Record<string, unknown>>, now: number): boolean {
  return [iat, nbf].some((time) => typeof time === 'number' && time > now / seconds + mostAhead)
}

/** Unverified, which is enough to refuse; what cannot be read the library refuses. */
function readClaims(proof: string): Readonly<Record<string, unknown>> {
  try {
    const claims: unknown = JSON.parse(
      Buffer.from(proof.split('.')[1] ?? '', 'base64url').toString(),
    )
    return typeof claims === 'object' && claims !== null ? { ...claims } : {}
  } catch {
    return {}
  }
}
