import type { SelectQueryBuilder } from 'kysely'
import type { Database, Tables } from './tables.ts'

/** Counts rows that an index has in this order, and stops at `most`: no count reads all that grows. */
export async function countUpTo(
  db: Database,
  ordered: SelectQueryBuilder<Tables, keyof Tables, { at: number | null }>,
  most: number,
): Promise<number> {
  const { count } = await db
    .selectFrom(ordered.limit(most).as('counted'))
    .select((row) => row.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}
