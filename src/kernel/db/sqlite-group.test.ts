// Transactions that come together share one commit: none of them spoils another, and what is lost is lost
// for all of them.
import assert from 'node:assert/strict'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import { describe, test, type TestContext } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { sql } from 'kysely'
import { addNote, notesIn, ownSqlite, type Notes } from '../../../test/support/world/own-sqlite.ts'
import { writerWaits } from '../limits.ts'
import { isUnavailable } from './unavailable.ts'

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

const reasonOf = (outcome: PromiseSettledResult<unknown> | undefined): string =>
  outcome?.status === 'rejected' ? String(outcome.reason) : 'it was not refused'

/** Counts the commits of all connections of this process from now on. */
function countCommits(t: TestContext): () => number {
  const { mock } = t.mock.method(StatementSync.prototype, 'run')
  const said = () => mock.calls.map((call) => (call.this as StatementSync).sourceSQL)
  return () => said().filter((sql) => sql === 'commit').length
}

/** However slow the machine is just now, no group grows old. */
const stopTime = (t: TestContext) => t.mock.method(performance, 'now', () => 0)

describe('transactions that come together', () => {
  test('share a commit, 64 of them at most', async (t) => {
    await using file = await ownSqlite()
    const { db } = file
    stopTime(t)
    const commits = countCommits(t)
    await Promise.all(upTo(200).map((id) => db.transaction().execute((tx) => addNote(tx, id))))
    assert.equal(commits(), Math.ceil(200 / 64))
    assert.deepEqual(await notesIn(db), upTo(200))
  })

  test('have their turns in the order in which they came, single statements among them', async () => {
    await using file = await ownSqlite()
    const { db } = file
    const write = (id: number) =>
      id % 3 === 0
        ? addNote(db, id)
        : db.transaction().execute(async (tx) => {
            assert.deepEqual(await notesIn(tx), upTo(id - 1))
            await addNote(tx, id)
          })
    await Promise.all(upTo(200).map(write))
  })

  test('leave room for other processes after some milliseconds', async (t) => {
    await using file = await ownSqlite()
    const { db } = file
    const commits = countCommits(t)
    const slowly = async (tx: Notes, id: number) => {
      const until = performance.now() + 2
      while (performance.now() < until);
      await addNote(tx, id)
    }
    await Promise.all(upTo(12).map((id) => db.transaction().execute((tx) => slowly(tx, id))))
    assert.ok(commits() >= 4, `${commits()} commits`)
  })

  test('are answered when another process can read what they wrote', async () => {
    await using file = await ownSqlite()
    using other = new DatabaseSync(file.path, { readOnly: true })
    const isThere = other.prepare('select 1 from notes where id = ?')
    const write = async (id: number) => {
      await file.db.transaction().execute((tx) => addNote(tx, id))
      assert.ok(isThere.get(id), `${id} was acknowledged`)
    }
    await Promise.all(upTo(100).map(write))
  })

  test('undo what is their own, whether they throw or a statement of theirs fails', async (t) => {
    await using file = await ownSqlite()
    const { db } = file
    stopTime(t)
    const commits = countCommits(t)
    const [kept, thrown, failed, swallowed, single] = await Promise.allSettled([
      db.transaction().execute((tx) => addNote(tx, 1)),
      db.transaction().execute(async (tx) => {
        await addNote(tx, 2)
        throw new Error('no')
      }),
      db.transaction().execute(async (tx) => {
        await addNote(tx, 3)
        await addNote(tx, 1)
      }),
      db.transaction().execute(async (tx) => {
        await addNote(tx, 4)
        await addNote(tx, 1).catch(() => {})
      }),
      addNote(db, 1),
    ])
    assert.equal(kept.status, 'fulfilled')
    assert.equal(reasonOf(thrown), 'Error: no')
    assert.match(reasonOf(failed), /UNIQUE/)
    assert.equal(swallowed.status, 'fulfilled')
    assert.match(reasonOf(single), /UNIQUE/)
    assert.deepEqual(await notesIn(db), [1, 4])
    assert.equal(commits(), 1)
  })
})

