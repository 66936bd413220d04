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
    await remakeKnownBrowsers(db, dialect)
  },
})

/** A token is one account's alone since 0008, so it is the key; two indexes fewer to write at each sign-in. */
async function remakeKnownBrowsers(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await sql`alter table known_browsers rename to former_browsers`.execute(db)
  const table = db.schema
    .createTable('known_browsers')
    .addColumn('token_hash', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('known_browser', ['token_hash'])
  await (dialect === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table).execute()
  await sql`insert into known_browsers (token_hash, account_id, expires_at)
    select token_hash, account_id, expires_at from former_browsers`.execute(db)
  await db.schema.dropTable('former_browsers').execute()
  await db.schema
    .createIndex('known_browsers_account')
    .on('known_browsers')
    .columns(['account_id', 'expires_at'])
    .execute()
  await db.schema
    .createIndex('known_browsers_expiry')
    .on('known_browsers')
    .column('expires_at')
    .execute()
}
