import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * A suspended passkey keeps its row, its name and its place among the account's, and is dead for every use. What
 * was approved and waits is found by its account, and by its time, however many there were before.
 */
export const suspendedPasskeys: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('passkeys').addColumn('suspended_at', 'bigint').execute()
    await db.schema.alterTable('passkeys').addColumn('suspended_by', 'text').execute()
    // With which passkey a session was proven last: what waits is cancelled by one that it does not concern.
    await db.schema.alterTable('sessions').addColumn('proven_with', 'text').execute()
    await db.schema.dropIndex('requests_due').execute()
    for (const [name, column] of [
      ['due', 'takes_effect_at'],
      ['pending', 'account_id'],
    ] as const) {
      await db.schema
        .createIndex(`requests_${name}`)
        .on('requests')
        .column(column)
        .where(sql.ref('state'), '=', sql.lit('approved'))
        .execute()
    }
  },
}
