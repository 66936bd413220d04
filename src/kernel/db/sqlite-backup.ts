// A SQLite database as one file: copied while it is in use, and put back while it is not.
import {
  createReadStream,
  createWriteStream,
  existsSync,
  linkSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pipeline } from 'node:stream/promises'
import { writerWaits } from '../limits.ts'
import {
  giveToOwnerOf,
  isRoot,
  isShared,
  makeFolder,
  makePrivate,
  ownerOf,
  syncToDisk,
} from './private-file.ts'

/** Why a backup is not made, or not put back, in the operator's words. */
export class BackupFault extends Error {}

/** SQLite's codes: locked by somebody; damaged; no database at all. */
const [busy, corrupt, notADatabase] = [5, 11, 26]

const besides = ['-wal', '-shm', '-journal']

/**
 * Copies a database into a new file while others read and write it, and reads the copy through. The file has
 * its name only when all that is done, is as private as its folder says from the first moment, and takes the
 * place of none. Throws BackupFault, or the system's error.
 */
export function backUpSqlite(from: string, to: string): void {
  if (!existsSync(from)) throw new BackupFault(`there is no database at ${from}`)
  if (existsSync(to)) throw new BackupFault(`${to} is there already`)
  const part = `${to}.part`
  reserve(part)
  try {
    removeAround(part)
    using source = new DatabaseSync(from, { timeout: writerWaits })
    // It reads one state and makes no writer wait; a copy by pages would begin again at each commit.
    source.prepare('vacuum into ?').run(part)
    assertWhole(part, from)
    syncToDisk(part)
    reserve(to)
    renameSync(part, to)
  } finally {
    removeSqlite(part)
  }
  syncToDisk(dirname(to))
}

/** A copy of a backup, beside the database whose place it is to take. */
interface Restoring extends Disposable {
  /** The copy, to be opened as a database. */
  readonly path: string
  /**
   * Gives the copy the database's name in one step, once it is closed. Returns the name under which the
   * former one is kept; null when there was none.
   */
  replace(): string | null
}

interface Restore {
  readonly from: string
  readonly path: string
  /** A table that a backup of this product has. */
  readonly table: string
  readonly now: number
}

/**
 * Copies a backup beside the database and reads it through. Until `replace` nothing else changes, and from
 * the beginning nobody else can open the database. Throws BackupFault when somebody has it open, or when
 * the backup is damaged or of something else.
 */
export async function restoreSqlite({ from, path, table, now }: Restore): Promise<Restoring> {
  if (!existsSync(from)) throw new BackupFault(`there is no backup at ${from}`)
  if (existsSync(`${from}-wal`)) {
    throw new BackupFault(`${from}-wal is there: this is not a backup, but a database in use`)
  }
  makeFolder(dirname(path))
  assertOwn(path)
  using begun = new DisposableStack()
  const held = holdAlone(path)
  begun.defer(() => held?.close())
  const copy = `${path}.restoring`
  reserve(copy)
  begun.defer(() => removeSqlite(copy))
  // The log of one that broke off would be played into this one.
  removeAround(copy)
  await pipeline(createReadStream(from), createWriteStream(copy, { flags: 'r+', flush: true }))
  assertWhole(copy, from, table)
  giveToOwnerOf(held ? path : dirname(path), copy)
  const restoring = begun.move()
  return {
    path: copy,
    replace() {
      if (existsSync(`${copy}-wal`)) throw new Error('the copy is still open')
      const former = held && `${path}.before-${stampOf(now)}`
      // The log of the former database goes into its own file; it would be played into the new one.
      held?.exec('pragma journal_mode = delete; pragma locking_mode = normal; begin exclusive')
      removeAround(path)
      if (former) linkSync(path, former)
      renameSync(copy, path)
      syncToDisk(dirname(path))
      return former
    },
    [Symbol.dispose]: () => restoring.dispose(),
  }
}

/** What a colleague restores for herself alone would be closed to the node. */
function assertOwn(path: string): void {
  if (!existsSync(path) || isRoot() || isShared(dirname(path))) return
  if (ownerOf(path) === process.geteuid?.()) return
  throw new BackupFault(`${path} belongs to another system user: restore as that one`)
}

/** As `20260109T093000123Z`. */
function stampOf(now: number): string {
  return new Date(now).toISOString().replace(/[-:.]/g, '')
}

/** Keeps everybody else out of the database until closed, and leaves it as it is; null when there is none. */
function holdAlone(path: string): DatabaseSync | null {
  if (!existsSync(path)) return null
  const held = new DatabaseSync(path, { timeout: 0 })
  try {
    // SQLite refuses this while any other process has the file open, even if that does nothing just now.
    held.exec('pragma locking_mode = exclusive; begin exclusive; commit')
    return held
  } catch (error) {
    held.close()
    const code = codeOf(error)
    if (code === busy) {
      throw new BackupFault(`a node or a command has ${path} open: stop it first`, { cause: error })
    }
    if (!isDamage(code)) throw error
    const where = `${path}, ${path}-wal and ${path}-shm`
    const why = `the database in place is damaged, so nobody can tell whether it is in use`
    throw new BackupFault(`${why}: stop the nodes, move ${where} away, and restore again`, {
      cause: error,
    })
  }
}

/** Reads every page and every index; `name` is what the operator calls the file. */
function assertWhole(path: string, name: string, table?: string): void {
  try {
    using file = new DatabaseSync(path)
    const [first] = file.prepare('pragma integrity_check(1)').all()
    const said = String(first?.['integrity_check']).replaceAll(/\s+/g, ' ')
    if (said !== 'ok') throw new BackupFault(`${name} is damaged: ${said}`)
    const isThere = file.prepare('select 1 from sqlite_schema where name = ?')
    if (table !== undefined && !isThere.get(table)) {
      throw new BackupFault(`${name} is not a database of Sekisho`)
    }
  } catch (error) {
    if (!isDamage(codeOf(error))) throw error
    throw new BackupFault(`${name} is damaged: ${String(error)}`, { cause: error })
  }
}

function codeOf(error: unknown): number | undefined {
  const { errcode } = error as { errcode?: number }
  return errcode === undefined ? undefined : errcode & 0xff
}

function isDamage(code: number | undefined): boolean {
  return code === corrupt || code === notADatabase
}

function reserve(path: string): void {
  if (makePrivate(path)) return
  throw new BackupFault(`${path} is there already: remove it, unless another command is writing it`)
}

function removeSqlite(path: string): void {
  rmSync(path, { force: true })
  removeAround(path)
}

function removeAround(path: string): void {
  for (const end of besides) rmSync(path + end, { force: true })
}
