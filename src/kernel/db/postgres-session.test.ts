// Against a real PostgreSQL, by a way on which the test sees what passes.
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { Kysely, sql } from 'kysely'
import { outside } from '../../../test/support/checks/beside.ts'
import { startPostgresProxy } from '../../../test/support/world/postgres-proxy.ts'
import { databases } from '../../../test/support/world/postgres.ts'
import { postgresDialect } from './postgres.ts'
import { isUnavailable } from './unavailable.ts'
import { runUnread } from './unread.ts'

interface Tables {
  things: { id: number; name?: string }
}

/** A database with an empty table of things, and what is reported of its connections. */
async function begin(t: TestContext, { prepared = true, late = 0 } = {}) {
  const reports: string[] = []
  const postgres = databases.find(({ name }) => name === 'postgres')
  assert.ok(postgres)
  const database = await postgres.create()
  t.after(() => database.drop())
  const proxy = await startPostgresProxy(database.address, late)
  t.after(() => proxy.stop())
  const open = () => {
    const options = {
      report: (error: Error) => reports.push(Object.keys(error).join()),
      patient: false,
      prepared,
    }
    const db = new Kysely<Tables>({ dialect: postgresDialect(proxy.address, options) })
    t.after(() => db.destroy())
    return db
  }
  const db = open()
  await sql`create table things (id int primary key)`.execute(db)
  const ids = async () => (await db.selectFrom('things').select('id').execute()).map(({ id }) => id)
  return { db, ids, open, proxy, reports }
}

const insertion = (db: Kysely<Tables>, id: number) => db.insertInto('things').values({ id })
const insert = (db: Kysely<Tables>, id: number) => insertion(db, id).execute()

for (const prepared of [true, false]) {
  describe(`a transaction, with statements ${prepared ? 'under names' : 'without names'}`, () => {
    test('sends `begin` with its first statement, and without statements nothing', async (t) => {
      const { db, ids, proxy } = await begin(t, { prepared, late: 5 })
      for (const statements of [3, 0, 1]) {
        proxy.turns = 0
        const first = 10 * statements
        await db.transaction().execute(async (tx) => {
          for (let id = first; id < first + statements; id += 1) await insert(tx, id)
        })
        assert.equal(proxy.turns, statements === 0 ? 0 : statements + 1)
      }
      assert.deepEqual(await ids(), [30, 31, 32, 10])
      const work = db.transaction().execute(() => Promise.reject(new Error('changed my mind')))
      await assert.rejects(work, { message: 'changed my mind' })
    })

    test('sends what nobody reads with its commit, which throws what is wrong with it', async (t) => {
      const { db, ids, proxy } = await begin(t, { prepared, late: 5 })
      const insertUnread = (first: number, further: readonly number[]) =>
        db.transaction().execute(async (tx) => {
          await insert(tx, first)
          for (const id of further) await runUnread(tx, insertion(tx, id))
        })
      proxy.turns = 0
      await insertUnread(1, [2, 3])
      assert.equal(proxy.turns, 2)
      await assert.rejects(insertUnread(4, [5, 3, 6]), { code: '23505' })
      assert.deepEqual(await ids(), [1, 2, 3])
    })

    test('is refused for what failed first, though nobody has read that yet', async (t) => {
      const { db, ids } = await begin(t, { prepared })
      await insert(db, 1)
      const work = db.transaction().execute(async (tx) => {
        await runUnread(tx, insertion(tx, 1))
        await insert(tx, 2)
      })
      await assert.rejects(work, { code: '23505' })
      assert.deepEqual(await ids(), [1])
    })

    test('runs nothing when its `begin` fails', async (t) => {
      const { db, ids, proxy } = await begin(t, { prepared })
      proxy.toServer = (sent) =>
        Buffer.from(sent.toString('latin1').replace('begin', 'begib'), 'latin1')
      const read = db.transaction().execute((tx) => insert(tx, 1))
      await assert.rejects(read, { code: '42601' })
      const unread = db.transaction().execute((tx) => runUnread(tx, insertion(tx, 1)))
      await assert.rejects(unread, { code: '42601' })
      proxy.toServer = (sent) => sent
      assert.deepEqual(await ids(), [])
      await db.transaction().execute((tx) => insert(tx, 2))
      assert.deepEqual(await ids(), [2])
    })

    test('is not committed when a statement of it failed, whoever hid that', async (t) => {
      const { db, ids } = await begin(t, { prepared })
      const work = db.transaction().execute(async (tx) => {
        await insert(tx, 1)
        await insert(tx, 1).catch(() => 'hidden')
      })
      await assert.rejects(work, { code: '23505' })
      assert.deepEqual(await ids(), [])
    })

    test('is unavailable, and not sent twice, when the connection is lost at its commit', async (t) => {
      const { db, ids, proxy } = await begin(t, { prepared })
      for (const arrives of [false, true]) {
        let commits = 0
        proxy.toServer = (sent) => {
          if (!sent.includes('commit')) return sent
          commits += 1
          return arrives ? sent : null
        }
        proxy.toClient = (answer) => (commits > 0 ? null : answer)
        const work = db.transaction().execute((tx) => insert(tx, arrives ? 2 : 1))
        await assert.rejects(work, isUnavailable)
        assert.equal(commits, 1)
        proxy.toClient = (answer) => answer
      }
      proxy.toServer = (sent) => sent
      assert.deepEqual(await ids(), [2])
    })
  })
}

