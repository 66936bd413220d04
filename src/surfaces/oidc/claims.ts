// What clients are told of an account, and of how its holder signed in.
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Account } from '../../domain/accounts/account.ts'
import { currentHold } from '../../domain/accounts/withdrawal-hold.ts'
import type { Deps } from '../../domain/deps.ts'
import { selectSignedInAt } from '../../domain/openid/grant-session.ts'
import { findSignInBefore } from '../../domain/sessions/previous.ts'
import { toIso } from '../../kernel/clock.ts'
import { hashToken } from '../../kernel/secrets.ts'

/** The scope, and its claim, by which the broker's own clients show 「前回のログイン」. */
export const previousSignIn = 'previous_sign_in'

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

/** The sign-in before the one under which the token was made, if the scope asks for it and there was one. */
export async function previousClaim(
  deps: Pick<Deps, 'db'>,
  accountId: string,
  scope: string,
  token: unknown,
) {
  const { grantId } = (token ?? {}) as { readonly grantId?: string }
  if (grantId === undefined || !scope.split(' ').includes(previousSignIn)) return {}
  const signedInAt = await selectSignedInAt(deps.db, hashToken(grantId))
  const previous = signedInAt && (await findSignInBefore(deps, accountId, signedInAt))
  if (!previous) return {}
  const { at, browser, system } = previous
  return { [previousSignIn]: { at: toIso(at), browser, system } }
}

/** An opaque access token tells how and when its holder was proven, at introspection (RFC 9470, §6.2). */
export function strengthClaims({ oidc: { entities } }: KoaContextWithOIDC) {
  const source = entities.RefreshToken ?? entities.AuthorizationCode
  return source && { acr: source.acr, amr: source.amr, auth_time: source.authTime }
}
