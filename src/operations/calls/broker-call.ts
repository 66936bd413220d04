// The broker calls a customer, who finds in the portal that the call is the broker's.
import { holdAccount } from '../../domain/accounts/hold-account.ts'
import { transact, type ActDeps } from '../../domain/act.ts'
import type { By } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import {
  chargeBrokerCall,
  deleteBrokerCall,
  putBrokerCall,
} from '../../domain/calls/broker-calls.ts'
import type { DeskOperator } from '../../domain/operators/operator.ts'
import type { BrokerCallPurpose } from '../../domain/vocabulary/calls.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { brokerCallLifetime } from '../../limits/calls.ts'
import { findAccountById } from '../desk/find.ts'
import { refuseOwnAccount } from '../desk/own-account.ts'
import { refuseTooMany } from '../desk/too-many.ts'

/** Begins a call, and returns when the portal no longer shows it. 404 `not_found`, 403 `not_allowed`, 429 `too_many_requests`. */
export async function beginBrokerCall(
  deps: ActDeps,
  by: By,
  operator: DeskOperator,
  { accountId, purpose }: { readonly accountId: string; readonly purpose: BrokerCallPurpose },
): Promise<{ expiresAt: number }> {
  await findAccountById(deps.db, accountId)
  return transact(deps, by, async (act) => {
    const { lockReason } = await holdAccount(act, { id: accountId })
    const own = await refuseOwnAccount(act, operator, accountId)
    if (own) return own
    if (lockReason === 'closed' || lockReason === 'erased') throw new Problem('not_found')
    const until = await chargeBrokerCall(act.tx, accountId, act.now)
    if (until !== null) return refuseTooMany(act, operator, { what: 'calls', accountId, until })
    const [begunAt, expiresAt] = [act.now, act.now + brokerCallLifetime]
    const call = { accountId, operatorId: operator.id, purpose, begunAt, expiresAt }
    await putBrokerCall(act.tx, call)
    record(act, { event: 'user_call_begun', accountId, detail: { purpose } })
    return { expiresAt }
  })
}

/** Ends it; 404 `not_found` where there is none. */
export async function endBrokerCall(deps: ActDeps, by: By, accountId: string): Promise<void> {
  await transact(deps, by, async (act) => {
    if (!(await deleteBrokerCall(act.tx, accountId))) throw new Problem('not_found')
    record(act, { event: 'user_call_ended', accountId })
  })
}
