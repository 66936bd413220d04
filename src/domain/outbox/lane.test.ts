// Rule 26: a lane takes mails from the outbox within its limits of hands and turns.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { pino } from 'pino'
import { startLane, type LaneLimits } from './lane.ts'
import type { OutboxRow } from './store.ts'

/** A lane over `count` mails, each of which is sent when the test says so. */
function lane(count: number, limits: LaneLimits) {
  const waiting = Array.from({ length: count }, (_, id) => ({ id: String(id) }) as OutboxRow)
  const begun: string[] = []
  const finishing = new Map<string, (taken: boolean) => void>()
  let fails = false
  const started = startLane(
    {
      due: (most) =>
        fails ? Promise.reject(new Error('away')) : Promise.resolve(waiting.slice(0, most)),
      send(row) {
        waiting.splice(waiting.indexOf(row), 1)
        begun.push(row.id)
        return new Promise((resolve) => finishing.set(row.id, resolve))
      },
    },
    limits,
    pino({ level: 'silent' }),
  )
  return {
    ...started,
    begun,
    finish: (id: number, taken = true) => finishing.get(String(id))?.(taken),
    fail: (whether: boolean) => void (fails = whether),
  }
}

/** Lets all settled promises run their callbacks. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('a lane of the outbox', () => {
  test('has as many mails in hand as it has hands, and a free hand takes the next at once', async () => {
    const { wake, begun, finish } = lane(4, { hands: 2, perTurn: 100 })
    wake()
    await settle()
    assert.deepEqual(begun, ['0', '1'])
    finish(1)
    await settle()
    assert.deepEqual(begun, ['0', '1', '2'])
    finish(0)
    finish(2)
    await settle()
    assert.deepEqual(begun, ['0', '1', '2', '3'])
  })

  test('begins no more mails in a turn than it may, however often it is woken', async () => {
    const { wake, turn, begun, finish } = lane(10, { hands: 10, perTurn: 3 })
    for (let count = 0; count < 5; count += 1) {
      wake()
      await settle()
    }
    assert.equal(begun.length, 3)
    finish(0)
    await settle()
    assert.equal(begun.length, 3)
    turn()
    await settle()
    assert.equal(begun.length, 6)
  })

  test('does not count a mail that another node had', async () => {
    const { wake, begun, finish } = lane(10, { hands: 10, perTurn: 3 })
    wake()
    await settle()
    finish(0, false)
    await settle()
    assert.equal(begun.length, 4)
  })

  test('asks a database that is away once in a turn', async () => {
    const { wake, turn, begun, fail } = lane(1, { hands: 1, perTurn: Number.POSITIVE_INFINITY })
    fail(true)
    wake()
    await settle()
    fail(false)
    wake()
    await settle()
    assert.deepEqual(begun, [])
    turn()
    await settle()
    assert.deepEqual(begun, ['0'])
  })

  test('that stops begins nothing more, and waits for what is in hand', async () => {
    const { wake, stop, begun, finish } = lane(2, { hands: 1, perTurn: 2 })
    wake()
    await settle()
    let stopped = false
    const stopping = stop().then(() => (stopped = true))
    await settle()
    assert.equal(stopped, false)
    finish(0)
    await stopping
    assert.deepEqual(begun, ['0'])
  })
})