describe('names of statements', () => {
  const named = (db: Kysely<Tables>) =>
    sql<{ text: string }>`select statement as text from pg_prepared_statements`
      .execute(db)
      .then(({ rows }) => rows.map(({ text }) => text))

  test('are given once to a text, and to so many texts', async (t) => {
    const { db } = await begin(t)
    await db.connection().execute(async (one) => {
      await insert(one, 1)
      await insert(one, 2)
      assert.equal((await named(one)).filter((text) => text.startsWith('insert')).length, 1)
      for (let id = 3; id < 600; id += 1) await sql`select ${sql.lit(id)}`.execute(one)
      assert.equal((await named(one)).length, 500)
    })
  })

  test('are made from their texts, whatever came before them on a node', async (t) => {
    const { db, open } = await begin(t)
    const other = open()
    await db.selectFrom('things').selectAll().execute()
    await insert(db, 1)
    await insert(other, 2)
    const names = [db, other].map(async (from) => {
      const { rows } = await sql<{ name: string; text: string }>`select name, statement as text
        from pg_prepared_statements`.execute(from)
      return rows.find(({ text }) => text.startsWith('insert'))?.name
    })
    const [name, same] = await Promise.all(names)
    assert.ok(name)
    assert.equal(name, same)
    // As another node does behind the same pooler.
    const third = open()
    await sql.raw(`prepare "${name}" as select 1`).execute(third)
    await assert.rejects(insert(third, 3), isUnavailable)
    await insert(third, 3)
  })

  test('are not believed to be prepared when the first statement of a transaction was not', async (t) => {
    const { db, ids, open } = await begin(t)
    await sql`set lock_timeout = 50`.execute(db)
    const migration = await open().startTransaction().execute()
    await sql`lock table things in access exclusive mode`.execute(migration)
    const work = () => db.transaction().execute((tx) => insert(tx, 1))
    await assert.rejects(work(), { code: '55P03' })
    await migration.rollback().execute()
    await work()
    assert.deepEqual(await ids(), [1])
  })

  test('are not given where a pooler would not know them', async (t) => {
    const { db } = await begin(t, { prepared: false })
    await db.transaction().execute(async (tx) => {
      await insert(tx, 1)
      await insert(tx, 2)
      assert.deepEqual(await named(tx), [])
    })
  })

  test('are given anew after a migration by another node, for every connection', async (t) => {
    const { db, open } = await begin(t)
    await insert(db, 1)
    const select = (from: Kysely<Tables>) => from.selectFrom('things').selectAll().execute()
    const both = () =>
      db.transaction().execute(async (tx) => [await select(tx), await outside(() => select(db))])
    await both()
    await sql`alter table things add column name text`.execute(open())
    await assert.rejects(both(), isUnavailable)
    const rows = [{ id: 1, name: null }]
    assert.deepEqual(await both(), [rows, rows])
    await db.transaction().execute(async (tx) => {
      for (const one of [tx, db]) {
        const texts = await outside(() => named(one))
        assert.deepEqual(texts, [...new Set(texts)], 'a connection with outdated names has gone')
      }
    })
  })
})

test('an idle connection that ends is reported once, without what the driver knows of it', async (t) => {
  const { ids, open, reports } = await begin(t)
  await ids()
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`.execute(open())
  await t.waitFor(() => assert.ok(reports.length > 0), { timeout: 10_000 })
  await ids()
  assert.equal(reports.length, 1)
  assert.doesNotMatch(reports.join(), /client/)
})
