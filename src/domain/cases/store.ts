import { deskPage } from '../../limits/desk.ts'
import { readableBy } from '../accounts/own-account.ts'
import type { DeskOperator } from '../operators/operator.ts'
import { fromTheEnd, type Place } from '../tables/place.ts'
import type { Database, Tx } from '../tables/tables.ts'
import type { Case } from './case.ts'

const columns = [
  'id',
  'account_id as accountId',
  'opened_at as openedAt',
  'opened_by as openedBy',
  'claim',
  'reason',
  'ticket',
  'investigator_id as investigatorId',
  'closed_at as closedAt',
  'closed_by as closedBy',
  'closed_reason as closedReason',
] as const

/** False when the account has an open case already. */
export async function insertCase(tx: Tx, opened: Case): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('cases')
    .values({
      id: opened.id,
      account_id: opened.accountId,
      opened_at: opened.openedAt,
      opened_by: opened.openedBy,
      claim: opened.claim,
      reason: opened.reason,
      ticket: opened.ticket,
      investigator_id: opened.investigatorId,
      closed_at: opened.closedAt,
      closed_by: opened.closedBy,
      closed_reason: opened.closedReason,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function selectCase(db: Database, id: string): Promise<Case | undefined> {
  return db.selectFrom('cases').select(columns).where('id', '=', id).executeTakeFirst()
}

/** Holds the row: other transactions that hold or change it wait. */
export async function holdCase(tx: Tx, id: string): Promise<Case | undefined> {
  return tx
    .selectFrom('cases')
    .select(columns)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** The cases of an account, the latest first. */
export async function selectCasesOf(
  db: Database | Tx,
  accountId: string,
): Promise<readonly Case[]> {
  return db
    .selectFrom('cases')
    .select(columns)
    .where('account_id', '=', accountId)
    .orderBy('opened_at', 'desc')
    .limit(deskPage)
    .execute()
}

/** Cases that the reader may see, before a place, the latest first; one more than a page, where there are more. */
export async function selectCases(
  db: Database,
  reader: DeskOperator,
  before: Place | null,
): Promise<readonly Case[]> {
  const { at, id } = before ?? fromTheEnd
  return db
    .selectFrom('cases')
    .select(columns)
    .where((row) => row(row.refTuple('opened_at', 'id'), '<', row.tuple(at, id)))
    .where(readableBy(reader))
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(deskPage + 1)
    .execute()
}

export async function updateInvestigator(tx: Tx, id: string, operatorId: string): Promise<void> {
  await tx.updateTable('cases').set({ investigator_id: operatorId }).where('id', '=', id).execute()
}

export async function updateCaseClosed(
  tx: Tx,
  id: string,
  { at, by, reason }: { readonly at: number; readonly by: string; readonly reason: string },
): Promise<void> {
  await tx
    .updateTable('cases')
    .set({ closed_at: at, closed_by: by, closed_reason: reason })
    .where('id', '=', id)
    .execute()
}

/** Wipes what was written in an account's cases, and closes none: the account is erased. */
export async function wipeCasesOf(tx: Tx, accountId: string): Promise<void> {
  await tx
    .updateTable('cases')
    .set((row) => ({
      ...{ claim: '', reason: '', ticket: '' },
      closed_reason: row.case().when('closed_reason', 'is', null).then(null).else('').end(),
    }))
    .where('account_id', '=', accountId)
    .execute()
}

/** Who investigates the open cases of these accounts; null where nobody does yet. */
export async function selectOpenCasesOf(
  db: Database | Tx,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  if (accountIds.length === 0) return new Map()
  const open = await db
    .selectFrom('cases')
    .select(['account_id as accountId', 'investigator_id as investigator'])
    .where('account_id', 'in', accountIds)
    .where('closed_at', 'is', null)
    .execute()
  return new Map(open.map(({ accountId, investigator }) => [accountId, investigator]))
}

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
