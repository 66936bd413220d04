import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Numbers that callers read out, identity checks through the page that shows one, and calls of the broker. A
 * hold knows since when it lasts: a passkey that was bound since is no proof of identity.
 */
export const calls: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('call_numbers')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('number_hash', 'text', (column) => column.notNull().unique())
      .addColumn('token_hash', 'text', (column) => column.notNull())
      .addColumn('page', 'text', (column) => column.notNull())
      .addColumn('failure', 'text')
      .addColumn('browser', 'text')
      .addColumn('system', 'text')
      .addColumn('app', 'text')
      .addColumn('sign_in_id', 'text')
      .addColumn('session_id', 'text')
      .addColumn('account_id', 'text', (column) => column.references('accounts.id'))
      .addColumn('operator_id', 'text', (column) => column.references('operators.id'))
      .addColumn('made_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('page_checks')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('call_id', 'text', (column) => column.notNull())
      .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
      .addColumn('operator_id', 'text', (column) => column.notNull().references('operators.id'))
      .addColumn('act', 'text', (column) => column.notNull())
      .addColumn('subject', 'text')
      .addColumn('digits_hash', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('asked_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('done_at', 'bigint')
      .addColumn('passkey_id', 'text')
      .execute()
    await db.schema
      .createTable('broker_calls')
      .addColumn('account_id', 'text', (column) => column.primaryKey().references('accounts.id'))
      .addColumn('operator_id', 'text', (column) => column.notNull().references('operators.id'))
      .addColumn('purpose', 'text', (column) => column.notNull())
      .addColumn('begun_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute()
    for (const [table, column] of [
      ['call_numbers', 'token_hash'],
      ['call_numbers', 'account_id'],
      ['call_numbers', 'operator_id'],
      ['call_numbers', 'sign_in_id'],
      ['call_numbers', 'session_id'],
      ['call_numbers', 'expires_at'],
      ['page_checks', 'call_id'],
      ['page_checks', 'account_id'],
      ['page_checks', 'operator_id'],
      ['page_checks', 'expires_at'],
      ['broker_calls', 'operator_id'],
      ['broker_calls', 'expires_at'],
    ] as const) {
      await db.schema.createIndex(`${table}_${column}`).on(table).column(column).execute()
    }
    await db.schema.alterTable('accounts').addColumn('hold_since', 'bigint').execute()
  },
}
