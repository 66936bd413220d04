// Every journey runs on both databases: this is the list that they go through.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

export interface TestDatabase {
  /** A value for SEKISHO_DATABASE: the path of a new file, or the URL of a new, empty database. */
  readonly address: string
  /** Removes it, with whatever is still connected to it. */
  drop(): Promise<void>
}

export interface DatabaseKind {
  readonly name: 'sqlite' | 'postgres'
  create(): Promise<TestDatabase>
}

export const databases: readonly DatabaseKind[] = [
  { name: 'sqlite', create: createSqlite },
  { name: 'postgres', create: createPostgres },
]

async function createSqlite(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'sekisho-test-'))
  return {
    address: join(folder, 'sekisho.sqlite'),
    drop: () => rm(folder, { recursive: true, force: true }),
  }
}

async function createPostgres(): Promise<TestDatabase> {
  const server = process.env['SEKISHO_TEST_POSTGRES']
  if (!server) {
    throw new Error('SEKISHO_TEST_POSTGRES is missing; `npm test -- PATTERN` starts a server')
  }
  return createDatabaseOn(server)
}

/** A new, empty database on a server of which the URL is known. */
export async function createDatabaseOn(server: string): Promise<TestDatabase> {
  const name = `sekisho_${randomBytes(8).toString('hex')}`
  await administer(server, `create database ${name}`)
  const address = new URL(server)
  address.pathname = `/${name}`
  return {
    address: address.href,
    drop: () => administer(server, `drop database if exists ${name} with (force)`),
  }
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
