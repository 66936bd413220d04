// docs/logs.md has every line of the log and every event of the trail. That it is fresh is seen by docs.test.ts.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { allLogLines, logLinesOf, unaccountedLines } from '../../scripts/describe-logs.ts'
import { auditEvents } from '../../src/domain/audit/events.ts'

const root = join(import.meta.dirname, '..', '..')

test('lines of the log are found in every form of writing', () => {
  const found = (source: string) => logLinesOf('a.ts', source).map(({ name }) => name)
  assert.deepEqual(found(`log.info('begun')`), ['begun'])
  assert.deepEqual(found(`deps.log.error({ err: error }, "it's broken")`), ["it's broken"])
  assert.deepEqual(found(`this.#log.warn(\n  { a: f('b') },\n  'is, (not) so',\n)`), [
    'is, (not) so',
  ])
  assert.deepEqual(found(`log.warn({ setting }, says)\nlog.info({ a: b('c') })`), ['a.ts', 'a.ts'])
})

test('a line without words, and words without a line, are refused', () => {
  const found = allLogLines(root)
  const [first, ...others] = found
  const strange = { level: 'info', name: 'something new' }
  assert.match(unaccountedLines([...found, strange]).join(), /^something new: has no words$/)
  assert.match(unaccountedLines(others).join(), new RegExp(`^${first?.name}: no line says so$`))
})

test('every line of the log and every event of the trail is in the inventory', async () => {
  const text = await readFile(join(root, 'docs', 'logs.md'), 'utf8')
  const found = allLogLines(root)
  assert.ok(found.length > 25)
  assert.deepEqual(unaccountedLines(found), [])
  const rows = new Set([...text.matchAll(/^\| `?(.*?)`? +\|/gm)].map(([, first]) => first))
  const names = [...found.map(({ name }) => name), ...Object.keys(auditEvents)]
  assert.deepEqual(
    names.filter((name) => !rows.has(name)),
    [],
  )
})
