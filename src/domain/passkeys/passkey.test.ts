import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lastUsedFirst } from './passkey.ts'

const passkey = (id: string, createdAt: number, lastUsedAt: number | null) => ({
  id,
  createdAt,
  lastUsedAt,
})

test('the passkey used last is on top, and those never used follow, the newest first', () => {
  const shown = [
    passkey('used last', 1, 30),
    passkey('used before', 20, 25),
    passkey('new', 40, null),
    passkey('older', 10, null),
  ]
  assert.deepEqual(shown.toReversed().toSorted(lastUsedFirst), shown)
  assert.deepEqual(shown.toSorted(lastUsedFirst), shown)
})

test('two of one moment stand in the same order at every look', () => {
  const [one, other] = [passkey('a', 1, null), passkey('b', 1, null)]
  assert.deepEqual([other, one].toSorted(lastUsedFirst), [one, other])
})
