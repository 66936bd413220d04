import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatTime, zoneIn } from './time.ts'

const moment = Date.UTC(2026, 0, 9, 0, 59)

test('times read in Japanese are as the manual writes them, those in English name their zone', () => {
  for (const [language, zone, shown] of [
    ['ja', 'Asia/Tokyo', '2026/01/09 9:59'],
    ['en', 'Asia/Tokyo', '2026/01/09 9:59 JST'],
    ['en', 'America/New_York', '2026/01/08 19:59 GMT-5'],
  ] as const) {
    assert.equal(formatTime(moment, zoneIn(language, zone)), shown)
  }
})
