import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from './dialect.ts'

export function firstTables(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await createAccounts(db)
      await createPasskeys(db)
      await createShortLived(db)
      await createSessions(db)
      await createRecords(db)
      for (const statement of fixedNames[dialect]) await sql.raw(statement).execute(db)
    },
  }
}

async function createAccounts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('accounts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('login_id', 'text', (column) => column.notNull().unique())
    .addColumn('display_name', 'text', (column) => column.notNull())
    .addColumn('email', 'text', (column) => column.notNull())
    .addColumn('password_hash', 'text', (column) => column.notNull())
    .addColumn('user_handle', 'text', (column) => column.notNull().unique())
    .addColumn('second_factor', 'text', (column) =>
      column
        .notNull()
        .defaultTo('email')
        .check(sql`second_factor in ('email', 'passkey')`),
    )
    .addColumn('factors_version', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('hold_until', 'bigint')
    .addColumn('hold_reason', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute()
}

async function createPasskeys(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('passkeys')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('name', 'text', (column) => column.notNull())
    // Removed passkeys keep their rows, so that no account can register their credentials again.
    .addColumn('credential_id', 'text', (column) => column.notNull().unique())
    .addColumn('public_key', 'text', (column) => column.notNull())
    .addColumn('algorithm', 'integer', (column) => column.notNull())
    .addColumn('counter', 'bigint', (column) => column.notNull())
    .addColumn('transports', 'text', (column) => column.notNull())
    .addColumn('aaguid', 'text', (column) => column.notNull())
    .addColumn('attachment', 'text')
    .addColumn('backup_eligible', 'integer', (column) => column.notNull())
    .addColumn('backed_up', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_used_at', 'bigint')
    .addColumn('removed_at', 'bigint')
    .addColumn('removed_by', 'text')
    .addColumn('removed_reason', 'text')
    .execute()
  await db.schema
    .createIndex('passkeys_live_name')
    .unique()
    .on('passkeys')
    .columns(['account_id', 'name'])
    .where(sql.ref('removed_at'), 'is', null)
    .execute()
}

/** Rule 1: the name is fixed at registration; the database refuses every change. */
const fixedNames: Readonly<Record<Dialect, readonly string[]>> = {
  sqlite: [
    `create trigger passkey_name_is_fixed before update of name on passkeys
     when new.name is not old.name
     begin select raise(abort, 'the name of a passkey is fixed'); end`,
  ],
  postgres: [
    `create function refuse_passkey_name() returns trigger language plpgsql as
     $$ begin raise exception 'the name of a passkey is fixed'; end $$`,
    `create trigger passkey_name_is_fixed before update of name on passkeys
     for each row when (new.name is distinct from old.name)
     execute function refuse_passkey_name()`,
  ],
}

/** The tables whose rows live for minutes: sign-ins, ceremonies, codes. */
async function createShortLived(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sign_ins')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('factors_version', 'integer', (column) => column.notNull())
    .addColumn('continue_to', 'text', (column) => column.notNull())
    .addColumn('code_tries', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute()
  await index(db, 'sign_ins', 'expires_at')
  await db.schema
    .createTable('ceremonies')
    .addColumn('challenge', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('factors_version', 'integer', (column) => column.notNull())
    .addColumn('passkey_id', 'text', (column) => column.references('passkeys.id'))
    .addColumn('passkey_name', 'text')
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute()
  await index(db, 'ceremonies', 'expires_at')
  await db.schema
    .createTable('email_codes')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('code_hash', 'text', (column) => column.notNull())
    .addColumn('factors_version', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('used_at', 'bigint')
    .execute()
  await index(db, 'email_codes', 'account_id', 'created_at')
  await index(db, 'email_codes', 'owner')
  await index(db, 'email_codes', 'created_at')
}

async function createSessions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sessions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('acr', 'text', (column) => column.notNull())
    .addColumn('browser', 'text')
    .addColumn('system', 'text')
    .addColumn('signed_in_at', 'bigint', (column) => column.notNull())
    .addColumn('proven_at', 'bigint', (column) => column.notNull())
    .addColumn('last_seen_at', 'bigint', (column) => column.notNull())
    .addColumn('code_tries', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('proof_purpose', 'text')
    .addColumn('proof_at', 'bigint')
    .addColumn('proof_version', 'integer')
    .addColumn('register_until', 'bigint')
    .addColumn('register_version', 'integer')
    .execute()
  await index(db, 'sessions', 'account_id')
  await index(db, 'sessions', 'last_seen_at')
}

async function createRecords(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('outbox')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('sealed', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('next_try_at', 'bigint', (column) => column.notNull())
    .addColumn('tries', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('expires_at', 'bigint')
    .addColumn('sent_at', 'bigint')
    .execute()
  await db.schema
    .createIndex('outbox_waiting')
    .on('outbox')
    .column('next_try_at')
    .where(sql.ref('sealed'), 'is not', null)
    .execute()
  await db.schema
    .createTable('audit_events')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.references('accounts.id'))
    .addColumn('login_id_hash', 'text')
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('detail', 'text', (column) => column.notNull())
    .addColumn('address', 'text')
    .addColumn('browser', 'text')
    .addColumn('system', 'text')
    .addColumn('request_id', 'text')
    .execute()
  await index(db, 'audit_events', 'account_id', 'at')
  await db.schema
    .createTable('installation')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute()
}

async function index(db: Kysely<unknown>, table: string, ...columns: string[]): Promise<void> {
  await db.schema
    .createIndex(`${table}_${columns.join('_')}`)
    .on(table)
    .columns(columns)
    .execute()
}
