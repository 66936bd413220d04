import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { chooseCoding } from './coding.ts'

describe('the coding of an answer', () => {
  for (const [wish, coding] of [
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0.5, GZIP;q=0.8', 'gzip'],
    ['br;q=0.8, gzip;q=0.8', 'br'],
    ['br;q=0.001', 'br'],
    ['x-gzip', 'gzip'],
    ['*', 'br'],
    ['*;q=0.5, gzip', 'gzip'],
    ['br;q=0, *', 'gzip'],
    ['br;q=1, gzip; q=0.0, *', 'br'],
    ['br;q=0, gzip;q=0, *', 'identity'],
    ['identity, br;q=0.5', 'identity'],
    ['identity;q=0.5, br', 'br'],
    ['identity;q=0, gzip;q=0.1', 'gzip'],
    ['identity;q=0', 'identity'],
    ['gzip;q=0', 'identity'],
    ['*;q=0', 'identity'],
    ['deflate, not-gzip, brr', 'identity'],
    ['br;q=x', 'br'],
    ['br;q=1.2.3', 'identity'],
    ['identity', 'identity'],
    ['', 'identity'],
  ] as const) {
    test(`for "${wish}" is ${coding}`, () => assert.equal(chooseCoding(wish), coding))
  }
})
