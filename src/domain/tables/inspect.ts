// What can be seen of a database from outside, without migrating it or writing to it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { minutes } from '../../kernel/clock.ts'
import { openAsker, type Asker } from '../../kernel/db/asker.ts'
import type { Keys } from '../../kernel/secrets.ts'
import { migrations } from './migrations/list.ts'

interface SchemaState {
  /** Steps that this version has and the database has not, and the reverse. */
  readonly due: readonly string[]
  readonly unknown: readonly string[]
}

export async function schemaState(asker: Asker): Promise<SchemaState> {
  const known = Object.keys(migrations(asker.dialect))
  const done = (await hasTable(asker, 'kysely_migration'))
    ? names(await asker.ask('select name from kysely_migration'))
    : []
  return {
    due: known.filter((name) => !done.includes(name)),
    unknown: done.filter((name) => !known.includes(name)),
  }
}

/** The indexes that a database of this version has, and this one has not, or has damaged. */
export async function missingIndexes(
  asker: Asker,
  migrateNew: (path: string) => Promise<void>,
): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'sekisho-doctor-'))
  try {
    const path = join(folder, 'new.sqlite')
    await migrateNew(path)
    await using fresh = await openAsker(path)
    const there = await indexesOf(asker)
    return (await indexesOf(fresh)).filter((name) => !there.includes(name))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function indexesOf(asker: Asker): Promise<string[]> {
  const question = {
    sqlite: `select name from sqlite_master where type = 'index' and sql is not null`,
    postgres: `select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
      where c.relnamespace = current_schema()::regnamespace and i.indisvalid`,
  }
  return names(await asker.ask(question[asker.dialect]))
}

/** The tables that the user may not read or add to; to those of the migrations only their owner adds. */
export async function closedTables(asker: Asker): Promise<readonly string[]> {
  if (asker.dialect === 'sqlite') return []
  return names(
    await asker.ask(`select tablename as name from pg_tables where schemaname = current_schema()
      and not (has_table_privilege(schemaname || '.' || tablename, 'select')
        and (tablename in ('kysely_migration', 'kysely_migration_lock')
          or has_table_privilege(schemaname || '.' || tablename, 'insert')))`),
  )
}

/** Whether the user may make tables, which a migration needs. */
export async function mayMakeTables(asker: Asker): Promise<boolean> {
  if (asker.dialect === 'sqlite') return true
  const question = `select has_schema_privilege(current_schema(), 'create') as may`
  return (await asker.ask(question))[0]?.['may'] === true
}

/** Whether the database takes writes; nothing is kept. Throws the database's error where it cannot be asked. */
export async function takesWrites(asker: Asker): Promise<boolean> {
  if (asker.dialect === 'postgres') {
    const rows = await asker.ask(`select current_setting('transaction_read_only') as setting`)
    return rows[0]?.['setting'] === 'off'
  }
  await asker.ask('begin immediate')
  await asker.ask('create table doctor_probe (id integer)')
  await asker.ask('rollback')
  return true
}

/** Whether it was made with this secret; null when nobody has opened it yet. */
export async function fitsSecret(asker: Asker, keys: Keys): Promise<boolean | null> {
  if (!(await hasTable(asker, 'installation'))) return null
  const [row] = await asker.ask(`select value from installation where name = 'secret'`)
  return row ? keys.isHash('database', 'secret', String(row['value'])) : null
}

export async function isStandby(asker: Asker): Promise<boolean> {
  return (await asker.ask('select pg_is_in_recovery() as yes'))[0]?.['yes'] === true
}

interface Replication {
  readonly standbys: number
  /** How many of them a commit may wait for. */
  readonly awaited: number
  /** Whether a commit waits for a standby. */
  readonly isSynchronous: boolean
}

export async function replication(asker: Asker): Promise<Replication> {
  const [row] = await asker.ask(`select
    (select count(*)::int from pg_stat_replication) as standbys,
    (select count(*)::int from pg_stat_replication where sync_state <> 'async') as awaited,
    current_setting('synchronous_standby_names') <> ''
      and current_setting('synchronous_commit') not in ('off', 'local') as synchronous`)
  const [standbys, awaited] = [Number(row?.['standbys']), Number(row?.['awaited'])]
  return { standbys, awaited, isSynchronous: row?.['synchronous'] === true }
}

/** How far the server's clock is ahead of ours, in milliseconds; half the round trip is allowed for. */
export async function clockAhead(asker: Asker): Promise<number> {
  const before = Date.now()
  const [row] = await asker.ask(
    'select (extract(epoch from clock_timestamp()) * 1000)::float8 as now',
  )
  return Number(row?.['now']) - (before + Date.now()) / 2
}

type Pooling = 'none' | 'session' | 'transaction'

/**
 * What stands between us and the server. In transaction mode a connection at rest has no server process of
 * its own: another one that begins a transaction gets it.
 */
export async function pooling(first: Asker, other: Asker): Promise<Pooling> {
  const processOf = async (asker: Asker) =>
    Number((await asker.ask('select pg_backend_pid() as pid'))[0]?.['pid'])
  const before = await processOf(first)
  if (before === first.toldProcess) return 'none'
  await other.ask('begin')
  try {
    const taken = await processOf(other)
    return taken === before || (await processOf(first)) !== before ? 'transaction' : 'session'
  } finally {
    await other.ask('rollback')
  }
}

/** The address that a node saw a request come from, as its event in the trail says. */
export async function addressSeen(asker: Asker, requestId: string): Promise<string | null> {
  if (!/^[\w-]+$/.test(requestId)) return null
  // An event's id begins with its time: only the latest are looked through.
  const since = (Date.now() - 1 * minutes).toString(16).padStart(12, '0')
  const [row] = await asker.ask(`select address from audit_events
    where id > '${since.slice(0, 8)}-${since.slice(8)}' and request_id = '${requestId}'`)
  return typeof row?.['address'] === 'string' ? row['address'] : null
}

async function hasTable(asker: Asker, table: string): Promise<boolean> {
  const question = {
    sqlite: `select name from sqlite_master where name = '${table}'`,
    postgres: `select to_regclass('${table}')::text as name`,
  }
  return names(await asker.ask(question[asker.dialect])).includes(table)
}

function names(rows: readonly Readonly<Record<string, unknown>>[]): string[] {
  return rows.map(({ name }) => String(name))
}
