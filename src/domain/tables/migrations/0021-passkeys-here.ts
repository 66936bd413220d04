import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * A known browser remembers every passkey that worked in it, and what failed since, in one JSON list. The
 * columns for a single one stay empty: a node of the version before may still run beside this one.
 */
export const passkeysHere: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('known_browsers').addColumn('passkeys', 'text').execute()
    // Ids and ways are words of our own, which need no escape.
    await sql`update known_browsers set passkeys = '[{"id":"' || passkey_id || '","way":"' || passkey_way
      || '","workedAt":' || cast(passkey_at as text) || ',"failedAt":null}]',
      passkey_id = null, passkey_way = null, passkey_at = null
      where passkey_id is not null`.execute(db)
  },
}
