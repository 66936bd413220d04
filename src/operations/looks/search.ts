import type { Account } from '../../domain/accounts/account.ts'
import { searchName } from '../../domain/accounts/search-name.ts'
import { searchAccounts } from '../../domain/accounts/search.ts'
import { transact, type ActDeps } from '../../domain/act.ts'
import { asOperator } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import { insertLook } from '../../domain/looks/store.ts'
import type { OperatorSession } from '../../domain/operators/operator.ts'
import type { Caller } from '../../kernel/caller.ts'
import { newId } from '../../kernel/secrets.ts'
import { searchesPerOperator } from '../../limits/desk.ts'
import { refuseFull } from './look-limits.ts'

/**
 * Finds accounts by what an operator typed. Each search is recorded, by a keyed hash, before anything is
 * shown; 429 `too_many_searches`.
 */
export async function searchAtDesk(
  deps: ActDeps,
  { operator }: OperatorSession,
  caller: Caller,
  typed: string,
): Promise<{ accounts: readonly Account[]; more: boolean }> {
  return transact(deps, asOperator(caller, operator), async (act) => {
    const { tx, keys, now } = act
    const full = await refuseFull(act, operator, 'search', searchesPerOperator)
    if (full) return full
    const found = await searchAccounts(tx, typed)
    const count = found.accounts.length
    const query = keys.hash('desk-search', searchName(typed))
    await insertLook(tx, {
      id: newId(),
      at: now,
      operator_id: operator.id,
      kind: 'search',
      query_hash: query,
      found: count,
    })
    const shown = found.accounts.map(({ id }) => id).join(' ')
    record(act, { event: 'sensitive_search', detail: { query, found: count, shown } })
    return found
  })
}
