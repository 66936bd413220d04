// Rows without end are removed a batch at a time, so that no statement takes long.
import { setImmediate } from 'node:timers/promises'
import { sql, type RawBuilder } from 'kysely'
import type { Database, Tables, Tx } from './tables.ts'

/** So few that no statement holds the event loop, or the writer of SQLite, for long. */
export const batchSize = 100

/** Which rows of a table: the columns of its key, a condition, and the time by which an index has them. */
interface Batch {
  readonly table: keyof Tables
  readonly key: readonly string[]
  readonly where: RawBuilder<unknown>
  readonly by: string
}

/** Deletes a batch of these rows; returns how many. */
export async function deleteBatch(db: Database | Tx, batch: Batch): Promise<number> {
  const { numAffectedRows = 0n } =
    await sql`delete from ${sql.table(batch.table)} where ${inBatch(batch)}`.execute(db)
  return Number(numAffectedRows)
}

/**
 * Whether a row is one of these. The condition stands twice: after a wait for another transaction,
 * PostgreSQL asks the outer one again of what that one has written. Ordered, and the number no parameter:
 * else it would hope to find old rows early without an index.
 */
export function inBatch({ table, key, where, by }: Batch): RawBuilder<boolean> {
  const columns = sql.join(key.map((column) => sql.ref(column)))
  return sql<boolean>`${where} and (${columns}) in (select ${columns} from ${sql.table(table)}
    where ${where} order by ${sql.ref(by)} limit ${sql.lit(batchSize)})`
}

/** Goes on from batch to batch until one is not full, and lets other work pass between two of them. */
export async function inBatches(
  batch: () => Promise<number>,
  stopping?: AbortSignal,
): Promise<void> {
  while (!stopping?.aborted && (await batch()) === batchSize) await setImmediate()
}
