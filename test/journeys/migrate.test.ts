// SEKISHO_MIGRATE=never: what opens a database changes no table, and says what is to be done instead. And what a
// migration does to those who go on meanwhile.
import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { migrations } from '../../src/domain/tables/migrations/list.ts'
import type { Tables, Tx } from '../../src/domain/tables/tables.ts'
import { postgresDialect } from '../../src/kernel/db/postgres.ts'
import { outside } from '../support/checks/beside.ts'
import { locksAwaited } from '../support/world/held-back.ts'
import {
  administer,
  databases,
  type DatabaseKind,
  type TestDatabase,
} from '../support/world/postgres.ts'
import { runHere } from '../support/world/terminal.ts'

/** Runs a statement past Sekisho. */
async function change({ name }: DatabaseKind, { address }: TestDatabase, statement: string) {
  if (name === 'postgres') return administer(address, statement)
  using db = new DatabaseSync(address)
  db.exec(statement)
}

for (const kind of databases) {
  test(`nodes and commands that are never to migrate refuse another schema on ${kind.name}`, async (t) => {
    const database = await kind.create()
    t.after(() => database.drop())
    const env = {
      SEKISHO_DATABASE: database.address,
      SEKISHO_SECRET: 'a secret that is long enough, it is',
      SEKISHO_PORT: '0',
      SEKISHO_SMTP_URL: 'smtp://127.0.0.1:9',
      SEKISHO_MAIL_FROM: 'no-reply@example.jp',
    }
    const never = { ...env, SEKISHO_MIGRATE: 'never' }
    const refused = async (says: RegExp, settings: typeof env = never) => {
      const { status, output, errors } = await runHere(['clients', 'list'], settings)
      assert.deepEqual([status, output], [1, ''])
      assert.match(errors, says)
      assert.equal(errors.trimEnd().split('\n').length, 1, errors)
      // It says the same, in its log.
      const served = await runHere(['serve'], settings)
      assert.deepEqual(served, { status: 1, output: '', errors: '' })
    }
    const migrated = async () => {
      const { status, errors } = await runHere(['migrate'], never)
      assert.equal(status, 0, errors)
      assert.equal((await runHere(['clients', 'list'], never)).status, 0)
    }

    const older =
      /^SEKISHO_MIGRATE: is never, but the database is older .* lacks 0001-[^]* migrate /
    await refused(older)
    await refused(older)
    await migrated()

    await change(kind, database, `insert into kysely_migration values ('9999-later', '')`)
    const newer = /^SEKISHO_DATABASE: is newer than this version, .* 9999-later/
    await refused(newer)
    await refused(newer, { ...env, SEKISHO_MIGRATE: 'auto' } as typeof env)
    const asked = await runHere(['migrate'], never)
    assert.equal(asked.status, 1)
    assert.match(asked.errors, newer)
    await change(kind, database, `delete from kysely_migration where name = '9999-later'`)
    await migrated()
  })
}

test('a migration that waits for a table keeps no other from those who go on, and is done when it can be', async (t) => {
  const [, postgres] = databases
  assert.ok(postgres)
  const database = await postgres.create()
  const dialect = postgresDialect(database.address, {
    ...{ report: () => {}, patient: true, prepared: false },
  })
  const db = new Kysely<Tables>({ dialect })
  t.after(async () => {
    await db.destroy()
    await database.drop()
  })
  const provider = { getMigrations: () => Promise.resolve(migrations('postgres')) }
  // The next one changes accounts and then known_browsers.
  const { error } = await new Migrator({ db, provider }).migrateTo('0026-calls')
  assert.equal(error, undefined)
  const env = {
    SEKISHO_DATABASE: database.address,
    SEKISHO_SECRET: 'a secret that is long enough, it is',
  }
  const { begun } = await db.transaction().execute(async (dump) => {
    await sql`lock table known_browsers in access share mode`.execute(dump)
    const begun = outside(() => runHere(['migrate'], env))
    for (let round = 0; round < 3; round += 1) {
      await locksAwaited(t, dump, 1)
      const read = async (node: Tx) => {
        await sql`set local lock_timeout = '5s'`.execute(node)
        await sql`select from accounts`.execute(node)
      }
      await outside(() => db.transaction().execute(read))
    }
    return { begun }
  })
  const { status, errors } = await begun
  assert.equal(status, 0, errors)
})
