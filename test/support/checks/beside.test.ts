// The check itself: it names what stands beside a transaction, and nothing else.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { addNote, notesIn, ownSqlite } from '../world/own-sqlite.ts'
import { provoked, watchForBeside } from './beside.ts'

const own = Symbol('this test')
const besides = watchForBeside(own)
const others = watchForBeside()

test('a read of the outer connection inside of a transaction is found, once', async () => {
  await using file = await ownSqlite()
  const beside = () =>
    file.db.transaction().execute(async (tx) => {
      await addNote(tx, 1)
      await notesIn(file.db)
    })
  await provoked.run(own, beside)
  assert.deepEqual(others(), [])
  assert.match(besides().join('\n\n'), /^Error: a statement beside its transaction(?!.*\n\n)/s)
  assert.deepEqual(besides(), [])
})

test('what stands inside, before, behind, and in work that only began inside is not', async () => {
  await using file = await ownSqlite()
  const { db } = file
  let later: Promise<unknown> | undefined
  await notesIn(db)
  const inside = () =>
    db.transaction().execute(async (tx) => {
      await addNote(tx, 1)
      await notesIn(tx)
      later = nextTurn().then(() => notesIn(db))
    })
  await provoked.run(own, inside)
  await notesIn(db)
  await later
  assert.deepEqual(besides(), [])
})
