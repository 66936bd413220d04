import { moveFactors } from '../../domain/accounts/factors.ts'
import { liftLock } from '../../domain/accounts/lock.ts'
import { recordEvent } from '../../domain/audit/record.ts'
import type { Deps } from '../../domain/deps.ts'
import { beginSession } from '../../domain/sessions/begin.ts'
import { type SignIn, noSignIn } from '../../domain/sign-ins/sign-in.ts'
import { deleteSignIn } from '../../domain/sign-ins/store.ts'
import type { SecondFactor, Tx } from '../../domain/tables/tables.ts'
import { rememberBrowser } from '../../domain/throttle/known-browsers.ts'
import { liftPasswordWait } from '../../domain/throttle/passwords.ts'
import type { Caller } from '../../kernel/caller.ts'

/** What a finished sign-in leaves in the browser, and where it leads. */
export interface SignedIn {
  readonly sessionToken: string
  /** By which accounts are to know the browser. */
  readonly browserTokens: readonly string[]
  readonly continueTo: string
}

/** The browser that signs in: who calls, and the tokens that it sent. */
export interface SigningBrowser {
  readonly caller: Caller
  /** Of the session that it had, which ends. */
  readonly replaces: string | undefined
  /** By which accounts know it. */
  readonly browser: readonly string[]
}

/**
 * Ends a sign-in whose second factor was proven in this transaction, and begins the session. Of two
 * that try at once, one does; the other gets 404 `no_sign_in`.
 */
export async function finishSignIn(
  tx: Tx,
  deps: Pick<Deps, 'keys' | 'now'>,
  signIn: SignIn,
  factor: SecondFactor,
  { caller, replaces, browser }: SigningBrowser,
  passkeyId?: string,
): Promise<SignedIn> {
  if (!(await deleteSignIn(tx, signIn.id))) throw noSignIn()
  const accountId = signIn.account.id
  const sessionToken = await beginSession(tx, deps, { accountId, factor, caller, replaces })
  const browserTokens = await rememberBrowser(tx, deps, accountId, browser)
  await recordEvent(tx, deps, caller, {
    event: 'authn_login_success',
    accountId,
    detail: { factor, ...(passkeyId === undefined ? {} : { passkey: passkeyId }) },
  })
  if (signIn.account.lockReason === 'guessing') await liftGuessingLock(tx, deps, signIn, caller)
  return { sessionToken, browserTokens, continueTo: signIn.continueTo }
}

/** Rule 19: only a known browser comes this far while guessing has locked the account. */
async function liftGuessingLock(
  tx: Tx,
  deps: Pick<Deps, 'keys' | 'now'>,
  { account }: SignIn,
  caller: Caller,
): Promise<void> {
  await moveFactors(tx, account.id)
  await liftLock(tx, account.id)
  await liftPasswordWait(tx, deps.keys, account.loginId)
  await recordEvent(tx, deps, caller, { event: 'authn_login_unlock', accountId: account.id })
}
