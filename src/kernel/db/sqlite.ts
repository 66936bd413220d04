// The dialect of SQLite: what it says differently, and how its file is made.
import { closeSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type Dialect,
  type SelectModifierNode,
} from 'kysely'
import { closeToOthers, giveToOwnerOf, makeFolder, makePrivate } from './private-file.ts'
import { SqliteDriver } from './sqlite-driver.ts'

interface SqliteOptions {
  /** Called when a transaction awaits more than the database, while all other writers wait for it. */
  readonly report: (error: Error) => void
  /** Hears how many milliseconds each transaction or single write waited for its turn. */
  readonly waited?: (milliseconds: number) => void
}

/** Opens (and makes) a database file: WAL, every commit durable, a second process waits its turn. */
export function sqliteDialect(path: string, { report, waited }: SqliteOptions): Dialect {
  // SQLite gives its WAL files the mode of the file, and as root its owner.
  makeFolder(dirname(path))
  if (makePrivate(path)) giveToOwnerOf(dirname(path), path)
  else closeSync(openSync(path, 'a', 0o600))
  // An existing file may be open to others.
  closeToOthers(path)
  return {
    createDriver: () => new SqliteDriver(path, report, waited),
    createQueryCompiler: () => new LocklessQueryCompiler(),
    createAdapter: () => new OwnDriverAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
}

/** A transaction holds every row from its beginning: SQLite has no locks of rows, and no words for them. */
class LocklessQueryCompiler extends SqliteQueryCompiler {
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (node.modifier !== 'ForNoKeyUpdate') super.visitSelectModifier(node)
  }
}

class OwnDriverAdapter extends SqliteAdapter {
  /** The driver makes writers wait for each other, so Kysely need not make everybody wait. */
  override get supportsMultipleConnections(): boolean {
    return true
  }

  /** SQLite does roll back DDL; Kysely's adapter denies it and would leave half a migration. */
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}
