import assert from 'node:assert/strict'
import { test } from 'node:test'
import { texts } from '../../text/texts.ts'
import { refusalsOf } from '../frame/action.ts'
import { consoleActions } from './app.ts'

/** What is as true of the console, and as well said to a member of support. */
const forEverybody = [
  'busy',
  'cross_site',
  'invalid_request',
  'too_large',
  'unsupported_media_type',
  'wrong_host',
]

test('what the console refuses is told in its own words, but for what is true of every site', () => {
  const refused = consoleActions.flatMap(([method, , action]) => [...refusalsOf(method, action)])
  for (const { consoleProblems } of Object.values(texts)) {
    const others = new Set(refused.filter((code) => !Object.hasOwn(consoleProblems, code)))
    assert.deepEqual([...others].toSorted(), forEverybody)
  }
})
