// node:sqlite behind the interface that Kysely's own SqliteDialect expects.
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import {
  SqliteAdapter,
  SqliteDialect,
  SqliteQueryCompiler,
  type SelectModifierNode,
  type SqliteStatement,
} from 'kysely'
import { writerWaits } from '../limits.ts'

const keptStatements = 500

/** Opens (and makes) a database file: WAL, every commit durable, a second process waits its turn. */
export function sqliteDialect(path: string): SqliteDialect {
  // The file holds password hashes: only its owner may open folder and file, from the first moment.
  // SQLite gives its WAL files the same mode.
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  closeSync(openSync(path, 'a', 0o600))
  const raw = new DatabaseSync(path, { timeout: writerWaits, enableForeignKeyConstraints: true })
  // An existing file may be open to others.
  chmodSync(path, 0o600)
  raw.exec('pragma journal_mode = wal; pragma synchronous = full;')
  const statements = new Map<string, SqliteStatement>()
  const prepare = (sql: string): SqliteStatement => {
    // When the disk is full SQLite rolls back by itself; a second rollback would fail and hide the
    // first error. A rollback that failed is repeated before the next transaction.
    if (sql === 'rollback' && !raw.isTransaction) return nothing
    if (sql === 'begin' && raw.isTransaction) raw.exec('rollback')
    const kept = statements.get(sql)
    if (kept) return kept
    if (statements.size >= keptStatements) statements.clear()
    const statement = new Statement(raw.prepare(sql === 'begin' ? beginWriting : sql))
    statements.set(sql, statement)
    return statement
  }
  return new TransactionalSqliteDialect({ database: { prepare, close: () => raw.close() } })
}

/** Takes the write lock at once: an upgrade later could fail instead of waiting. */
const beginWriting = 'begin immediate'

const nothing: SqliteStatement = {
  reader: true,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [][Symbol.iterator](),
}

class Statement implements SqliteStatement {
  readonly reader: boolean
  readonly #statement: StatementSync

  constructor(statement: StatementSync) {
    this.#statement = statement
    this.reader = statement.columns().length > 0
  }

  all(parameters: readonly unknown[]): unknown[] {
    return this.#statement.all(...parameters.map(readParameter))
  }

  run(parameters: readonly unknown[]) {
    return this.#statement.run(...parameters.map(readParameter))
  }

  iterate(parameters: readonly unknown[]): IterableIterator<unknown> {
    return this.#statement.iterate(...parameters.map(readParameter))
  }
}

/** node:sqlite would silently store a lone Date as NULL, so only plain values pass. */
function readParameter(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  throw new TypeError(`the schema has no values of type ${typeof value}`)
}

/** SQLite does roll back DDL; Kysely's adapter denies it and would leave half a migration. */
class TransactionalSqliteDialect extends SqliteDialect {
  override createQueryCompiler(): SqliteQueryCompiler {
    return new LocklessQueryCompiler()
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter()
  }
}

/** A transaction holds every row from its beginning: SQLite has no locks of rows, and no words for them. */
class LocklessQueryCompiler extends SqliteQueryCompiler {
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (node.modifier !== 'ForNoKeyUpdate') super.visitSelectModifier(node)
  }
}

class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}
