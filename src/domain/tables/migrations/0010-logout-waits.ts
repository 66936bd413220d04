import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const logoutWaits: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('logout_waits')
      .addColumn('client_id', 'text', (column) => column.primaryKey())
      .addColumn('failures', 'integer', (column) => column.notNull())
      .addColumn('wait_until', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('logout_notices_client_id')
      .on('logout_notices')
      .columns(['client_id', 'next_try_at'])
      .execute()
    await db.schema
      .createIndex('logout_notices_created_at')
      .on('logout_notices')
      .column('created_at')
      .execute()
    await db.schema
      .createIndex('ended_sessions_untold')
      .on('ended_sessions')
      .column('ended_at')
      .where(sql.ref('told_at'), 'is', null)
      .execute()
  },
}
