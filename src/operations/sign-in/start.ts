import type { Account } from '../../domain/accounts/account.ts'
import { holdAccount } from '../../domain/accounts/hold-account.ts'
import { transact, type Act, type ActDeps } from '../../domain/act.ts'
import { asGuest } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import type { Deps } from '../../domain/deps.ts'
import { isGood } from '../../domain/email-codes/code.ts'
import { sendCode } from '../../domain/email-codes/send.ts'
import { selectLastCode } from '../../domain/email-codes/store.ts'
import { readContinueTo, sealContinueTo } from '../../domain/sign-ins/continue-to.ts'
import type { SignIn } from '../../domain/sign-ins/sign-in.ts'
import {
  deleteSignInByToken,
  insertSignIn,
  selectLiveSignIn,
  updateContinueTo,
} from '../../domain/sign-ins/store.ts'
import { failRunOut, failSignIn, recordUnfinished } from '../../domain/sign-ins/unfinished.ts'
import { forgivePassword } from '../../domain/throttle/passwords.ts'
import { untilEven } from '../../kernel/evenly.ts'
import { Problem, problemOf } from '../../kernel/http/problem.ts'
import { hashToken, newId, newToken } from '../../kernel/secrets.ts'
import { signInLifetime } from '../../limits/sessions.ts'
import { withRightPassword, type Identified, type PasswordRequest } from './check-password.ts'

interface SignInRequest extends PasswordRequest {
  readonly continueTo: string | undefined
  /** The token of the browser's former sign-in, which ends. */
  readonly replaces: string | undefined
}

/** A sign-in that has begun, and its token. */
interface Begun {
  readonly token: string
  readonly signIn: SignIn
  /** 429 `too_many_codes`, where no code could be sent: the holder can stop the account nevertheless (rule 46). */
  readonly refusal: Problem | null
}

/**
 * Begins a sign-in with login ID and password and, where the second factor is e-mail, sends the code. Refuses as
 * `withRightPassword` does; 429 `too_many_codes` where the browser's former sign-in goes on, whose code is good: it
 * leads then where this one would have.
 */
export async function startSignIn(
  deps: ActDeps & Pick<Deps, 'hasher' | 'log' | 'site'>,
  request: SignInRequest,
): Promise<Begun> {
  const started = performance.now()
  try {
    return await withRightPassword(deps, request, (identified) => begin(deps, request, identified))
  } catch (error) {
    // Whatever the reason, it takes longer than a password does to check (rule 17).
    if (error instanceof Problem && error.code === 'sign_in_refused') await untilEven(started)
    throw error
  }
}

async function begin(
  deps: ActDeps & Pick<Deps, 'site'>,
  request: SignInRequest,
  { account: known, passwordTry, isBreached: passwordBreached }: Identified,
): Promise<Begun> {
  const token = newToken()
  return transact<Begun>(deps, asGuest(request.caller), async (act) => {
    const account = await holdAccount(act, { id: known.id })
    const { tx, keys, now } = act
    forgivePassword(act, passwordTry)
    const id = newId()
    const accountId = account.id
    if (account.factorsVersion !== known.factorsVersion) {
      const detail = { factor: 'password', why: 'changed meanwhile' } as const
      record(act, { event: 'authn_login_fail', accountId, detail })
      return act.refuse(new Problem('sign_in_refused'))
    }
    const refusal = account.secondFactor === 'email' ? await trySending(act, account, id) : null
    const replaces = request.replaces && hashToken(request.replaces)
    const continueTo = readContinueTo(request.continueTo, deps.site.origin)
    const former = refusal && replaces && (await selectWithCode(act, replaces, accountId))
    if (former) {
      await updateContinueTo(tx, former.id, sealContinueTo(keys, former.id, continueTo))
      const detail = { factor: 'email', why: tooManyCodes } as const
      record(act, { event: 'authn_login_fail', accountId, detail })
      return act.refuse(refusal)
    }
    if (replaces) await endReplaced(act, replaces, accountId)
    await insertSignIn(tx, {
      id,
      tokenHash: hashToken(token),
      accountId,
      factorsVersion: account.factorsVersion,
      continueTo: sealContinueTo(keys, id, continueTo),
      createdAt: now,
      expiresAt: now + signInLifetime,
      passwordBreached: passwordBreached ? 1 : 0,
      browser: act.by.browser,
      system: act.by.system,
    })
    const begun = { signIn: id, next: account.secondFactor }
    const detail = refusal ? { ...begun, why: tooManyCodes } : begun
    record(act, { event: 'authn_password_success', accountId, detail })
    return { token, signIn: { id, account, continueTo, passwordBreached }, refusal }
  })
}

/** Why a right password brings no code, as the trail says it. */
const tooManyCodes = 'too many codes'

/** Sends the first code; returns the refusal where that cannot be now. */
function trySending(act: Act, account: Account, owner: string): Promise<Problem | null> {
  return sendCode(act, { account, purpose: 'sign-in', owner }).then(() => null, problemOf)
}

/** The sign-in of a token, if it is of this account and has a code that is still good. */
async function selectWithCode(
  { tx, now }: Act,
  tokenHash: string,
  accountId: string,
): Promise<SignIn | null> {
  const former = await selectLiveSignIn(tx, tokenHash, now)
  if (former?.account.id !== accountId) return null
  const code = await selectLastCode(tx, former.id, 'sign-in')
  return code && isGood(code, now) ? former : null
}

async function endReplaced(act: Act, tokenHash: string, accountId: string): Promise<void> {
  const ended = await deleteSignInByToken(act.tx, tokenHash)
  if (!ended) return
  // The sign-in has expired, but was not swept yet.
  if (ended.expiresAt <= act.now) return failRunOut(act, [ended])
  // The holder who begins anew is told if the new one fails; that of another account hears of this one now.
  if (ended.accountId === accountId) recordUnfinished(act, ended, 'begun anew')
  else await failSignIn(act, ended, 'begun anew')
}
