// The entries that exist once in a database: its secret's hash, its use, and one-time steps done.
import { sql } from 'kysely'
import type { Dialect } from './migrations/dialect.ts'
import type { Database, Tx } from './tables.ts'

/** Inserts an entry; false when it exists, after waiting for a transaction that is inserting it. */
export async function claimEntry(tx: Tx, name: string, value: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('installation')
    .values({ name, value })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function replaceEntry(tx: Tx, name: string, value: string): Promise<void> {
  await tx.updateTable('installation').set({ value }).where('name', '=', name).execute()
}

/** Holds the entry's row until the transaction ends. */
export async function holdEntry(tx: Tx, name: string): Promise<void> {
  await tx
    .selectFrom('installation')
    .select('name')
    .where('name', '=', name)
    .forNoKeyUpdate()
    .execute()
}

/**
 * Writes one and the same entry, as a proof that the database takes writes. Returns the database's time in
 * milliseconds; null on SQLite, which has no clock of its own.
 */
export async function writeProof(
  db: Database,
  dialect: Dialect,
  now: number,
): Promise<number | null> {
  const time =
    dialect === 'postgres' ? sql`extract(epoch from clock_timestamp()) * 1000` : sql`null`
  const value = String(now)
  const { at } = await db
    .insertInto('installation')
    .values({ name: 'written', value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .returning(sql<number | null>`cast(${time} as bigint)`.as('at'))
    .executeTakeFirstOrThrow()
  return at
}

export async function selectEntries(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.selectFrom('installation').selectAll().execute()
  return new Map(rows.map(({ name, value }) => [name, value]))
}
