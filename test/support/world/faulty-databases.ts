// Databases and users that a node cannot work with.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { SMTPServer } from 'smtp-server'
import { isPostgresAddress } from '../../../src/kernel/db/address.ts'
import { databases, type TestDatabase } from './postgres.ts'
import type { SystemUser } from './processes.ts'

/** What a version to come leaves in a database. */
export const fromTheFuture = `insert into kysely_migration (name, timestamp) values ('9999-later', '2099')`

const nobody = 65_534

/** A system user who may not do everything, which root may. */
export const unprivileged: SystemUser = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}

/** Says something to a database, past Sekisho. */
export async function alterDatabase(address: string, statement: string): Promise<void> {
  if (!isPostgresAddress(address)) {
    using file = new DatabaseSync(address)
    file.exec(statement)
    return
  }
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** A user of a database's own, whom an administrator gives rights and takes them away. */
export interface OwnUser extends TestDatabase {
  /** The database as its administrator has it. */
  readonly administrator: string
  readonly name: string
  readonly password: string
}

/** A PostgreSQL database with a user who may connect, and nothing else. */
export async function databaseWithoutRights(): Promise<OwnUser> {
  const [, postgres] = databases
  if (!postgres) throw new Error('no PostgreSQL')
  const database = await postgres.create()
  const [name, password] = [`user_${randomBytes(6).toString('hex')}`, 'Right-Word']
  await alterDatabase(database.address, `create role ${name} login password '${password}'`)
  const address = Object.assign(new URL(database.address), { username: name, password })
  return {
    ...{ address: address.href, administrator: database.address, name, password },
    async drop() {
      await alterDatabase(database.address, `drop owned by ${name}`)
      await database.drop()
      await alterDatabase(process.env['SEKISHO_TEST_POSTGRES'] ?? '', `drop role ${name}`)
    },
  }
}

/** What speaks TLS as PostgreSQL begins it, with a certificate that nobody trusts. */
export async function tlsOnly(): Promise<{ readonly host: string; stop(): void }> {
  const speaker = new SMTPServer({ secure: true, logger: false })
  speaker.on('error', () => {})
  speaker.listen(0, '127.0.0.1')
  await once(speaker.server, 'listening')
  const { port } = speaker.server.address() as AddressInfo
  const server = createServer((client) => {
    const tls = connect(port, '127.0.0.1')
    for (const socket of [client, tls]) {
      socket.on('error', () => {
        client.destroy()
        tls.destroy()
      })
    }
    // The wish for TLS has 8 bytes.
    client.once('data', () => {
      client.write('S')
      client.pipe(tls).pipe(client)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.close()
      speaker.close()
    },
  }
}
