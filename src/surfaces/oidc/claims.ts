// What clients are told of an account, and of how its holder signed in.
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Account } from '../../domain/accounts/account.ts'
import { selectAccount } from '../../domain/accounts/find.ts'
import { tellHold } from '../../domain/accounts/withdrawal-hold.ts'
import type { Deps } from '../../domain/deps.ts'
import { selectGrantSession } from '../../domain/openid/grant-session.ts'
import { findSignInBefore } from '../../domain/sessions/previous.ts'
import type { Session } from '../../domain/sessions/session.ts'
import { toIso } from '../../kernel/clock.ts'
import { hashToken } from '../../kernel/secrets.ts'
import { ownSession } from './seams/own-request.ts'

/** The scope, and its claim, by which the broker's own clients show 「前回のログイン」. */
export const previousSignIn = 'previous_sign_in'

type ClaimDeps = Pick<Deps, 'db' | 'now' | 'config'>

/** An account, and what is known of the session that a request or a token comes from. */
interface Known {
  readonly account: Account
  readonly session: Pick<Session, 'signedInAt' | 'newBrowser' | 'factorSince'> | null
}

/** What the library has of a token, or of a code. */
interface Granted {
  readonly grantId?: string | undefined
}

/** The account, by the token's session where there is a token: one look for both. */
export async function findKnown(
  { db }: ClaimDeps,
  accountId: string,
  token: unknown,
): Promise<Known | undefined> {
  const { grantId } = (token ?? {}) as Granted
  if (grantId !== undefined) {
    const found = await selectGrantSession(db, hashToken(grantId))
    return found?.account.id === accountId ? { account: found.account, session: found } : undefined
  }
  const own = ownSession()
  if (own?.account.id === accountId) return { account: own.account, session: own }
  const account = await selectAccount(db, accountId)
  return account && { account, session: null }
}

/** The claims of an account in the ID token and at the userinfo endpoint. */
export function accountClaims(known: Known, deps: ClaimDeps) {
  const { account } = known
  return {
    sub: account.id,
    name: account.displayName,
    preferred_username: account.loginId,
    ...caution(known, deps),
  }
}

/**
 * What a client judges an order by, as it is now: the hold (rule 11), the holder's stop (rule 46), and how well
 * the account knows the browser and the factor of this session. What there is nothing of is left out.
 */
function caution({ account, session }: Known, { now, config }: ClaimDeps) {
  const hold = tellHold(account, now(), config.holdScope)
  const { stopLevel } = account
  return {
    ...(hold && { hold }),
    ...(stopLevel !== null && { stop: stopLevel }),
    ...(session && { new_browser: session.newBrowser }),
    ...(session && session.factorSince !== null && { factor_since: toIso(session.factorSince) }),
  }
}

/** The members of `caution`, as the discovery document names them. */
export const cautionClaims = ['hold', 'stop', 'new_browser', 'factor_since'] as const

/** What introspection says beside the token, which may have been made long before. */
export async function cautionAt(
  ctx: KoaContextWithOIDC,
  accountId: string,
  deps: ClaimDeps,
): Promise<object> {
  const { AccessToken, RefreshToken } = ctx.oidc.entities
  const known = await findKnown(deps, accountId, AccessToken ?? RefreshToken)
  return known ? caution(known, deps) : {}
}

/** The sign-in before the one under which the token was made, if the scope asks for it and there was one. */
export async function previousClaim(deps: ClaimDeps, { account, session }: Known, scope: string) {
  if (session === null || !scope.split(' ').includes(previousSignIn)) return {}
  const previous = await findSignInBefore(deps, account.id, session.signedInAt)
  if (!previous) return {}
  const { at, browser, system } = previous
  return { [previousSignIn]: { at: toIso(at), browser, system } }
}

/** An opaque access token tells how and when its holder was proven, at introspection (RFC 9470, §6.2). */
export function strengthClaims({ oidc: { entities } }: KoaContextWithOIDC) {
  const source = entities.RefreshToken ?? entities.AuthorizationCode
  return source && { acr: source.acr, amr: source.amr, auth_time: source.authTime }
}
