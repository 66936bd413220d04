// What clients are told of an account, and of how its holder signed in.
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Account } from '../../domain/accounts/account.ts'
import { currentHold } from '../../domain/accounts/withdrawal-hold.ts'
import { toIso } from '../../kernel/clock.ts'

/** The claims of an account in the ID token and at the userinfo endpoint. */
export function accountClaims(account: Account, now: number) {
  return {
    sub: account.id,
    name: account.displayName,
    preferred_username: account.loginId,
    ...holdClaim(account, now),
  }
}

/** Rule 11: until when clients refuse withdrawals, and why; nothing while there is no hold. */
export function holdClaim(account: Account, now: number) {
  const hold = currentHold(account, now)
  return hold ? { hold: { until: toIso(hold.until), reason: hold.reason } } : {}
}

/** An opaque access token tells how and when its holder was proven, at introspection (RFC 9470, §6.2). */
export function strengthClaims({ oidc: { entities } }: KoaContextWithOIDC) {
  const source = entities.RefreshToken ?? entities.AuthorizationCode
  return source && { acr: source.acr, amr: source.amr, auth_time: source.authTime }
}
