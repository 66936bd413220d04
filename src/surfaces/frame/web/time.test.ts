import assert from 'node:assert/strict'
import { test } from 'node:test'
import { localIn, momentIn } from './time.ts'

test('a field for date and time is read in a zone, whatever the machine is set for', () => {
  for (const [zone, local, moment] of [
    ['Asia/Tokyo', '2026-11-27T12:00', '2026-11-27T03:00:00.000Z'],
    ['Asia/Tokyo', '2026-01-01T00:30', '2025-12-31T15:30:00.000Z'],
    ['America/New_York', '2026-03-08T01:59', '2026-03-08T06:59:00.000Z'],
    ['America/New_York', '2026-03-08T03:00', '2026-03-08T07:00:00.000Z'],
    ['America/New_York', '2026-11-01T00:59', '2026-11-01T04:59:00.000Z'],
    ['America/New_York', '2026-11-01T02:00', '2026-11-01T07:00:00.000Z'],
    ['Asia/Kolkata', '2026-06-01T05:29', '2026-05-31T23:59:00.000Z'],
    ['UTC', '2026-06-01T05:29', '2026-06-01T05:29:00.000Z'],
  ] as const) {
    assert.equal(momentIn(zone, local), moment, `${zone} ${local}`)
    assert.equal(localIn(zone, Date.parse(moment)), local, zone)
  }
  for (const none of ['', 'x']) assert.equal(momentIn('Asia/Tokyo', none), null)
})
