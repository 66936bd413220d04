import assert from 'node:assert/strict'
import { randomFillSync } from 'node:crypto'
import { test } from 'node:test'
import { randomTexts } from './random-text.ts'

test('no byte of the pool is given twice, in whatever sizes', () => {
  // Each fill numbers its bytes on, so that every pair of them is another.
  let next = 0
  const text = randomTexts((pool) => {
    for (let at = 0; at < pool.length; at += 2) pool.writeUInt16BE((next += 1), at)
  })
  const given = new Set<number>()
  for (let times = 0; times < 2000; times += 1) {
    const bytes = Buffer.from(text(times % 3 === 0 ? 32 : 16), 'base64url')
    assert.equal(bytes.length, times % 3 === 0 ? 32 : 16)
    for (let at = 0; at < bytes.length; at += 2) {
      const pair = bytes.readUInt16BE(at)
      assert.ok(pair > 0 && !given.has(pair), `the pair ${pair}`)
      given.add(pair)
    }
  }
})

test('bytes that were given are wiped from the pool', () => {
  let pool = Buffer.alloc(0)
  const text = randomTexts((filled: Buffer<ArrayBuffer>) => {
    pool = randomFillSync(filled)
  })
  const given = Buffer.from(text(32), 'base64url')
  assert.equal(pool.indexOf(given), -1)
  for (let left = pool.length - 32; left > 0; left -= 16) text(16)
  assert.ok(pool.every((byte) => byte === 0))
})
