import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from './dialect.ts'

/**
 * Rule 5: a challenge carries its ceremony, and the database keeps the spent ones alone. An account's oldest
 * known browsers are found by an index.
 */
export const spentChallenges = (dialect: Dialect): Migration => ({
  async up(db: Kysely<unknown>) {
    await db.schema.dropTable('ceremonies').execute()
    const table = db.schema
      .createTable('spent')
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('spent_key', ['expires_at', 'hash'])
    // In SQLite the rows then lie in the key itself.
    await (dialect === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table).execute()
    await db.schema.dropIndex('known_browsers_account_id').execute()
    await db.schema
      .createIndex('known_browsers_account')
      .on('known_browsers')
      .columns(['account_id', 'expires_at'])
      .execute()
  },
})
