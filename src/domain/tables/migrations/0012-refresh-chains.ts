import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The user of a refresh token, its predecessor, and the one of its successors that was used. */
export const refreshChains: Migration = {
  async up(db: Kysely<unknown>) {
    for (const column of ['used_by', 'parent_hash', 'continued_by']) {
      await db.schema.alterTable('oidc_records').addColumn(column, 'text').execute()
    }
  },
}
