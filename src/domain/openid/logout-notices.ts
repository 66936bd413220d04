// The logout tokens that clients have still to receive, and when each client is tried again.
import { sql } from 'kysely'
import { newId } from '../../kernel/secrets.ts'
import type { Act } from '../act.ts'
import { deleteBatch } from '../tables/batch.ts'
import type { Database, Tables, Tx } from '../tables/tables.ts'

export type LogoutNotice = Tables['logout_notices']

/** Tells clients that an account is signed out of them: each of the session that it knows as `sid`. */
export async function insertNotices(
  { tx, now }: Pick<Act, 'tx' | 'now'>,
  notices: readonly Pick<LogoutNotice, 'client_id' | 'account_id' | 'sid'>[],
): Promise<void> {
  if (notices.length === 0) return
  const times = { next_try_at: now, tries: 0, created_at: now }
  const rows = notices.map((notice) => ({ id: newId(), ...notice, ...times }))
  await tx.insertInto('logout_notices').values(rows).execute()
}

export interface Listener {
  readonly clientId: string
  /** How many attempts in a row have failed. */
  readonly failures: number
}

/** Clients that have a notice due and no wait: one look into the index for each client. */
export async function selectListeners(db: Database, now: number): Promise<readonly Listener[]> {
  const rows = await db
    .selectFrom('clients')
    .leftJoin('logout_waits', 'logout_waits.client_id', 'clients.id')
    .select(['clients.id as clientId', 'failures'])
    .where(({ or, eb }) => or([eb('wait_until', 'is', null), eb('wait_until', '<=', now)]))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('logout_notices')
          .select('logout_notices.id')
          .whereRef('logout_notices.client_id', '=', 'clients.id')
          .where('next_try_at', '<=', now),
      ),
    )
    .execute()
  return rows.map(({ clientId, failures }) => ({ clientId, failures: failures ?? 0 }))
}

export async function selectDueNotices(
  db: Database,
  clientId: string,
  now: number,
  most: number,
): Promise<readonly LogoutNotice[]> {
  return db
    .selectFrom('logout_notices')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('next_try_at', '<=', now)
    .orderBy('next_try_at')
    .limit(most)
    .execute()
}

export async function setWait(db: Database, wait: Tables['logout_waits']): Promise<void> {
  const { failures, wait_until } = wait
  await db
    .insertInto('logout_waits')
    .values(wait)
    .onConflict((conflict) => conflict.column('client_id').doUpdateSet({ failures, wait_until }))
    .execute()
}

export async function deleteWait(db: Database, clientId: string): Promise<void> {
  await db.deleteFrom('logout_waits').where('client_id', '=', clientId).execute()
}

/** Deletes what a client that is removed would still be told. */
export async function deleteNoticesOf(tx: Tx, clientId: string): Promise<void> {
  await tx.deleteFrom('logout_notices').where('client_id', '=', clientId).execute()
  await tx.deleteFrom('logout_waits').where('client_id', '=', clientId).execute()
}

/** A telling that was under way when its client was removed may have left a wait. */
export async function deleteWaitsOfNobody(db: Database): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('logout_waits')
    .where('client_id', 'not in', (clients) => clients.selectFrom('clients').select('id'))
    .executeTakeFirst()
  return Number(numDeletedRows)
}

export async function postponeNotice(db: Database, id: string, nextTryAt: number): Promise<void> {
  await db
    .updateTable('logout_notices')
    .set({ next_try_at: nextTryAt })
    .where('id', '=', id)
    .execute()
}

export async function claimNotice(
  db: Database,
  { id, tries }: LogoutNotice,
  nextTryAt: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('logout_notices')
    .set({ tries: tries + 1, next_try_at: nextTryAt })
    .where('id', '=', id)
    .where('tries', '=', tries)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function deleteNotice(db: Database, id: string): Promise<void> {
  await db.deleteFrom('logout_notices').where('id', '=', id).execute()
}

/** Gives up notices that no client has taken since; returns how many. */
export function deleteNoticesBefore(db: Database, time: number): Promise<number> {
  const where = sql`created_at < ${time}`
  return deleteBatch(db, { table: 'logout_notices', key: ['id'], where, by: 'created_at' })
}
