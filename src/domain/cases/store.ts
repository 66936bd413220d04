import type { Database, Tx } from '../tables/tables.ts'

/**
 * Whether an open case forbids to open anything for the account: without an `approver` while nobody
 * investigates, for an approver unless she is the one who does.
 */
export async function blockedByCase(
  db: Database | Tx,
  accountId: string,
  approver?: string,
): Promise<boolean> {
  const open = await db
    .selectFrom('cases')
    .select('investigator_id as investigator')
    .where('account_id', '=', accountId)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  if (!open) return false
  return open.investigator === null || (approver !== undefined && open.investigator !== approver)
}
