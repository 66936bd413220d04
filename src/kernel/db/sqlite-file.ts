// One connection of node:sqlite to a file, with the statements that it has prepared.
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { CompiledQuery, QueryResult } from 'kysely'
import { writerWaits } from '../limits.ts'

const keptStatements = 500
/**
 * The memory for pages, in KiB, of each of the two connections of a node. More gained nothing with 100,000
 * accounts: a page that is not in it is in the system's cache.
 */
const pageCache = 2000

interface Kept {
  readonly statement: StatementSync
  readonly givesRows: boolean
}

export class SqliteFile {
  readonly #raw: DatabaseSync
  readonly #kept = new Map<string, Kept>()

  /** Waits for others who open the file at the same moment, and for nobody from then on. */
  constructor(path: string, pragmas: string) {
    this.#raw = new DatabaseSync(path, { timeout: writerWaits, enableForeignKeyConstraints: true })
    this.#raw.exec(`${pragmas}; pragma cache_size = -${pageCache}; pragma busy_timeout = 0`)
  }

  /** False too when SQLite has rolled back by itself, as it does on a full disk. */
  get isTransaction(): boolean {
    return this.#raw.isTransaction
  }

  execute<R>({ sql, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>): QueryResult<R> {
    const { statement, givesRows } = this.#kept.get(sql) ?? this.#prepare(sql)
    assertPlain(parameters)
    if (givesRows) return { rows: statement.all(...parameters) as R[] }
    return { rows: [], numAffectedRows: BigInt(statement.run(...parameters).changes) }
  }

  /** For the words around transactions, which have neither parameters nor rows. */
  say(sql: string): void {
    const { statement } = this.#kept.get(sql) ?? this.#prepare(sql)
    statement.run()
  }

  close(): void {
    this.#raw.close()
  }

  #prepare(sql: string): Kept {
    if (this.#kept.size >= keptStatements) this.#kept.clear()
    const statement = this.#raw.prepare(sql)
    const kept = { statement, givesRows: statement.columns().length > 0 }
    this.#kept.set(sql, kept)
    return kept
  }
}

/** node:sqlite would silently store a lone Date as NULL, so only plain values pass. */
function assertPlain(values: readonly unknown[]): asserts values is readonly SQLInputValue[] {
  for (const value of values) {
    if (value === null || typeof value === 'string' || typeof value === 'number') continue
    throw new TypeError(`the schema has no values of type ${typeof value}`)
  }
}
