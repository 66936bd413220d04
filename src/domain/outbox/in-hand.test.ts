import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mailForsakenAfter } from '../../limits/mails.ts'
import { watchForForsaken } from './in-hand.ts'

const mail = (renewals: number, tries = 1) => ({ id: 'one', tries, renewals })

test('a mail in hand is forsaken once it was seen unchanged for long enough', () => {
  const forsakenOf = watchForForsaken()
  assert.deepEqual(forsakenOf([mail(3)], 0), [])
  assert.deepEqual(forsakenOf([mail(3)], mailForsakenAfter - 1), [])
  assert.deepEqual(forsakenOf([mail(3)], mailForsakenAfter), [mail(3)])
})

test('a mail that is renewed, or taken by another, is not forsaken', () => {
  for (const next of [mail(4), mail(3, 2)]) {
    const forsakenOf = watchForForsaken()
    forsakenOf([mail(3)], 0)
    assert.deepEqual(forsakenOf([next], mailForsakenAfter), [])
    assert.deepEqual(forsakenOf([next], 2 * mailForsakenAfter), [next])
  }
})

test('a mail that was let go is watched anew, and the look of a node that stood still counts once', () => {
  const forsakenOf = watchForForsaken()
  forsakenOf([mail(3)], 0)
  forsakenOf([], 1000)
  assert.deepEqual(forsakenOf([mail(3)], mailForsakenAfter), [])
  const late = watchForForsaken()
  assert.deepEqual(late([mail(3)], 100 * mailForsakenAfter), [])
})
