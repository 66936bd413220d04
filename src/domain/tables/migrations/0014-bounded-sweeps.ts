import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from './dialect.ts'

const hour = 3_600_000

/** How long the counts of each kind are kept after the last; those of codes have no end. */
const kept = { password: 24 * hour, browser: 24 * hour, address: 1 * hour } as const

/** Every statement finds its rows by an index, and so does every check of a foreign key. */
export const boundedSweeps = (dialect: Dialect): Migration => ({
  async up(db: Kysely<unknown>) {
    await indexes(db)
    await db.schema.alterTable('throttles').addColumn('kept_until', 'bigint').execute()
    for (const [kind, time] of Object.entries(kept)) {
      await sql`update throttles set kept_until = last_at + ${sql.lit(time)}
        where key like ${`${kind}/%`}`.execute(db)
    }
    await db.schema.dropIndex('throttles_last_at').execute()
    await db.schema
      .createIndex('throttles_kept_until')
      .on('throttles')
      .column('kept_until')
      .where(sql.ref('kept_until'), 'is not', null)
      .execute()
    // A range of keys is one of bytes on both databases.
    if (dialect === 'postgres') {
      await sql`alter table throttles alter column key type text collate "C"`.execute(db)
    }
  },
})

async function indexes(db: Kysely<unknown>): Promise<void> {
  for (const [table, column] of [
    ['sign_ins', 'account_id'],
    ['ceremonies', 'account_id'],
    ['ceremonies', 'passkey_id'],
    ['passkeys', 'account_id'],
    ['sessions', 'signed_in_at'],
    ['audit_events', 'at'],
  ] as const) {
    await db.schema.createIndex(`${table}_${column}`).on(table).column(column).execute()
  }
  await db.schema
    .createIndex('accounts_locked')
    .on('accounts')
    .columns(['lock_reason', 'locked_at'])
    .where(sql.ref('lock_reason'), 'is not', null)
    .execute()
  await db.schema
    .createIndex('ended_sessions_told_at')
    .on('ended_sessions')
    .column('told_at')
    .where(sql.ref('told_at'), 'is not', null)
    .execute()
  await db.schema
    .createIndex('outbox_expiring')
    .on('outbox')
    .column('expires_at')
    .where(sql.ref('sealed'), 'is not', null)
    .where(sql.ref('expires_at'), 'is not', null)
    .execute()
}
