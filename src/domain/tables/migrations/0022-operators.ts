import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The support desk's operators: who they are, what they sign with, and where they are signed in. */
export const operators: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('operators')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('contact', 'text')
      .addColumn('user_handle', 'text', (column) => column.notNull().unique())
      .addColumn('roles', 'text', (column) => column.notNull())
      .addColumn('account_id', 'text', (column) => column.references('accounts.id'))
      .addColumn('version', 'integer', (column) => column.notNull().defaultTo(1))
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('closed_at', 'bigint')
      .execute()
    await db.schema
      .createTable('operator_passkeys')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('operator_id', 'text', (column) => column.notNull().references('operators.id'))
      .addColumn('credential_id', 'text', (column) => column.notNull().unique())
      .addColumn('public_key', 'text', (column) => column.notNull())
      .addColumn('algorithm', 'integer', (column) => column.notNull())
      .addColumn('counter', 'bigint', (column) => column.notNull())
      .addColumn('transports', 'text', (column) => column.notNull())
      .addColumn('aaguid', 'text', (column) => column.notNull())
      .addColumn('backup_eligible', 'integer', (column) => column.notNull())
      .addColumn('backed_up', 'integer', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('last_used_at', 'bigint')
      .addColumn('ended_at', 'bigint')
      .execute()
    await db.schema
      .createTable('operator_sessions')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('token_hash', 'text', (column) => column.notNull().unique())
      .addColumn('operator_id', 'text', (column) => column.notNull().references('operators.id'))
      .addColumn('passkey_id', 'text', (column) =>
        column.notNull().references('operator_passkeys.id'),
      )
      .addColumn('browser', 'text')
      .addColumn('system', 'text')
      .addColumn('signed_in_at', 'bigint', (column) => column.notNull())
      .addColumn('proven_at', 'bigint', (column) => column.notNull())
      .addColumn('last_seen_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('enrolment_codes')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('operator_id', 'text', (column) => column.notNull().references('operators.id'))
      .addColumn('code_hash', 'text', (column) => column.notNull().unique())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('used_at', 'bigint')
      .execute()
    for (const [table, column] of [
      ['operators', 'account_id'],
      ['operator_passkeys', 'operator_id'],
      ['operator_sessions', 'operator_id'],
      ['operator_sessions', 'passkey_id'],
      ['operator_sessions', 'last_seen_at'],
      ['enrolment_codes', 'operator_id'],
      ['enrolment_codes', 'expires_at'],
    ] as const) {
      await db.schema.createIndex(`${table}_${column}`).on(table).column(column).execute()
    }
    await db.schema
      .createIndex('operators_one_of_account')
      .unique()
      .on('operators')
      .column('account_id')
      .where(sql.ref('closed_at'), 'is', null)
      .execute()
    await db.schema
      .createIndex('operators_open')
      .on('operators')
      .column('name')
      .where(sql.ref('closed_at'), 'is', null)
      .execute()
  },
}
