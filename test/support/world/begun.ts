// What every world of a process has in common, made once: tables, signing keys, and a hashed password.
import { randomBytes } from 'node:crypto'
import { openDatabase } from '../../../src/domain/tables/database.ts'
import { deriveKeys } from '../../../src/kernel/secrets.ts'
import { makeFirstKeys } from '../../../src/operations/openid/signing-keys.ts'
import { readConfig } from '../../../src/settings/config.ts'
import type { DatabaseKind, TestDatabase } from './postgres.ts'
import { asNode, sameUser } from './roles.ts'

export const secret = randomBytes(32).toString('hex')

/** The password of every account that a world adds. */
export const password = `correct horse ${randomBytes(4).toString('hex')}`

const templates = new Map<DatabaseKind, Promise<TestDatabase>>()
let hash: Promise<string> | undefined

/**
 * A new database as a first start leaves it, with keys that sign at any time. On PostgreSQL its user has
 * the rights of a node alone (docs/operate.md).
 */
export async function createBegun(kind: DatabaseKind): Promise<TestDatabase> {
  const making = templates.get(kind) ?? makeTemplate(kind)
  templates.set(kind, making)
  const template = await making
  const database = await kind.create(template)
  return kind.name === 'sqlite' ? database : sameUser(database, template)
}

async function makeTemplate(kind: DatabaseKind): Promise<TestDatabase> {
  const database = await kind.create()
  const config = readConfig({
    SEKISHO_ORIGIN: 'http://localhost:3000',
    SEKISHO_DATABASE: database.address,
    SEKISHO_SECRET: secret,
    SEKISHO_SUPPORT_PHONE: '0120-000-000',
  })
  const keys = deriveKeys(secret)
  const db = await openDatabase({ address: database.address, keys, use: 'serve' })
  await makeFirstKeys({ config, db, keys, now: () => 0, wakeSender: () => {} })
  await db.destroy()
  if (kind.name === 'sqlite') return database
  return { ...database, address: await asNode(database.address) }
}

/** Hashes `password` once, whoever asks first. */
export function rememberHash(hasher: { hash(password: string): Promise<string> }) {
  return { hash: (text: string) => (hash ??= hasher.hash(text)) }
}
