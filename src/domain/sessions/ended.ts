// Ended sessions, kept until their clients have been told.
import { sql } from 'kysely'
import { deleteBatch } from '../tables/batch.ts'
import type { Database, Tx } from '../tables/tables.ts'

export async function insertEnded(
  tx: Tx,
  ended: readonly { id: string; account_id: string }[],
  now: number,
): Promise<number> {
  if (ended.length === 0) return 0
  const rows = ended.map(({ id, account_id }) => ({ session_id: id, account_id, ended_at: now }))
  await tx.insertInto('ended_sessions').values(rows).execute()
  return ended.length
}

export interface EndedSession {
  readonly sessionId: string
  readonly accountId: string
}

export async function selectUntold(db: Database, most: number): Promise<readonly EndedSession[]> {
  return db
    .selectFrom('ended_sessions')
    .select(['session_id as sessionId', 'account_id as accountId'])
    .where('told_at', 'is', null)
    .orderBy('ended_at')
    .limit(most)
    .execute()
}

/** Claims the back-channel logouts of an ended session for this node; false when another was first. */
export async function claimEnded(tx: Tx, sessionId: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('ended_sessions')
    .set({ told_at: now })
    .where('session_id', '=', sessionId)
    .where('told_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export function deleteToldBefore(db: Database, time: number): Promise<number> {
  const where = sql`told_at < ${time}`
  return deleteBatch(db, {
    table: 'ended_sessions',
    key: ['session_id'],
    where,
    by: 'told_at',
  })
}
