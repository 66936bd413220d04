import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Who used a refresh token, and which of those that follow it was used in its turn. */
export const refreshChains: Migration = {
  async up(db: Kysely<unknown>) {
    for (const column of ['used_by', 'parent_hash', 'continued_by']) {
      await db.schema.alterTable('oidc_records').addColumn(column, 'text').execute()
    }
  },
}
