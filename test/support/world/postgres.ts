// Every journey runs on both databases: this is the list that they go through.
import { randomBytes } from 'node:crypto'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

export interface TestDatabase {
  /** A value for SEKISHO_DATABASE: the path of a new file, or the URL of a new, empty database. */
  readonly address: string
  /** The same for a user who may change its tables, where the one of `address` may not. */
  readonly owner?: string
  /** Removes it, with whatever is still connected to it. */
  drop(): Promise<void>
}

export interface DatabaseKind {
  readonly name: 'sqlite' | 'postgres'
  /** A new database, empty or with what is in another one, which nobody may have open. */
  create(template?: TestDatabase): Promise<TestDatabase>
}

export const databases: readonly DatabaseKind[] = [
  { name: 'sqlite', create: createSqlite },
  { name: 'postgres', create: createPostgres },
]

async function createSqlite(template?: TestDatabase): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'sekisho-test-'))
  const address = join(folder, 'sekisho.sqlite')
  if (template) await copyFile(template.address, address)
  return {
    address,
    drop: () => rm(folder, { recursive: true, force: true }),
  }
}

async function createPostgres(template?: TestDatabase): Promise<TestDatabase> {
  const server = process.env['SEKISHO_TEST_POSTGRES']
  if (!server) {
    throw new Error('SEKISHO_TEST_POSTGRES is missing; `npm test -- PATTERN` starts a server')
  }
  return createDatabaseOn(server, template)
}

/** A new database on a server of which the URL is known; empty, or a copy of another one there. */
export async function createDatabaseOn(
  server: string,
  template?: TestDatabase,
): Promise<TestDatabase> {
  const name = `sekisho_${randomBytes(8).toString('hex')}`
  const from = template ? ` template ${new URL(template.address).pathname.slice(1)}` : ''
  await administer(server, `create database ${name}${from}`)
  const address = new URL(server)
  address.pathname = `/${name}`
  return {
    address: address.href,
    drop: () => administer(server, `drop database if exists ${name} with (force)`),
  }
}

/** Runs statements as the user of this URL, in its database. */
export async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
