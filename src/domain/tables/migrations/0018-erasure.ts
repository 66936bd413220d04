import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from './dialect.ts'

/**
 * What erases an account finds its mails by an index. The trail, from which nothing is erased, loses the
 * names that holders gave to passkeys: they stand with the passkeys.
 */
export const erasure = (dialect: Dialect): Migration => ({
  async up(db: Kysely<unknown>) {
    await db.schema
      .createIndex('outbox_of_account')
      .on('outbox')
      .column('account_id')
      .where(sql<boolean>`(sealed is not null or undelivered_at is not null)`)
      .execute()
    const nameless =
      dialect === 'postgres'
        ? sql`(detail::jsonb - 'name')::text`
        : sql`json_remove(detail, '$.name')`
    await sql`update audit_events set detail = ${nameless}
      where event in ('authn_passkey_registered', 'authn_passkey_removed')`.execute(db)
  },
})
