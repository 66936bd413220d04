import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** A known browser remembers which passkey worked in it last, in which way, and when. */
export const passkeyHere: Migration = {
  async up(db: Kysely<unknown>) {
    for (const [column, type] of [
      ['passkey_id', 'text'],
      ['passkey_way', 'text'],
      ['passkey_at', 'bigint'],
    ] as const) {
      // SQLite adds one column at a time.
      await db.schema.alterTable('known_browsers').addColumn(column, type).execute()
    }
  },
}
