// SEKISHO_MIGRATE=never: what opens a database changes no table, and says what is to be done instead.
import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
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
