import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const throttling: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('accounts').addColumn('locked_at', 'bigint').execute()
    await db.schema.alterTable('accounts').addColumn('lock_reason', 'text').execute()
    await db.schema
      .createTable('throttles')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('failures', 'integer', (column) => column.notNull())
      .addColumn('wait_until', 'bigint', (column) => column.notNull())
      .addColumn('last_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('throttles_last_at').on('throttles').column('last_at').execute()
    await db.schema
      .createTable('known_browsers')
      .addColumn('token_hash', 'text', (column) => column.notNull())
      .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('known_browsers_key', ['token_hash', 'account_id'])
      .execute()
    await db.schema
      .createIndex('known_browsers_account_id')
      .on('known_browsers')
      .column('account_id')
      .execute()
  },
}
