import type { Account } from '../../domain/accounts/account.ts'
import { takeAccount } from '../../domain/accounts/factors.ts'
import { recordEvent } from '../../domain/audit/record.ts'
import type { Deps } from '../../domain/deps.ts'
import type { SentCode } from '../../domain/email-codes/code.ts'
import { sendCode } from '../../domain/email-codes/send.ts'
import { codeProblem, verifyCode, type Tries } from '../../domain/email-codes/verify.ts'
import { type SignIn, noSignIn } from '../../domain/sign-ins/sign-in.ts'
import { chargeTry, deleteSignIn } from '../../domain/sign-ins/store.ts'
import { recordUnfinished } from '../../domain/sign-ins/unfinished.ts'
import type { Tx } from '../../domain/tables/tables.ts'
import type { Caller } from '../../kernel/caller.ts'
import { finishSignIn, type SignedIn, type SigningBrowser } from './finish.ts'

/** The tries belong to the sign-in: a new code gives none back; a right one ends it anyway. */
const signInTries: Tries = { charge: chargeTry, refund: async () => {} }

/**
 * Ends a sign-in by the code that was mailed for it. 400 `code_wrong` (the fifth ends the sign-in),
 * `code_expired`, `code_spent`; 404 `no_sign_in` when it ended or its account's factors changed.
 */
export async function proveByEmailCode(
  deps: Pick<Deps, 'db' | 'keys' | 'now'>,
  signIn: SignIn,
  code: string,
  browser: SigningBrowser,
): Promise<SignedIn> {
  const result = await deps.db.transaction().execute(async (tx) => {
    const { id: accountId } = await lockUnchanged(tx, signIn)
    const question = {
      accountId,
      owner: signIn.id,
      purpose: 'sign-in',
      code,
      tries: signInTries,
      caller: browser.caller,
    } as const
    const outcome = await verifyCode(tx, deps, question)
    if (outcome.outcome === 'right') {
      return finishSignIn(tx, deps, signIn, 'email', browser)
    }
    if (outcome.outcome === 'wrong') {
      const detail = { factor: 'email', triesLeft: outcome.triesLeft }
      await recordEvent(tx, deps, browser.caller, {
        event: 'authn_code_fail',
        accountId,
        detail,
      })
      if (outcome.triesLeft === 0 && (await deleteSignIn(tx, signIn.id))) {
        const ended = { id: signIn.id, accountId }
        await recordUnfinished(tx, deps, browser.caller, ended, 'too many wrong codes')
      }
    }
    return outcome
  })
  if ('outcome' in result) throw codeProblem(result)
  return result
}

/** Sends another code for this sign-in; 429 `too_many_codes`, 404 `no_sign_in`. */
export async function resendCode(
  deps: Pick<Deps, 'config' | 'db' | 'keys' | 'now'>,
  signIn: SignIn,
  caller: Caller,
): Promise<SentCode> {
  return deps.db.transaction().execute(async (tx) => {
    const account = await lockUnchanged(tx, signIn)
    return sendCode(tx, deps, { account, purpose: 'sign-in', owner: signIn.id, caller })
  })
}

/** Rule 21: the factor is read again when it is proven. A change since the password ends the sign-in. */
export async function lockUnchanged(tx: Tx, signIn: SignIn): Promise<Account> {
  const account = await takeAccount(tx, signIn.account.id)
  if (account.factorsVersion !== signIn.account.factorsVersion) throw noSignIn()
  return account
}
