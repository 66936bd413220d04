// Rule 8: a fresh proof by the code that is mailed, for accounts whose second factor is e-mail.
import type { Account } from '../domain/accounts/account.ts'
import { holdAccount } from '../domain/accounts/hold-account.ts'
import { transact, type ActDeps } from '../domain/act.ts'
import { asHolder } from '../domain/actor.ts'
import { record } from '../domain/audit/record.ts'
import type { SentCode } from '../domain/email-codes/code.ts'
import { sendCode } from '../domain/email-codes/send.ts'
import { checkCode, codeProblem } from '../domain/email-codes/verify.ts'
import { factors } from '../domain/factors/factors.ts'
import { recordCodeProof, requireTries, sessionTries } from '../domain/sessions/permission.ts'
import type { Session } from '../domain/sessions/session.ts'
import type { Caller } from '../kernel/caller.ts'
import { Problem } from '../kernel/http/problem.ts'

const purpose = 'change'

/** Mails the code. 409 `wrong_step` where the factor is a passkey; 403 `sign_in_again`; 429 `too_many_codes`. */
export async function sendChangeCode(
  deps: ActDeps,
  session: Session,
  caller: Caller,
): Promise<SentCode> {
  return transact(deps, asHolder(caller), async (act) => {
    const account = await holdAccount(act, { id: session.account.id })
    refuseOtherFactor(account)
    requireTries(session)
    return sendCode(act, { account, purpose, owner: session.id })
  })
}

/**
 * Turns the right code into a `change` proof of the session, and returns its new token. 400 `code_wrong`,
 * `code_expired`, `code_spent`; 429 `too_many_codes`; 409 `wrong_step`, and `start_again` when the account's
 * factors have changed since the code was sent; 401 `not_signed_in` when the session has ended.
 */
export async function proveByChangeCode(
  deps: ActDeps,
  session: Session,
  code: string,
  caller: Caller,
): Promise<string> {
  return transact(deps, asHolder(caller), async (act) => {
    const account = await holdAccount(act, { id: session.account.id })
    refuseOtherFactor(account)
    const { id: accountId, factorsVersion } = account
    const question = { accountId, owner: session.id, purpose, code, tries: sessionTries } as const
    const outcome = await checkCode(act, question)
    if (outcome.outcome !== 'right') return act.refuse(codeProblem(outcome))
    if (outcome.factorsVersion !== factorsVersion) return act.refuse(new Problem('start_again'))
    const token = await recordCodeProof(act, session.id, factorsVersion)
    if (token === null) return act.refuse(new Problem('not_signed_in'))
    record(act, { event: 'authn_proof_success', accountId, detail: { purpose } })
    return token
  })
}

/** Rule 42: what is to be changed is proven by the factor in force, and by no other. */
function refuseOtherFactor({ secondFactor }: Account): void {
  if (secondFactor === 'email') return
  throw new Problem('wrong_step', { extras: { step: factors[secondFactor].step } })
}
