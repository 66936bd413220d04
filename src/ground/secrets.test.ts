import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isId, newId } from './secrets.ts'

test('an id can be given to a command: it never begins with a dash', () => {
  // One in 64 would: that none of 5000 does by chance does not happen.
  for (let times = 0; times < 5000; times += 1) assert.match(newId(), /^\w[\w-]{21}$/)
  assert.ok(isId(newId()))
})
