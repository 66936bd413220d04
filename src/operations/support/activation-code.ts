// Support never knows a password: it issues a code with which the holder sets one (rule 43).
import type { Account } from '../../domain/accounts/account.ts'
import { canActivate, issueActivation, type IssuedCode } from '../../domain/accounts/activation.ts'
import { holdAccount } from '../../domain/accounts/hold-account.ts'
import { transact, type Act, type ActDeps } from '../../domain/act.ts'
import { fromNowhere, type Operator } from '../../domain/actor.ts'
import { notify } from '../../domain/outbox/notify.ts'

/** Issues an activation code in an act of its own, for whoever asked to send it. */
export async function issueCode(
  deps: ActDeps,
  { id }: Pick<Account, 'id'>,
  operator: Operator,
): Promise<IssuedCode | 'contract_ended' | 'passkey_in_force'> {
  return transact(deps, fromNowhere(operator), async (act) => {
    const account = await holdAccount(act, { id })
    if (account.lockReason === 'closed') return 'contract_ended'
    if (!canActivate(account)) return 'passkey_in_force'
    return putActivationCode(act, account, { sealed: false })
  })
}

/**
 * Issues an activation code as part of the act, and tells the holder; `sealed` keeps it until it was handed out. 400
 * `activation_refused` while the second factor is a passkey.
 */
export async function putActivationCode(
  act: Act,
  account: Account,
  { sealed }: { readonly sealed: boolean },
): Promise<IssuedCode> {
  const issued = await issueActivation(act, account, { sealed })
  notify(act, account, 'activation_issued')
  return issued
}
