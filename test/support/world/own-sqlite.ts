// A SQLite file with the driver alone: what it does to transactions, without a product around them.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Kysely, type Transaction } from 'kysely'
import { sqliteDialect } from '../../../src/kernel/db/sqlite.ts'

interface Tables {
  notes: { id: number; text: string | null }
  /** The reference is looked at by the commit: one to nothing makes it fail. */
  answers: { note_id: number }
}

export type Notes = Kysely<Tables> | Transaction<Tables>

interface OwnSqlite extends AsyncDisposable {
  readonly path: string
  readonly db: Kysely<Tables>
  /** What the driver complained of. */
  readonly reports: readonly string[]
}

export async function ownSqlite(): Promise<OwnSqlite> {
  const folder = await mkdtemp(join(tmpdir(), 'sekisho-test-'))
  const path = join(folder, 'notes.sqlite')
  const reports: string[] = []
  const db = openNotes(path, ({ message }) => reports.push(message))
  using raw = new DatabaseSync(path)
  raw.exec(`
    create table notes (id integer primary key, text text) strict;
    create table answers (note_id integer not null references notes deferrable initially deferred);
  `)
  return {
    ...{ path, db, reports },
    async [Symbol.asyncDispose]() {
      await db.destroy()
      await rm(folder, { recursive: true })
    },
  }
}

/** The same file again, as another process has it. */
export function openNotes(path: string, report: (error: Error) => void = () => {}): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: sqliteDialect(path, { report }) })
}

export async function addNote(db: Notes, id: number): Promise<void> {
  await db.insertInto('notes').values({ id, text: null }).execute()
}

export async function notesIn(db: Notes): Promise<number[]> {
  const rows = await db.selectFrom('notes').select('id').orderBy('id').execute()
  return rows.map(({ id }) => id)
}
