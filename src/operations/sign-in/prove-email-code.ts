import { transact, type ActDeps } from '../../domain/act.ts'
import { asGuest } from '../../domain/actor.ts'
import type { SentCode } from '../../domain/email-codes/code.ts'
import { sendCode } from '../../domain/email-codes/send.ts'
import { codeProblem, checkCode, type Tries } from '../../domain/email-codes/verify.ts'
import type { SignIn } from '../../domain/sign-ins/sign-in.ts'
import { chargeSignInTry, takeSignIn } from '../../domain/sign-ins/store.ts'
import { failSignIn } from '../../domain/sign-ins/unfinished.ts'
import type { Caller } from '../../kernel/caller.ts'
import { finishSignIn, holdUnchanged, type SignedIn, type SigningBrowser } from './finish.ts'

/** The sign-in counts the tries: a new code does not reset them, and a right one ends the sign-in. */
const tries: Tries = { charge: chargeSignInTry, refund: async () => {} }

/**
 * Finishes a sign-in by the code that was mailed for it. 400 `code_wrong` (the fifth ends the sign-in),
 * `code_expired`, `code_spent`; 404 `no_sign_in` when it has ended or its account's factors have changed.
 */
export async function proveByEmailCode(
  deps: ActDeps,
  signIn: SignIn,
  code: string,
  browser: SigningBrowser,
): Promise<SignedIn> {
  return transact(deps, asGuest(browser.caller), async (act) => {
    const account = await holdUnchanged(act, signIn)
    const question = {
      accountId: account.id,
      owner: signIn.id,
      purpose: 'sign-in',
      code,
      tries,
    } as const
    const outcome = await checkCode(act, question)
    if (outcome.outcome === 'right') {
      return finishSignIn(act, { ...signIn, account }, 'email', browser)
    }
    const isOver = outcome.outcome === 'wrong' && outcome.triesLeft === 0
    const ended = isOver ? await takeSignIn(act.tx, signIn.id) : undefined
    if (ended) await failSignIn(act, ended, 'too many wrong codes')
    return act.refuse(codeProblem(outcome))
  })
}

/** Sends another code for this sign-in; 429 `too_many_codes`, 404 `no_sign_in`. */
export async function resendCode(deps: ActDeps, signIn: SignIn, caller: Caller): Promise<SentCode> {
  return transact(deps, asGuest(caller), async (act) => {
    const account = await holdUnchanged(act, signIn)
    return sendCode(act, { account, purpose: 'sign-in', owner: signIn.id })
  })
}
