import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const mailLanes: Migration = {
  async up(db: Kysely<unknown>) {
    // No foreign key: with one, each change of an account would look for its mails.
    await db.schema.alterTable('outbox').addColumn('account_id', 'text').execute()
    await db.schema
      .alterTable('outbox')
      .addColumn('refusals', 'integer', (column) => column.notNull().defaultTo(0))
      .execute()
    await db.schema.alterTable('outbox').addColumn('refused_since', 'bigint').execute()
    await db.schema.alterTable('outbox').addColumn('undelivered_at', 'bigint').execute()
    await db.schema.alterTable('outbox').addColumn('undelivered_reason', 'text').execute()

    await db.schema.dropIndex('outbox_waiting').execute()
    for (const [name, end] of [
      ['outbox_codes', 'is not'],
      ['outbox_notices', 'is'],
    ] as const) {
      await db.schema
        .createIndex(name)
        .on('outbox')
        .column('next_try_at')
        .where(sql.ref('sealed'), 'is not', null)
        .where(sql.ref('expires_at'), end, null)
        .execute()
    }
    await db.schema
      .createIndex('outbox_done')
      .on('outbox')
      .column('created_at')
      .where(sql.ref('sealed'), 'is', null)
      .where(sql.ref('undelivered_at'), 'is', null)
      .execute()
    await db.schema
      .createIndex('outbox_undelivered')
      .on('outbox')
      .column('undelivered_at')
      .where(sql.ref('undelivered_at'), 'is not', null)
      .execute()
  },
}
