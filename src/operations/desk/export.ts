// What leaves the console as a file; each is recorded.
import { transact, type ActDeps } from '../../domain/act.ts'
import { asOperator } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import { insertLook } from '../../domain/looks/store.ts'
import type { OperatorSession } from '../../domain/operators/operator.ts'
import type { Caller } from '../../kernel/caller.ts'
import { newId } from '../../kernel/secrets.ts'

/** Records that an operator exports something, before it is shown. */
export async function recordExport(
  deps: ActDeps,
  { operator }: OperatorSession,
  caller: Caller,
  { accountId = null, what }: { readonly accountId?: string | null; readonly what: string },
): Promise<void> {
  await transact(deps, asOperator(caller, operator), async (act) => {
    const look = newId()
    await insertLook(act.tx, {
      id: look,
      at: act.now,
      operator_id: operator.id,
      kind: 'export',
      account_id: accountId,
      fields: JSON.stringify([what]),
    })
    record(act, { event: 'sensitive_export', accountId, detail: { look, what } })
  })
}
