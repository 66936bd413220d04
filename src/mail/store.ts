import { minutes } from '../ground/clock.ts'
import type { Database, Tables, Tx } from '../storage/tables.ts'

export type OutboxRow = Tables['outbox']

export async function insertMail(tx: Tx, row: OutboxRow): Promise<void> {
  await tx.insertInto('outbox').values(row).execute()
}

/** No mail is put off for so long: one that is was put off by a clock that has since been set back. */
const putOffByWrongClock = 5 * minutes

/** Mails that are due, the longest waiting first. */
export async function selectDue(db: Database, now: number, most: number): Promise<OutboxRow[]> {
  return db
    .selectFrom('outbox')
    .selectAll()
    .where('sealed', 'is not', null)
    .where((row) =>
      row.or([row('next_try_at', '<=', now), row('next_try_at', '>', now + putOffByWrongClock)]),
    )
    .orderBy('next_try_at')
    .limit(most)
    .execute()
}

/** Takes one due mail for this node until `leaseUntil`; false when another node was first. */
export async function claimMail(
  db: Database,
  row: OutboxRow,
  leaseUntil: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set({ next_try_at: leaseUntil, tries: row.tries + 1 })
    .where('id', '=', row.id)
    .where('tries', '=', row.tries)
    .where('sealed', 'is not', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Sent (`sentAt`), expired or given up (null): the content is wiped. */
export async function wipeMail(db: Database, id: string, sentAt: number | null): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ sealed: null, sent_at: sentAt })
    .where('id', '=', id)
    .execute()
}

export async function postponeMail(db: Database, id: string, nextTryAt: number): Promise<void> {
  await db.updateTable('outbox').set({ next_try_at: nextTryAt }).where('id', '=', id).execute()
}

export async function wipeExpired(db: Database, now: number): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ sealed: null })
    .where('sealed', 'is not', null)
    .where('expires_at', '<=', now)
    .execute()
}

export async function deleteWiped(db: Database, createdBefore: number): Promise<void> {
  await db
    .deleteFrom('outbox')
    .where('sealed', 'is', null)
    .where('created_at', '<', createdBefore)
    .execute()
}
