import { sql } from 'kysely'
import { batchSize } from '../tables/batch.ts'
import type { Database } from '../tables/tables.ts'
import { searchName } from './search-name.ts'

/**
 * Makes a batch of accounts findable by name that the version before wrote; returns how many. SQL cannot do
 * it: SQLite has no NFKC.
 */
export async function fillSearchNames(db: Database): Promise<number> {
  const rows = await db
    .selectFrom('accounts')
    .select(['id', 'display_name as name'])
    .where('search_name', 'is', null)
    .orderBy('id')
    .limit(batchSize)
    .execute()
  if (rows.length === 0) return 0
  const names = rows.map(({ id, name }) => sql`when ${id} then ${searchName(name)}`)
  await db
    .updateTable('accounts')
    .set({ search_name: sql<string>`case id ${sql.join(names, sql` `)} end` })
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    // One that was erased meanwhile has none.
    .where('search_name', 'is', null)
    .execute()
  return rows.length
}
