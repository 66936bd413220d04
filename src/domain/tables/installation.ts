// The entries that exist once in a database: its secret's hash, its use, and one-time steps done.
import type { Tx } from './tables.ts'

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

export async function selectEntries(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.selectFrom('installation').selectAll().execute()
  return new Map(rows.map(({ name, value }) => [name, value]))
}
