import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayCancelWith } from './pending.ts'

test('a passkey that the request names, or that is newer than it, cancels nothing', () => {
  const values = { passkeyId: 'lost' }
  const request = { acts: [{ act: 'remove-passkey' as const, values }], askedAt: 1000 }
  assert.equal(mayCancelWith(request, { id: 'other', createdAt: 999 }), true)
  assert.equal(mayCancelWith(request, { id: 'lost', createdAt: 999 }), false)
  assert.equal(mayCancelWith(request, { id: 'other', createdAt: 1000 }), false)
  assert.equal(mayCancelWith(request, { id: 'other', createdAt: 1001 }), false)
})