describe('a group that is lost', () => {
  /** Three that are over, one that loses the group in some way, and one that comes after it. */
  const lose = ({ db }: { db: Notes }, losing: (tx: Notes) => Promise<unknown>) =>
    Promise.allSettled([
      db.transaction().execute((tx) => addNote(tx, 1)),
      addNote(db, 2),
      db.transaction().execute(async (tx) => {
        await notesIn(tx)
        throw new Error('a refusal that rests on what will be lost')
      }),
      db.transaction().execute(losing),
      db.transaction().execute((tx) => addNote(tx, 5)),
    ])

  const assertRefused = (outcomes: readonly PromiseSettledResult<unknown>[]) => {
    for (const one of outcomes) {
      assert.ok(one.status === 'rejected' && isUnavailable(one.reason), reasonOf(one))
    }
  }

  test('by its commit refuses all of its members and leaves nothing', async (t) => {
    await using file = await ownSqlite()
    stopTime(t)
    const orphan = { note_id: 99 }
    assertRefused(await lose(file, (tx) => tx.insertInto('answers').values(orphan).execute()))
    assert.deepEqual(await notesIn(file.db), [])
    await addNote(file.db, 6)
    assert.deepEqual(await notesIn(file.db), [6])
  })

  test('by a rollback that it did not ask for refuses those before, and what follows does not stand alone', async (t) => {
    await using file = await ownSqlite()
    stopTime(t)
    const outcomes = await lose(file, async (tx) => {
      await sql`rollback`.execute(tx)
      await addNote(tx, 4)
    })
    assertRefused(outcomes.slice(0, 4))
    assert.deepEqual(await notesIn(file.db), [5])
  })

  for (const [how, blobs] of [
    ['SQLite rolls back by itself', 'select zeroblob(1000000)'],
    ['SQLite undoes one statement', 'select zeroblob(1000000) union all select zeroblob(1)'],
  ] as const) {
    test(`by a full disk, where ${how}, refuses those before, and a swallowed error is no way round`, async (t) => {
      await using file = await ownSqlite()
      stopTime(t)
      await sql`create table full_disk (bytes blob)`.execute(file.db)
      await sql`pragma max_page_count = 12`.execute(file.db)
      const outcomes = await lose(file, async (tx) => {
        await assert.rejects(
          sql`insert into full_disk ${sql.raw(blobs)}`.execute(tx),
          isUnavailable,
        )
        // Without its transaction, this one would stand alone.
        await addNote(tx, 4).catch(() => {})
      })
      assertRefused(outcomes.slice(0, 4))
      assert.equal(outcomes[4]?.status, 'fulfilled')
      assert.deepEqual(await notesIn(file.db), [5])
    })
  }

  test('as its member never leaves refuses that one and those before, and the next have their turn', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    await using file = await ownSqlite()
    stopTime(t)
    const { promise, resolve } = Promise.withResolvers<void>()
    const losing = lose(file, async (tx) => {
      await promise
      await addNote(tx, 4)
    })
    while (file.reports.length === 0) await nextTurn()
    t.mock.timers.tick(writerWaits - 1)
    const later = addNote(file.db, 6)
    assert.equal(await Promise.race([later, nextTurn('waits')]), 'waits')
    t.mock.timers.tick(1)
    await later
    const another = Promise.withResolvers<void>()
    const inside = file.db.transaction().execute(() => another.promise)
    const behind = addNote(file.db, 7)
    resolve()
    assertRefused((await losing).slice(0, 4))
    assert.equal(await Promise.race([behind, nextTurn('waits')]), 'waits')
    another.resolve()
    await Promise.all([inside, behind])
    assert.deepEqual(await notesIn(file.db), [5, 6, 7])
  })

  test('or not: whatever is played, what was acknowledged is there, and nothing else', async () => {
    const ends = ['keep', 'keep', 'keep', 'throw', 'swallow', 'hang', 'lose'] as const
    const play = fc.record({
      end: fc.constantFrom(...ends),
      turns: fc.nat(2),
      ticks: fc.nat(3),
      writes: fc.nat(3),
    })
    const plays = fc.array(play, { minLength: 1, maxLength: 100 })
    await fc.assert(fc.asyncProperty(plays, playTogether), { numRuns: 60 })
  })
})

interface Play {
  readonly end: 'keep' | 'throw' | 'swallow' | 'hang' | 'lose'
  /** How long it waits before it begins. */
  readonly turns: number
  readonly ticks: number
  readonly writes: number
}

async function playTogether(plays: readonly Play[]): Promise<void> {
  await using file = await ownSqlite()
  const { db } = file
  const seen = plays.map((): number[] => [])
  const own = plays.map(({ writes }, index) => upTo(writes).map((nth) => index * 10 + nth))
  const outcomes = await Promise.allSettled(
    plays.map(async ({ end, turns, ticks }, index) => {
      for (let turn = 0; turn < turns; turn += 1) await nextTurn()
      for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve()
      await db.transaction().execute(async (tx) => {
        for (const id of own[index] ?? []) await addNote(tx, id)
        if (end === 'hang') await nextTurn()
        seen[index] = await notesIn(tx)
        if (end === 'throw') throw new Error('no')
        if (end === 'swallow') await addNote(tx, own[index]?.[0] ?? 0).catch(() => {})
        if (end === 'lose') await tx.insertInto('answers').values({ note_id: -1 }).execute()
      })
    }),
  )
  const there = new Set(await notesIn(db))
  const acknowledged = plays.flatMap(({ end, writes }, index) => {
    if (outcomes[index]?.status === 'rejected') return []
    return end === 'swallow' && writes === 0 ? [0] : (own[index] ?? [])
  })
  assert.deepEqual(
    [...there],
    [...new Set(acknowledged)].toSorted((one, two) => one - two),
  )
  for (const [index, { end }] of plays.entries()) {
    const outcome = outcomes[index]
    const isLost = outcome?.status === 'rejected' && isUnavailable(outcome.reason)
    if (end === 'lose') assert.ok(isLost)
    if (end === 'throw' && !isLost) assert.equal(reasonOf(outcome), 'Error: no')
    for (const id of own[index] ?? []) assert.ok(seen[index]?.includes(id), 'it sees its own')
    // Whatever was answered rests on what is there; what it threw away itself is not.
    const rests = seen[index]?.filter((id) => !own[index]?.includes(id)) ?? []
    if (!isLost) for (const id of rests) assert.ok(there.has(id), 'it saw what was lost')
  }
  assert.equal(
    file.reports.length > 0,
    plays.some(({ end }) => end === 'hang'),
  )
}
