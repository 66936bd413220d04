import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const mailsInHand: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('outbox').addColumn('request_id', 'text').execute()
    await db.schema.alterTable('outbox').addColumn('renewals', 'integer').execute()
    await db.schema
      .createIndex('outbox_in_hand')
      .on('outbox')
      .column('renewals')
      .where(sql.ref('sealed'), 'is not', null)
      .where(sql.ref('renewals'), 'is not', null)
      .execute()
  },
}
