import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** A holder's events are read by name, so that a flood of one event does not slow the others. */
export const activityIndex: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createIndex('audit_events_account_id_event_at')
      .on('audit_events')
      .columns(['account_id', 'event', 'at'])
      .execute()
    await db.schema.dropIndex('audit_events_account_id_at').execute()
  },
}
