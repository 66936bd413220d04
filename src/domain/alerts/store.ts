import type { Insertable } from 'kysely'
import type { Tables, Tx } from '../tables/tables.ts'

/** False when an alert of this name was raised before. */
export async function insertAlert(tx: Tx, alert: Insertable<Tables['alerts']>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('alerts')
    .values(alert)
    .onConflict((conflict) => conflict.column('once').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
