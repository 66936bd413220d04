import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * When the first stop came since the last lifting: a raise moves `stopped_at` alone. Null in what is stopped already
 * or by a node of the version before; that stop counts as the first.
 */
export const firstStop: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('accounts').addColumn('first_stopped_at', 'bigint').execute()
  },
}
