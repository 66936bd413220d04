// The database's users as docs/operate.md makes them: an owner who migrates, and another one for the nodes.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely } from 'kysely'
import type { Database, Tables } from '../../../src/domain/tables/tables.ts'
import { postgresDialect } from '../../../src/kernel/db/postgres.ts'
import { snippetsOf } from '../../docs/snippets.ts'
import { administer, type TestDatabase } from './postgres.ts'
import type { World } from './world.ts'

const guide = join(import.meta.dirname, '..', '..', '..', 'docs', 'operate.md')

/** The three steps of the document, each by what it begins with. */
export function documentedRoles() {
  const blocks = snippetsOf(readFileSync(guide, 'utf8')).filter(
    ({ language }) => language === 'sql',
  )
  const find = (start: RegExp) => {
    const [found, ...more] = blocks.filter(({ text }) => start.test(text))
    if (!found || more.length > 0) throw new Error(`${more.length} blocks too many like ${start}`)
    return found.text
  }
  return {
    users: find(/^create role/),
    tablesToCome: find(/^revoke create/),
    tables: find(/^begin;\ngrant/),
  }
}

/** The URL of a database for a user with the rights that the document gives to nodes, and no others. */
export async function asNode(owner: string): Promise<string> {
  const [name, password] = [`sekisho_node_${randomBytes(6).toString('hex')}`, 'node']
  await administer(owner, `create role ${name} login password '${password}'`)
  await administer(owner, documentedRoles().tables.replaceAll('sekisho_node', name))
  return withUser(owner, name, password)
}

/** The same database for another user. */
export function withUser(address: string, name: string, password: string): string {
  return Object.assign(new URL(address), { username: name, password }).href
}

/** Rights are copied with a database, so the user of its template is one of this database too. */
export function sameUser(database: TestDatabase, { address }: TestDatabase): TestDatabase {
  const { username, password } = new URL(address)
  const { address: owner } = database
  return { ...database, owner, address: withUser(owner, username, password) }
}

/** Does what only the owner of the tables may, such as changing one. */
export async function asOwner(
  { database: { owner }, deps }: World,
  work: (db: Database) => Promise<unknown>,
): Promise<void> {
  if (owner === undefined) return void (await work(deps.db))
  const options = { report: () => {}, patient: false, prepared: false }
  const db = new Kysely<Tables>({ dialect: postgresDialect(owner, options) })
  try {
    await work(db)
  } finally {
    await db.destroy()
  }
}
