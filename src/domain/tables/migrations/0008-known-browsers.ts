import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** A token makes a browser known to one account only; tokens shared by several accounts are deleted. */
export const knownBrowsers: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`delete from known_browsers where token_hash in (
      select token_hash from known_browsers group by token_hash having count(*) > 1
    )`.execute(db)
    await db.schema
      .createIndex('known_browsers_token_hash')
      .unique()
      .on('known_browsers')
      .column('token_hash')
      .execute()
    await db.schema
      .createIndex('known_browsers_expires_at')
      .on('known_browsers')
      .column('expires_at')
      .execute()
  },
}
