import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from './dialect.ts'

/** Finding accounts at the support desk, what operators looked at, cases, and what a supervisor should see. */
export const accountsAtTheDesk = (dialect: Dialect): Migration => ({
  async up(db: Kysely<unknown>) {
    await findAccounts(db, dialect)
    await createLooks(db)
    await createCases(db)
    await createAlerts(db)
  },
})

/** The sweep fills the names in, as a million rows would keep everybody waiting here. */
async function findAccounts(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  // By bytes, so that a prefix is a range of the index whatever the database's collation.
  const type = dialect === 'postgres' ? sql`text collate "C"` : sql`text`
  await db.schema.alterTable('accounts').addColumn('search_name', type).execute()
  await db.schema
    .createIndex('accounts_search_name')
    .on('accounts')
    .columns(['search_name', 'id'])
    .execute()
  await sql`create index accounts_search_email on accounts (lower(email))`.execute(db)
  await db.schema
    .createIndex('accounts_without_search_name')
    .on('accounts')
    .column('id')
    .where(sql.ref('search_name'), 'is', null)
    .execute()
  await db.schema
    .createIndex('outbox_account_id_created_at')
    .on('outbox')
    .columns(['account_id', 'created_at'])
    .execute()
}

async function createLooks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('looks')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('operator_id', 'text', (column) => column.notNull().references('operators.id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.references('accounts.id'))
    .addColumn('query_hash', 'text')
    .addColumn('found', 'integer')
    .addColumn('fields', 'text')
    .addColumn('reason', 'text')
    .addColumn('ticket', 'text')
    .execute()
  for (const [name, columns] of [
    ['operator', ['operator_id', 'kind', 'at']],
    ['account', ['account_id', 'at']],
    ['kind', ['kind', 'at', 'id']],
    ['ticket', ['ticket', 'operator_id', 'at']],
  ] satisfies [string, string[]][]) {
    await db.schema.createIndex(`looks_${name}`).on('looks').columns(columns).execute()
  }
}

async function createCases(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('cases')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('opened_at', 'bigint', (column) => column.notNull())
    .addColumn('opened_by', 'text', (column) => column.notNull().references('operators.id'))
    .addColumn('claim', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('ticket', 'text', (column) => column.notNull())
    .addColumn('investigator_id', 'text', (column) => column.references('operators.id'))
    .addColumn('closed_at', 'bigint')
    .addColumn('closed_by', 'text', (column) => column.references('operators.id'))
    .addColumn('closed_reason', 'text')
    .execute()
  for (const [name, columns] of [
    ['account', ['account_id', 'opened_at']],
    ['opened_at', ['opened_at', 'id']],
    ['opened_by', ['opened_by']],
    ['investigator', ['investigator_id']],
    ['closed_by', ['closed_by']],
  ] satisfies [string, string[]][]) {
    await db.schema.createIndex(`cases_${name}`).on('cases').columns(columns).execute()
  }
  // One open case for an account: a second report joins the first.
  await db.schema
    .createIndex('cases_open')
    .unique()
    .on('cases')
    .column('account_id')
    .where(sql.ref('closed_at'), 'is', null)
    .execute()
}

async function createAlerts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('alerts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.references('accounts.id'))
    .addColumn('operator_id', 'text', (column) => column.references('operators.id'))
    .addColumn('other_id', 'text', (column) => column.references('operators.id'))
    .addColumn('detail', 'text', (column) => column.notNull())
    .addColumn('once', 'text', (column) => column.unique())
    .execute()
  for (const [name, columns] of [
    ['at', ['at', 'id']],
    ['account', ['account_id', 'at']],
    ['operator', ['operator_id', 'at']],
    ['other', ['other_id', 'at']],
  ] satisfies [string, string[]][]) {
    await db.schema.createIndex(`alerts_${name}`).on('alerts').columns(columns).execute()
  }
}
