import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const clientLogos: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('client_logos')
      .addColumn('client_id', 'text', (column) => column.primaryKey().references('clients.id'))
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('content', 'text', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('client_logos_hash').on('client_logos').column('hash').execute()
  },
}
