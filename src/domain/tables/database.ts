// Opens the database of the settings and checks its schema, and that it belongs to this installation.
import { Kysely } from 'kysely'
import { isPostgresAddress } from '../../kernel/db/address.ts'
import { isRoot, ownerOf } from '../../kernel/db/private-file.ts'
import { compileStatements } from '../../kernel/db/statement.ts'
import type { Keys } from '../../kernel/secrets.ts'
import { ConfigError } from '../../settings/environment.ts'
import { databaseFault } from '../../settings/faults.ts'
import { claimEntry, replaceEntry, selectEntries } from './installation.ts'
import type { Dialect } from './migrations/dialect.ts'
import { migrate, requireCurrent } from './schema.ts'
import type { Database, Tables, Tx } from './tables.ts'

export interface OpenOptions {
  readonly address: string
  readonly keys: Keys
  /** The purpose of the command: a demo's database serves nothing but the demo (rule 32). */
  readonly use: 'serve' | 'demo' | 'either'
  /** Called for what a driver notices between requests, such as a connection that ends. */
  readonly report?: (error: Error) => void
  /** Called with the milliseconds that each use waited for its connection or its turn. */
  readonly waited?: (milliseconds: number) => void
  /** Whether PostgreSQL keeps statements under names, as it does by default. */
  readonly prepared?: boolean
  /** Whether an older schema is brought up to date, as it is by default, or refused. */
  readonly migrates?: boolean
}

/**
 * Opens the database with the schema of this version. Throws ConfigError when it cannot be reached or used;
 * when it is newer, or older and not to be migrated; when it was made with another secret; when a demo's is to
 * serve, or the reverse; when root is to serve a file that is another system user's.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  try {
    return await open(options)
  } catch (error) {
    throw databaseFault(error) ?? error
  }
}

async function open(options: OpenOptions): Promise<Database> {
  const { migrates = true } = options
  refuseRoot(options)
  const patient = await connect(options, { patient: true })
  try {
    await (migrates ? migrate : requireCurrent)(patient, dialectOf(options))
  } finally {
    await patient.destroy()
  }
  const db = await connect(options, { patient: false })
  try {
    compileStatements(db)
    await db.transaction().execute((tx) => checkInstallation(tx, options))
  } catch (error) {
    await db.destroy()
    throw error
  }
  return db
}

/** Commands by root are for the owner of the file; a node by root would be one with rights that it does not need. */
function refuseRoot(options: OpenOptions): void {
  if (options.use !== 'serve' || dialectOf(options) !== 'sqlite' || !isRoot()) return
  const owner = ownerOf(options.address)
  if (owner === 0) return
  const says = `belongs to another system user (uid ${owner}): start the node as that one, not as root`
  throw new ConfigError('SEKISHO_DATABASE', says)
}

/** Loads the driver of the one database that is used. */
async function connect(options: OpenOptions, { patient }: { patient: boolean }): Promise<Database> {
  const { address, report = () => {}, waited = () => {}, prepared = true } = options
  if (dialectOf(options) === 'sqlite') {
    const { sqliteDialect } = await import('../../kernel/db/sqlite.ts')
    return new Kysely<Tables>({ dialect: sqliteDialect(address, { report, waited }) })
  }
  const { postgresDialect } = await import('../../kernel/db/postgres.ts')
  const named = prepared && !patient
  const dialect = postgresDialect(address, { report, waited, patient, prepared: named })
  return new Kysely<Tables>({ dialect })
}

export function dialectOf({ address }: Pick<OpenOptions, 'address'>): Dialect {
  return isPostgresAddress(address) ? 'postgres' : 'sqlite'
}

const secretEntry = 'secret'

function secretHash(keys: Keys): string {
  return keys.hash('database', secretEntry)
}

/** Makes the first of several secrets the one without which the database is not opened. */
export function recordSecret(tx: Tx, keys: Keys): Promise<void> {
  return replaceEntry(tx, secretEntry, secretHash(keys))
}

/** The first opening records the database's secret and use; every later one compares. */
async function checkInstallation(tx: Tx, { keys, use }: OpenOptions): Promise<void> {
  const isFirst = await claimEntry(tx, secretEntry, secretHash(keys))
  if (isFirst && use === 'demo') await claimEntry(tx, 'demo', 'yes')
  const kept = await selectEntries(tx)
  if (use === 'serve' && kept.has('demo')) {
    throw new ConfigError('SEKISHO_DATABASE', 'is a demo; serve needs a database of its own')
  }
  if (use === 'demo' && !kept.has('demo')) {
    throw new ConfigError('SEKISHO_DATABASE', 'is not a demo; the demo needs one of its own')
  }
  if (!keys.isHash('database', secretEntry, kept.get(secretEntry) ?? '')) {
    throw new ConfigError('SEKISHO_SECRET', 'is not the one that this database was made with')
  }
}
