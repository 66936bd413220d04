// FAPI 2.0, §5.3.2.1: a JWT that says that it was made more than a minute from now is refused.
import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { seconds } from '../../kernel/clock.ts'
import { mostAhead } from '../../limits/openid.ts'
import { readJwtPart } from './jwt-part.ts'

/**
 * Throws for a client's assertion that lies ahead of now, which the library refuses only where there is no
 * `exp`, or that has another audience than this issuer alone (§5.3.2.1). The latter is the library's own
 * check, which ours replaces.
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
 * Whether the client must repeat its DPoP proof with a nonce, as the proof's own time lies ahead: the clock
 * of a customer's device may be wrong. A FAPI client's proof is refused instead.
 */
export function needsNonce(ctx: KoaContextWithOIDC, fapi: boolean, now: number): boolean {
  if (!isAhead(readJwtPart(ctx.get('DPoP'), 1), now)) return false
  if (fapi) throw new errors.InvalidDpopProof('the DPoP proof lies ahead')
  return true
}

function isAhead({ iat, nbf }: Readonly<Record<string, unknown>>, now: number): boolean {
  return [iat, nbf].some((time) => typeof time === 'number' && time > (now + mostAhead) / seconds)
}
