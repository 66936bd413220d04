import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * What holders set, change and stop themselves: activation codes, recoveries, new addresses, stops, and whom
 * notices go to. Browsers that are known have names, so that their holders can forget one.
 */
export const lifeOfAnAccount: Migration = {
  async up(db: Kysely<unknown>) {
    await addColumns(db)
    await createRecoveries(db)
    await createNewAddresses(db)
    await createStops(db)
  },
}

async function addColumns(db: Kysely<unknown>): Promise<void> {
  for (const [table, columns] of [
    ['accounts', ['activation_hash', 'activation_sealed', 'stop_level', 'notice_email']],
    ['accounts', ['former_emails']],
    ['known_browsers', ['id', 'browser', 'system']],
    ['sign_ins', ['browser', 'system']],
  ] as const) {
    for (const column of columns) {
      await db.schema.alterTable(table).addColumn(column, 'text').execute()
    }
  }
  for (const [table, columns] of [
    ['accounts', ['activation_until', 'email_since', 'stopped_at', 'former_until']],
    ['sessions', ['factor_since']],
    ['known_browsers', ['first_at', 'last_at']],
  ] as const) {
    for (const column of columns) {
      await db.schema.alterTable(table).addColumn(column, 'bigint').execute()
    }
  }
  for (const [table, column] of [
    ['accounts', 'tells_sign_ins'],
    ['sign_ins', 'password_breached'],
    ['sessions', 'password_breached'],
    ['sessions', 'new_browser'],
  ] as const) {
    await db.schema
      .alterTable(table)
      .addColumn(column, 'integer', (flag) => flag.notNull().defaultTo(0))
      .execute()
  }
  // The letters that nobody has exported yet.
  await db.schema
    .createIndex('accounts_letters')
    .on('accounts')
    .column('activation_sealed')
    .where(sql.ref('activation_sealed'), 'is not', null)
    .execute()
  // The sweep forgets codes that nobody has used, and former addresses that get no notices any more.
  for (const [name, column] of [
    ['accounts_activations', 'activation_until'],
    ['accounts_former', 'former_until'],
  ] as const) {
    await db.schema
      .createIndex(name)
      .on('accounts')
      .column(column)
      .where(sql.ref(column), 'is not', null)
      .execute()
  }
}

async function createRecoveries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('recoveries')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.references('accounts.id'))
    .addColumn('login_id_hash', 'text', (column) => column.notNull())
    .addColumn('factors_version', 'integer')
    .addColumn('step', 'text', (column) => column.notNull())
    .addColumn('code_tries', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('code_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute()
  await index(db, 'recoveries', [['account_id'], ['expires_at']])
}

async function createNewAddresses(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('new_addresses')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('session_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('factors_version', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('done_at', 'bigint')
    .execute()
  await index(db, 'new_addresses', [['account_id', 'created_at'], ['created_at'], ['session_id']])
}

async function createStops(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('stops')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('level', 'text', (column) => column.notNull())
    .addColumn('way', 'text', (column) => column.notNull())
    .addColumn('network', 'text')
    .addColumn('reopened_by', 'text')
    .execute()
  await index(db, 'stops', [['account_id', 'at'], ['network', 'at'], ['at'], ['reopened_by']])
}

async function index(
  db: Kysely<unknown>,
  table: string,
  all: readonly (readonly string[])[],
): Promise<void> {
  for (const columns of all) {
    await db.schema
      .createIndex(`${table}_${columns.join('_')}`)
      .on(table)
      .columns([...columns])
      .execute()
  }
}
