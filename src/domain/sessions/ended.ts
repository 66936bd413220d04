// Ended sessions, kept until their clients have been told, and for as long as their browsers may ask why.
import { sql } from 'kysely'
import { statement } from '../../kernel/db/statement.ts'
import { deleteBatch } from '../tables/batch.ts'
import type { Database, Tx } from '../tables/tables.ts'
import type { SessionEndReason } from '../vocabulary/reasons.ts'

export async function insertEnded(
  tx: Tx,
  ended: readonly { id: string; account_id: string; token_hash: string }[],
  { now, why }: { now: number; why: SessionEndReason },
): Promise<number> {
  if (ended.length === 0) return 0
  const rows = ended.map(({ id, ...row }) => ({
    session_id: id,
    ...row,
    ended_at: now,
    reason: why,
  }))
  await tx.insertInto('ended_sessions').values(rows).execute()
  return ended.length
}

/** Why the session of a token ended before its time; null where it is not known, and of one that ran out. */
export async function selectEndReason(
  db: Database,
  tokenHash: string,
): Promise<SessionEndReason | null> {
  return (await end.first(db, { tokenHash }))?.reason ?? null
}

const end = statement((db: Database, { tokenHash }: { tokenHash: string }) =>
  db.selectFrom('ended_sessions').select('reason').where('token_hash', '=', tokenHash),
)

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
