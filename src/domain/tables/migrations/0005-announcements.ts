import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const announcements: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('announcements')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('ja', 'text', (column) => column.notNull())
      .addColumn('en', 'text', (column) => column.notNull())
      .addColumn('shows_from', 'bigint', (column) => column.notNull())
      .addColumn('shows_until', 'bigint')
      .execute()
  },
}
