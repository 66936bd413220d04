import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onceAtATime } from './once-at-a-time.ts'

const limits = { fresh: 1000, within: 30 }
const failed = (why: string) => `failed: ${why}`

test('who asks while the question is under way hears its answer, and so do those soon after', async () => {
  let asked = 0
  const ask = onceAtATime(limits, () => Promise.resolve(`answer ${(asked += 1)}`), failed)
  assert.deepEqual(await Promise.all([ask(), ask(), ask()]), Array(3).fill('answer 1'))
  assert.equal(await ask(), 'answer 1')
})

test('an answer that is not fresh any more is asked for again', async (t) => {
  let now = 0
  t.mock.method(performance, 'now', () => now)
  let asked = 0
  const ask = onceAtATime(limits, () => Promise.resolve((asked += 1)), Number)
  assert.equal(await ask(), 1)
  now = 999
  assert.equal(await ask(), 1)
  now = 1000
  assert.equal(await ask(), 2)
})

test('a question that hangs is answered as failed in time, and not put again before it ends', async () => {
  const hanging = Promise.withResolvers<string>()
  let asked = 0
  const question = () => {
    asked += 1
    return hanging.promise
  }
  // Long enough for a machine that has much else to do.
  const ask = onceAtATime({ ...limits, within: 2000 }, question, failed)
  assert.deepEqual(
    await Promise.all([ask(), ask()]),
    Array(2).fill('failed: no answer within 2000 ms'),
  )
  const began = performance.now()
  assert.equal(await ask(), 'failed: no answer within 2000 ms')
  assert.ok(performance.now() - began < 1000, 'nobody waits for what is late already')
  assert.equal(asked, 1)
  hanging.resolve('late')
  await hanging.promise
  assert.equal(await ask(), 'late')
})

test('a failure is an answer with its reason', async () => {
  const ask = onceAtATime(limits, () => Promise.reject(new Error('refused')), failed)
  assert.equal(await ask(), 'failed: refused')
  const hosts = Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' })
  assert.equal(
    await onceAtATime(limits, () => Promise.reject(hosts), failed)(),
    'failed: ECONNREFUSED',
  )
})
