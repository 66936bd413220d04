// Which migrations a database has had, against those that this version knows.
import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { minutes } from '../../kernel/clock.ts'
import { isHeldUp } from '../../kernel/db/unavailable.ts'
import { ConfigError } from '../../settings/environment.ts'
import { databaseFault } from '../../settings/faults.ts'
import type { Dialect } from './migrations/dialect.ts'
import { migrations } from './migrations/list.ts'
import type { Database } from './tables.ts'

/** For how long a migration begins anew while others keep the tables that it changes. */
const heldUpAtMost = 1 * minutes

/**
 * Brings the schema up to date; throws ConfigError for one that a later version has migrated. Nodes may go on
 * meanwhile: where they keep a table for longer than a moment, it lets go of all that it has, and begins anew.
 */
export async function migrate(db: Database, dialect: Dialect): Promise<void> {
  await requireNotNewer(db, dialect)
  const attempt = () =>
    untilNotHeldUp(() =>
      db.transaction().execute(async (tx) => {
        const { error } = await migratorOf(tx, dialect).migrateToLatest()
        if (error) throw error
      }),
    )
  // If two commands start on the same new database, the second fails once on the tables of the first.
  await attempt().catch((error: unknown) => {
    if (databaseFault(error)) throw error
    return attempt()
  })
}

async function untilNotHeldUp(work: () => Promise<void>): Promise<void> {
  for (const until = Date.now() + heldUpAtMost; ; await wait(randomInt(100, 500))) {
    try {
      return await work()
    } catch (error) {
      if (!isHeldUp(error) || Date.now() > until) throw error
    }
  }
}

/** Reads alone; throws ConfigError unless the schema is the one of this version. */
export async function requireCurrent(db: Database, dialect: Dialect): Promise<void> {
  const pending = await requireNotNewer(db, dialect)
  if (pending.length === 0) return
  throw new ConfigError(
    'SEKISHO_MIGRATE',
    `is never, but the database is older than this version and lacks ${pending.join(', ')}: run the command migrate as the owner of its tables`,
  )
}

/** The names of the migrations that the database has not had yet. */
async function requireNotNewer(db: Database, dialect: Dialect): Promise<readonly string[]> {
  const known = await migratorOf(db, dialect).getMigrations()
  const pending = known.filter(({ executedAt }) => executedAt === undefined)
  if (pending.length < known.length) {
    const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
    const names = new Set(known.map(({ name }) => name))
    const unknown = rows.map(({ name }) => name).filter((name) => !names.has(name))
    if (unknown.length > 0) {
      throw new ConfigError(
        'SEKISHO_DATABASE',
        `is newer than this version, which does not know ${unknown.toSorted().join(', ')}: start the later version`,
      )
    }
  }
  return pending.map(({ name }) => name)
}

function migratorOf(db: Database, dialect: Dialect): Migrator {
  return new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations(dialect)) },
  })
}
