// What `doctor` finds in databases: each fault is made in a real one.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { describe, test, type TestContext } from 'node:test'
import type { Environment } from '../../src/settings/environment.ts'
import { examineHere } from '../support/world/doctor.ts'
import {
  alterDatabase,
  databaseWithoutRights,
  fromTheFuture,
} from '../support/world/faulty-databases.ts'
import { databases, type DatabaseKind } from '../support/world/postgres.ts'
import { freePort } from '../support/world/processes.ts'
import { runHere } from '../support/world/terminal.ts'

function settingsOf(address: string): Environment {
  return {
    SEKISHO_SECRET: 'a secret that is long enough, it is',
    SEKISHO_SMTP_URL: 'smtp://127.0.0.1:9',
    SEKISHO_MAIL_FROM: 'no-reply@example.invalid',
    SEKISHO_ORIGIN: 'http://127.0.0.1:9',
    SEKISHO_DATABASE: address,
  }
}

async function made(t: TestContext, kind: DatabaseKind): Promise<Environment> {
  const { address, drop } = await kind.create()
  t.after(drop)
  const env = settingsOf(address)
  assert.equal((await runHere(['migrate'], env)).status, 0)
  return env
}

const addressOf = (env: Environment) => env['SEKISHO_DATABASE'] ?? ''

for (const kind of databases) {
  describe(`doctor and a ${kind.name} database`, { concurrency: 2 }, () => {
    test('finds nothing in a new one that it is due, and nothing in one that is up to date', async (t) => {
      const { address, drop } = await kind.create()
      t.after(drop)
      const env = settingsOf(address)
      const before = await examineHere(env)
      if (kind.name === 'postgres') before.of('database version', 'warning')
      assert.equal((await runHere(['migrate'], env)).status, 0)
      const found = await examineHere(env)
      for (const check of ['', ' writes', ' rights', ' version', ' indexes']) {
        found.of(`database${check}`, 'ok')
      }
    })

    test('finds a missing index, a due step, a later version and another secret', async (t) => {
      const env = await made(t, kind)
      await alterDatabase(addressOf(env), 'drop index outbox_undelivered')
      assert.match(
        (await examineHere(env)).of('database indexes', 'fault').says,
        /outbox_undelivered$/,
      )
      const other = { ...env, SEKISHO_SECRET: 'another secret that is long enough, it is' }
      assert.match(
        (await examineHere(other)).of('database secret', 'fault').says,
        /^SEKISHO_SECRET/,
      )
      const last =
        'delete from kysely_migration where name = (select max(name) from kysely_migration)'
      await alterDatabase(addressOf(env), last)
      assert.match(
        (await examineHere(env)).of('database version', 'warning').says,
        /^1 steps? (are|is) due/,
      )
      await alterDatabase(addressOf(env), fromTheFuture)
      assert.match((await examineHere(env)).of('database version', 'fault').says, /9999-later/)
    })
  })
}

test('doctor finds a SQLite file that another process keeps, and one that is none', async (t) => {
  const [sqlite] = databases
  assert.ok(sqlite)
  const env = await made(t, sqlite)
  const before = await readFile(addressOf(env))
  using writer = new DatabaseSync(addressOf(env))
  writer.exec('begin immediate')
  assert.match(
    (await examineHere(env)).of('database writes', 'fault').says,
    /another process keeps/,
  )
  writer.exec('rollback')
  ;(await examineHere(env)).of('database writes', 'ok')
  assert.deepEqual(await readFile(addressOf(env)), before)
  const text = await examineHere({ ...env, SEKISHO_DATABASE: import.meta.filename })
  assert.equal(text.status, 1)
})

describe('doctor and a PostgreSQL server', { concurrency: 2 }, () => {
  const [, postgres] = databases
  assert.ok(postgres)

  test('says of each host whether it answers, and why not', async (t) => {
    const env = await made(t, postgres)
    const right = new URL(addressOf(env))
    const twice = addressOf(env).replace(right.host, `127.0.0.1:${await freePort()},${right.host}`)
    const found = await examineHere({ ...env, SEKISHO_DATABASE: twice })
    assert.match(found.of('database', 'fault').says, /^host 1: .*nothing listens/)
    assert.match(found.of('database', 'ok').says, /^host 2 answers, and is the primary/)
    const wrong = Object.assign(new URL(right), { password: 'Wrong-Word' }).href
    const refused = await examineHere({ ...env, SEKISHO_DATABASE: wrong })
    assert.match(refused.of('database', 'fault').says, /^SEKISHO_DATABASE: .*28P01/)
    assert.match(refused.of('database writes', 'fault').says, /no host takes writes/)
  })

  test('finds rights that are missing, on tables and for those that are due', async (t) => {
    const user = await databaseWithoutRights()
    t.after(user.drop)
    const own = settingsOf(user.address)
    assert.match(
      (await examineHere(own)).of('database rights', 'fault').says,
      /tables that are due/,
    )
    assert.equal((await runHere(['migrate'], settingsOf(user.administrator))).status, 0)
    await alterDatabase(
      user.administrator,
      `grant select, insert on all tables in schema public to ${user.name}`,
    )
    ;(await examineHere(own)).of('database rights', 'ok')
    await alterDatabase(user.administrator, `revoke insert on outbox from ${user.name}`)
    assert.match(
      (await examineHere(own)).of('database rights', 'fault').says,
      /may not use outbox$/,
    )
  })

  test('finds one that is read-only, a clock that is off, and no standby', async (t) => {
    const env = await made(t, postgres)
    const name = new URL(addressOf(env)).pathname.slice(1)
    ;(await examineHere(env)).of('clock', 'ok')
    ;(await examineHere(env)).of('replication', 'warning')
    // Another clock than the server's own, which nobody can turn here.
    await alterDatabase(
      addressOf(env),
      `create function public.clock_timestamp() returns timestamptz language sql
         as $$ select pg_catalog.clock_timestamp() - interval '1 minute' $$;
       alter database ${name} set search_path = public, pg_catalog`,
    )
    const found = (await examineHere(env)).of('clock', 'fault')
    assert.match(found.says, /^(59|60)\.\d seconds ahead of the database's/)
    await alterDatabase(
      addressOf(env),
      `alter database ${name} set default_transaction_read_only = on`,
    )
    assert.match((await examineHere(env)).of('database writes', 'fault').says, /read-only/)
  })

  test('knows a pooler in transaction mode by the processes of the server', async (t) => {
    const env = await made(t, postgres)
    const name = new URL(addressOf(env)).pathname.slice(1)
    ;(await examineHere(env)).of('pooler', 'ok')
    // As two clients see it to whom a pooler gives one connection in turn.
    await alterDatabase(
      addressOf(env),
      `create function public.pg_backend_pid() returns int language sql as 'select 4711';
       alter database ${name} set search_path = public, pg_catalog`,
    )
    const { says, cure } = (await examineHere(env)).of('pooler', 'warning')
    assert.match(says, /transaction mode/)
    assert.match(cure ?? '', /SEKISHO_POSTGRES_PREPARED=off/)
    ;(await examineHere({ ...env, SEKISHO_POSTGRES_PREPARED: 'off' })).of('pooler', 'ok')
  })
})
