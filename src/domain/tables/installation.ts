// What there is once in a database: whom it belongs to, and what was begun for good.
import type { Tx } from './tables.ts'

/** Writes the entry if there is none; false when there was, after waiting for whoever writes it now. */
export async function claimEntry(tx: Tx, name: string, value: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('installation')
    .values({ name, value })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Keeps others who hold the same entry waiting until the transaction ends. */
export async function holdEntry(tx: Tx, name: string): Promise<void> {
  await tx
    .updateTable('installation')
    .set((row) => ({ value: row.ref('value') }))
    .where('name', '=', name)
    .execute()
}

export async function selectEntries(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.selectFrom('installation').selectAll().execute()
  return new Map(rows.map(({ name, value }) => [name, value]))
}
