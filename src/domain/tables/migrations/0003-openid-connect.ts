import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const openidConnect: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('clients')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('secret_hash', 'text')
      .addColumn('metadata', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('oidc_keys')
      .addColumn('kid', 'text', (column) => column.primaryKey())
      .addColumn('alg', 'text', (column) => column.notNull())
      .addColumn('sealed', 'text', (column) => column.notNull())
      .addColumn('signs_from', 'bigint', (column) => column.notNull())
      .addColumn('published_until', 'bigint')
      .execute()
    await db.schema
      .createTable('oidc_records')
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('id_hash', 'text', (column) => column.notNull())
      .addColumn('payload', 'text', (column) => column.notNull())
      .addColumn('grant_hash', 'text')
      .addColumn('session_id', 'text')
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('consumed_at', 'bigint')
      .addPrimaryKeyConstraint('oidc_records_key', ['kind', 'id_hash'])
      .execute()
    await db.schema
      .createIndex('oidc_records_grant_hash')
      .on('oidc_records')
      .column('grant_hash')
      .where(sql.ref('grant_hash'), 'is not', null)
      .execute()
    await db.schema
      .createIndex('oidc_records_session_id')
      .on('oidc_records')
      .column('session_id')
      .where(sql.ref('session_id'), 'is not', null)
      .execute()
    await db.schema
      .createIndex('oidc_records_expires_at')
      .on('oidc_records')
      .column('expires_at')
      .execute()
    await db.schema
      .createTable('ended_sessions')
      .addColumn('session_id', 'text', (column) => column.primaryKey())
      .addColumn('account_id', 'text', (column) => column.notNull())
      .addColumn('ended_at', 'bigint', (column) => column.notNull())
      .addColumn('told_at', 'bigint')
      .execute()
    await db.schema
      .createTable('logout_notices')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('client_id', 'text', (column) => column.notNull())
      .addColumn('account_id', 'text', (column) => column.notNull())
      .addColumn('sid', 'text')
      .addColumn('next_try_at', 'bigint', (column) => column.notNull())
      .addColumn('tries', 'integer', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute()
  },
}
