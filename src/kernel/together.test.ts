import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gather, together } from './together.ts'

test('what many ask at once is read once, and anew for who asks later', async () => {
  let read = 0
  const ask = together(async () => (read += 1))
  assert.deepEqual(await Promise.all([ask(), ask(), ask()]), [1, 1, 1])
  assert.equal(await ask(), 2)
})

test('each hears of their own key, though all are read by one question', async () => {
  const questions: (readonly string[])[] = []
  const ask = gather(async (keys) => {
    questions.push(keys)
    return new Map(keys.filter((key) => key !== 'none').map((key) => [key, `of ${key}`]))
  })
  const later = async (key: string) => Promise.resolve().then(() => ask(key))
  const heard = await Promise.all([ask('a'), ask('b'), ask('a'), ask('none'), later('c')])
  assert.deepEqual(heard, ['of a', 'of b', 'of a', undefined, 'of c'])
  assert.deepEqual(questions, [['a', 'b', 'none', 'c']])
})

test('a reading that fails fails for those who asked, and is tried again', async () => {
  let fails = true
  const ask = together(() => (fails ? Promise.reject(new Error('down')) : Promise.resolve('up')))
  const both = await Promise.allSettled([ask(), ask()])
  assert.ok(both.every(({ status }) => status === 'rejected'))
  fails = false
  assert.equal(await ask(), 'up')
})
