import type { Account } from '../../domain/accounts/account.ts'
import { endActivation } from '../../domain/accounts/activation.ts'
import { changeFactors, holdAccount } from '../../domain/accounts/hold-account.ts'
import { updateLock } from '../../domain/accounts/store.ts'
import type { Act, Refusal } from '../../domain/act.ts'
import { asHolder } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import { numberDeletion } from '../../domain/calls/store.ts'
import type { Factor } from '../../domain/factors/factors.ts'
import { notify } from '../../domain/outbox/notify.ts'
import { beginSession } from '../../domain/sessions/begin.ts'
import { type SignIn, noSignIn } from '../../domain/sign-ins/sign-in.ts'
import { deleteSignIn } from '../../domain/sign-ins/store.ts'
import { rememberBrowser } from '../../domain/throttle/known-browsers.ts'
import type { WorkedHere } from '../../domain/throttle/passkeys-here.ts'
import { liftPasswordWait } from '../../domain/throttle/passwords.ts'
import type { Caller } from '../../kernel/caller.ts'
import { hashToken } from '../../kernel/secrets.ts'

/** The tokens that a finished sign-in leaves in the browser, and the path to continue to. */
export interface SignedIn {
  readonly sessionToken: string
  /** The tokens by which accounts will know the browser. */
  readonly browserTokens: readonly string[]
  readonly continueTo: string
}

/** The browser that signs in: its caller, and the tokens that it sent. */
export interface SigningBrowser {
  readonly caller: Caller
  /** The token of the browser's former session, which ends. */
  readonly replaces: string | undefined
  /** The tokens by which accounts know the browser. */
  readonly browser: readonly string[]
  /** The token of the number that it shows for a call to support, which is over. */
  readonly call: string | undefined
}

/** Rule 21: the account is read again at the proof; a change since the password ends the sign-in. */
export async function holdUnchanged(act: Act, signIn: SignIn): Promise<Account> {
  const account = await holdAccount(act, { id: signIn.account.id })
  if (account.factorsVersion !== signIn.account.factorsVersion) throw noSignIn()
  return account
}

/**
 * Ends a sign-in whose second factor this act has proven, and begins the session; from here on its guest
 * is the holder. Its account is as the act holds it. Of two concurrent acts one succeeds; the other gets 404 `no_sign_in`.
 */
export async function finishSignIn(
  guest: Act,
  { id, account, continueTo, passwordBreached }: SignIn,
  factor: Factor,
  { replaces, browser, call }: SigningBrowser,
  worked?: WorkedHere & { readonly passkeySince: number },
): Promise<SignedIn | Refusal> {
  if (!(await deleteSignIn(guest.tx, id))) return guest.refuse(noSignIn())
  const act: Act = { ...guest, by: asHolder(guest.by) }
  const accountId = account.id
  const passkeyId = worked?.passkeyId ?? null
  const remembered = await rememberBrowser(act, accountId, browser, worked)
  const sessionToken = await beginSession(act, {
    ...{ accountId, factor, passkeyId, replaces, passwordBreached },
    factorSince: worked ? worked.passkeySince : account.emailSince,
    newBrowser: !remembered.wasKnown,
  })
  if (call !== undefined) act.later(() => numberDeletion(act.tx, hashToken(call)))
  if (!remembered.wasKnown) notify(act, account, 'new_browser')
  else if (account.tellsSignIns === 1) notify(act, account, 'signed_in')
  endActivation(act, account)
  const detail = { factor, ...(worked && { passkey: worked.passkeyId }) }
  record(act, { event: 'authn_login_success', accountId, detail })
  if (account.lockReason === 'guessing') await liftGuessingLock(act, account)
  return { sessionToken, browserTokens: remembered.tokens, continueTo }
}

/** Rule 19: only a known browser can finish a sign-in to an account locked by guessing. */
async function liftGuessingLock(act: Act, account: Account): Promise<void> {
  await changeFactors(act, account)
  await updateLock(act.tx, account.id, null)
  await liftPasswordWait(act.tx, act.keys, account.loginId)
  record(act, { event: 'authn_login_unlock', accountId: account.id, detail: {} })
}
