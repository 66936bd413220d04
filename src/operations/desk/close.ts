// Rule 40: what closes needs one operator, and is done at once.
import type { Account } from '../../domain/accounts/account.ts'
import { holdAccount } from '../../domain/accounts/hold-account.ts'
import { transact, type Act, type ActDeps } from '../../domain/act.ts'
import { actorName, asOperator } from '../../domain/actor.ts'
import type { DeskOperator } from '../../domain/operators/operator.ts'
import { holdWorkingOperator } from '../../domain/operators/store.ts'
import type { Caller } from '../../kernel/caller.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { isId } from '../../kernel/secrets.ts'
import { lockBySupport } from '../support/lock-account.ts'
import { suspendPasskey } from '../support/suspend-passkey.ts'
import { findAccountById, requireContract } from './find.ts'

interface Closing {
  readonly accountId: string
  readonly reason: string
  readonly ticket: string
}

/**
 * Locks an account: nobody signs in until two operators reopen it. One that is locked already is locked anew, so that
 * what was asked to reopen it before lapses. 404 `not_found`; 409 `contract_ended`.
 */
export async function lockAccount(
  deps: ActDeps,
  operator: DeskOperator,
  caller: Caller,
  { ticket, ...closing }: Closing,
): Promise<void> {
  await closeInAct(deps, operator, caller, closing, (act, { id }) =>
    lockBySupport(act, { id }, ticket),
  )
}

/**
 * Suspends a stolen passkey, as `suspendPasskey` does. 404 `not_found`, `no_such_passkey`; 409 `contract_ended`.
 */
export async function reportStolen(
  deps: ActDeps,
  operator: DeskOperator,
  caller: Caller,
  { passkeyId, ticket, ...closing }: Closing & { readonly passkeyId: string },
): Promise<void> {
  if (!isId(passkeyId)) throw new Problem('no_such_passkey')
  const suspension = { passkeyId, ticket, by: actorName(operator), locks: true }
  await closeInAct(deps, operator, caller, closing, (act, { id }) =>
    suspendPasskey(act, { id }, suspension),
  )
}

async function closeInAct(
  deps: ActDeps,
  operator: DeskOperator,
  caller: Caller,
  { accountId, reason }: Omit<Closing, 'ticket'>,
  close: (act: Act, account: Account) => Promise<void>,
): Promise<void> {
  await findAccountById(deps.db, accountId)
  await transact(deps, asOperator(caller, operator, reason), async (act) => {
    const account = await holdAccount(act, { id: accountId })
    await holdWorkingOperator(act.tx, operator.id, ['agent'])
    requireContract(account)
    await close(act, account)
  })
}
