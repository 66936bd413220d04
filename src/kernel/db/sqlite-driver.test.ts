// Nothing waits but what has to: reads go at once, and the event loop goes on while another process writes.
import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { describe, test } from 'node:test'
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { outside } from '../../../test/support/checks/beside.ts'
import { addNote, notesIn, ownSqlite } from '../../../test/support/world/own-sqlite.ts'
import { writerWaits } from '../limits.ts'
import { isUnavailable } from './unavailable.ts'

describe('a read', () => {
  test('goes at once while somebody writes, and sees nothing of it before it is answered', async () => {
    await using file = await ownSqlite()
    const { db } = file
    await addNote(db, 1)
    const { promise, resolve } = Promise.withResolvers<void>()
    const writing = db.transaction().execute(async (tx) => {
      await addNote(tx, 2)
      await promise
    })
    const waiting = addNote(db, 3)
    while (file.reports.length === 0) await nextTurn()
    assert.deepEqual(await notesIn(db), [1])
    assert.deepEqual(file.reports, ['a transaction awaits more than the database'])
    resolve()
    await Promise.all([writing, waiting])
    assert.deepEqual(await notesIn(db), [1, 2, 3])
  })

  test('sees what was answered before it, however many write', async () => {
    await using file = await ownSqlite()
    const writeAndRead = async (id: number) => {
      await addNote(file.db, id)
      assert.ok((await notesIn(file.db)).includes(id))
    }
    await Promise.all(Array.from({ length: 100 }, (_, id) => writeAndRead(id)))
  })

  test('beside a writer is on a connection that cannot write', async () => {
    await using file = await ownSqlite()
    const pragma = sql<{ query_only: number }>`pragma_query_only`.as('pragma')
    await file.db.transaction().execute(async () => {
      const { query_only } = await outside(() =>
        file.db.selectFrom(pragma).selectAll().executeTakeFirstOrThrow(),
      )
      assert.equal(query_only, 1)
    })
  })
})

describe('while another process writes', () => {
  test('the event loop goes on, reads are answered, and the writer is not refused', async () => {
    await using file = await ownSqlite()
    using other = new DatabaseSync(file.path)
    other.exec('begin immediate; insert into notes (id) values (1)')
    let turns = 0
    const turning = setInterval(() => (turns += 1), 10)
    const writing = addNote(file.db, 2)
    await wait(2000)
    clearInterval(turning)
    // A process that waits inside of SQLite has none; a machine with much to do has fewer.
    assert.ok(turns > 20, `${turns} turns in two seconds`)
    assert.deepEqual(await notesIn(file.db), [])
    other.exec('commit')
    await writing
    assert.deepEqual(await notesIn(file.db), [1, 2])
  })

  test('a writer that has waited for five seconds is refused, and a later one waits on', async (t) => {
    await using file = await ownSqlite()
    using other = new DatabaseSync(file.path)
    other.exec('begin immediate')
    let now = 0
    t.mock.method(performance, 'now', () => now)
    const early = assert.rejects(addNote(file.db, 1), isUnavailable)
    await wait(10)
    now += writerWaits / 2
    const late = addNote(file.db, 2)
    await wait(10)
    now += writerWaits / 2
    await early
    other.exec('rollback')
    await late
    assert.deepEqual(await notesIn(file.db), [2])
  })
})
