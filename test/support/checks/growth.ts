// How long each statement takes when there are many more rows: plans show neither foreign keys nor triggers.
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import type { CompiledQuery } from 'kysely'
import { seedSqlite } from './seed.ts'
import { executors, replace } from './taps.ts'

/** Of Kysely itself: its migrations. */
const ofMigrations = /kysely_migration|pg_catalog|pg_advisory/

type Queries = ReadonlyMap<string, readonly unknown[]>

/** Collects the statements that Kysely sends, each with the values of one time, from now until `stop`. */
export function tapQueries(): { stop(): Queries } {
  const queries = new Map<string, readonly unknown[]>()
  const restore = replace(executors(), 'executeQuery', (execute) => (executor, given) => {
    const { sql, parameters } = given[0] as CompiledQuery
    if (/^\s*(select|insert|update|delete)\b/i.test(sql) && !ofMigrations.test(sql))
      queries.set(sql, parameters)
    return execute.apply(executor, given as never[])
  })
  return {
    stop() {
      restore()
      return queries
    },
  }
}

/** More rows than any statement returns, and many times as many. */
const rows = { few: 2500, many: 50_000 }
const rounds = 9
/** What seems to grow is timed for longer: a machine with much to do disturbs a few rounds, and not all. */
const mostRounds = 60
const even = 2
/** In milliseconds: below it the clock and the machine are measured. */
const shortest = 0.1

interface Growth {
  readonly statement: string
  /** How many times as long it takes with the many rows. */
  readonly ratio: number
}

/** How each statement's time grows on SQLite from few rows to many, and which are refused for made-up values. */
export function growthOf(
  addresses: { readonly few: string; readonly many: string },
  queries: Queries,
): { grown: readonly Growth[]; refused: readonly string[] } {
  using few = openSeeded(addresses.few, rows.few)
  using many = openSeeded(addresses.many, rows.many)
  const grown: Growth[] = []
  const refused: string[] = []
  for (const [statement, values] of queries) {
    const best = { few: Infinity, many: Infinity }
    // By turns, so that both have the same machine.
    for (let round = 0; round < mostRounds; round += 1) {
      if (round >= rounds && ratioOf(best) < even) break
      const given = values.map((value, at) => likeSeeded(statement, value, at, round))
      best.few = Math.min(best.few, timeOf(few, statement, given))
      best.many = Math.min(best.many, timeOf(many, statement, given))
    }
    if (best.many === Infinity) refused.push(statement)
    else grown.push({ statement, ratio: ratioOf(best) })
  }
  return { grown, refused }
}

function ratioOf({ few, many }: { readonly few: number; readonly many: number }): number {
  return Math.max(many, shortest) / Math.max(few, shortest)
}

/** How long the statement takes, which is then undone; infinite for one that is refused. In milliseconds. */
function timeOf(db: DatabaseSync, sql: string, values: readonly unknown[]): number {
  db.exec('begin immediate')
  try {
    const prepared = db.prepare(sql)
    const started = performance.now()
    prepared.all(...(values as SQLInputValue[]))
    return performance.now() - started
  } catch {
    return Infinity
  } finally {
    db.exec('rollback')
  }
}

function openSeeded(address: string, most: number): DatabaseSync {
  const db = new DatabaseSync(address, { enableForeignKeyConstraints: true })
  seedSqlite(db, most)
  // All of it in memory, so that the rows that are looked at count, and not the pages that are read again.
  db.exec('pragma cache_size = -200000')
  return db
}

/** Columns of ids that stand in other tables too. */
const refersToRow = /^(account|passkey|session|client|operator|other)_id$|^(opened|closed)_by$/

/** A value that finds a seeded row, or, for a key that is inserted, a new one. */
function likeSeeded(sql: string, value: unknown, at: number, round: number): unknown {
  if (typeof value !== 'string') return value
  const inserted = /^\s*insert into "?\w+"? ?\(([^)]*)\)/.exec(sql)?.[1]?.split(',') ?? []
  const column = inserted[at % Math.max(inserted.length, 1)]?.replaceAll(/["\s]/g, '')
  if (column === 'second_factor') return 'email'
  // An ended session is its own key: no row of sessions is left.
  const isKey = /^\s*insert into "ended_sessions"/.test(sql) && column === 'session_id'
  const isNew = column !== undefined && (isKey || !refersToRow.test(column))
  return isNew ? `new ${at} ${round} ${Math.random()}` : `r${100 + round * 2}`
}
