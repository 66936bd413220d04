import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const consents: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('consents')
      .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
      .addColumn('client_id', 'text', (column) => column.notNull().references('clients.id'))
      .addColumn('given_at', 'bigint', (column) => column.notNull())
      .addColumn('last_used_at', 'bigint')
      .addPrimaryKeyConstraint('consents_key', ['account_id', 'client_id'])
      .execute()
    await db.schema.createIndex('consents_client_id').on('consents').column('client_id').execute()
  },
}
