// Races on PostgreSQL that do not hang on luck.
import type { TestContext } from 'node:test'
import { sql } from 'kysely'
import type { Database, Tx } from '../../../src/domain/tables/tables.ts'
import { outside } from '../checks/beside.ts'
import type { World } from './world.ts'

/**
 * Lets requests come as far as they can while nothing can be written to a table; once so many of them
 * wait, `meanwhile` happens, and all go on at once.
 */
export async function heldBack<T>(
  t: Pick<TestContext, 'waitFor'>,
  { deps: { db } }: World,
  table: 'accounts' | 'email_codes' | 'throttles',
  waiting: number,
  begin: () => Promise<T>[],
  meanwhile: () => void = () => {},
): Promise<Promise<T>[]> {
  return db.transaction().execute(async (tx) => {
    await sql`lock table ${sql.table(table)} in exclusive mode`.execute(tx)
    const begun = begin()
    await locksAwaited(t, tx, waiting)
    meanwhile()
    return begun
  })
}

/** Resolves once so many connections to the database wait for a lock. */
export async function locksAwaited(
  t: Pick<TestContext, 'waitFor'>,
  db: Database | Tx,
  waiting: number,
): Promise<void> {
  const areThere = async () => {
    // A transaction would go on seeing what it saw first.
    await sql`select pg_stat_clear_snapshot()`.execute(db)
    const { rows } = await sql`select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
    if (rows.length < waiting) throw new Error(`${rows.length} of ${waiting} wait`)
  }
  await outside(() => t.waitFor(areThere, { timeout: 10_000 }))
}
