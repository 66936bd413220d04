import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** An ended session can be asked for by its token: why it ended. */
export const sessionEnds: Migration = {
  async up(db: Kysely<unknown>) {
    // SQLite adds one column at a time.
    for (const column of ['token_hash', 'reason']) {
      await db.schema.alterTable('ended_sessions').addColumn(column, 'text').execute()
    }
    await db.schema
      .createIndex('ended_sessions_token_hash')
      .on('ended_sessions')
      .column('token_hash')
      .execute()
  },
}
