// docs/asvs.md, docs/rules.md, docs/threats.md and mutations.json name tests, and all that they name exist. Every check is
// first shown to fail on a bent sample. That asvs.md is fresh is seen by docs.test.ts too.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { readRequirements, type Requirement } from '../scripts/asvs.ts'
import { generatedDocuments } from '../scripts/docs.ts'
import {
  badIds,
  falseEvidence,
  falseMutations,
  falseTestLinks,
  rulesOf,
  titlesOf,
  type Mutation,
} from './support/checks/evidence.ts'

const root = join(import.meta.dirname, '..')
const entries = readRequirements(read('docs/asvs.json'))
const asked = JSON.parse(read('docs/asvs-ids.json')) as string[]

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

function readIfThere(path: string): string | undefined {
  return existsSync(join(root, path)) ? read(path) : undefined
}

const good: Requirement = {
  id: 'V1.2.3',
  level: 1,
  says: 'Something is so.',
  status: 'met',
  where: ['a.test.ts › is so', 'a.ts'],
}
const files: Readonly<Record<string, string>> = {
  'a.test.ts': "test('is so', () => {})\ntest(`of ${count} is one`, () => {})",
  'a.ts': '',
}
const readSample = (path: string) => files[path]

test('titles are read in every form of writing', () => {
  const source = [
    "test('one', async () => {})",
    `test("another's", () => {})`,
    "test(\n  'a wife\\'s', () => {})",
    'test(`${what} refuses ${name}`, (t) => {})',
    "describe('no test', () => {})",
  ].join('\n')
  assert.deepEqual(titlesOf(source), ['one', "another's", "a wife's", '… refuses …'])
})

describe('each entry has the form of the data', () => {
  const form = (changes: object) => () =>
    readRequirements(JSON.stringify([{ ...good, ...changes }]))

  test('refuses another id, level or status, no evidence, and a misspelt member', () => {
    assert.throws(form({ id: '1.2.3' }))
    assert.throws(form({ level: 4 }))
    assert.throws(form({ status: 'nearly' }))
    assert.throws(form({ where: [] }))
    assert.throws(form({ reason: 'because' }))
    assert.doesNotThrow(form({}))
  })
})

describe('what an entry names is there', () => {
  const at = (changes: Partial<Requirement>) => falseEvidence([{ ...good, ...changes }], readSample)

  test('refuses a missing file, a missing title, and no reason', () => {
    assert.match(at({ where: ['b.ts'] }).join(), /V1\.2\.3: b\.ts is not there/)
    assert.match(at({ where: ['b.test.ts › is so'] }).join(), /b\.test\.ts is not there/)
    assert.match(at({ where: ['a.test.ts › is not so'] }).join(), /no test “is not so”/)
    assert.match(at({ where: ['a.test.ts › is'] }).join(), /no test “is”/)
    assert.match(at({ status: 'open', level: 3 }).join(), /V1\.2\.3★ is open and does not say why/)
    assert.match(at({ status: 'not applicable' }).join(), /does not say why/)
  })
  test('allows what is there', () => {
    assert.deepEqual(at({}), [])
    assert.deepEqual(at({ where: ['a.test.ts › of … is one'], status: 'open', note: 'so' }), [])
  })
  test('holds', () => assert.deepEqual(falseEvidence(entries, readIfThere), []))
})

describe('every requirement is answered once', () => {
  test('refuses one that is missing, one too many, and one twice', () => {
    assert.match(badIds([good], ['V1.2.3', 'V1.2.4']).join(), /V1\.2\.4 is missing/)
    assert.match(badIds([good], ['V1.2.3', 'V1.2.3★']).join(), /V1\.2\.3★ is missing/)
    assert.match(badIds([good], []).join(), /V1\.2\.3 is not on the list/)
    assert.match(badIds([good, good], ['V1.2.3']).join(), /twice/)
    assert.deepEqual(badIds([good, { ...good, level: 3 }], ['V1.2.3', 'V1.2.3★']), [])
  })
  test('holds', () => {
    assert.equal(new Set(asked).size, asked.length)
    assert.ok(asked.length > 150)
    assert.deepEqual(badIds(entries, asked), [])
  })
})

describe('each rule was broken on purpose, and a test that is there saw it', () => {
  const mutation: Mutation = { rule: 1, broken: 'It is not so', seen: 'a.test.ts › is so' }
  const at = (changes: Partial<Mutation>, rules = [1]) =>
    falseMutations([{ ...mutation, ...changes }], rules, readSample).join()

  test('refuses a rule that was never broken, no rule, and no test', () => {
    assert.match(at({}, [1, 2]), /rule 2 was never broken/)
    assert.match(at({ rule: 3 }), /3 is no rule/)
    assert.match(at({ seen: 'a.test.ts › is not so' }), /no test “is not so”/)
    assert.match(at({ seen: 'a.test.ts' }), /no test “”/)
    assert.match(at({ seen: 'b.test.ts › is so' }), /b\.test\.ts is not there/)
  })
  test('allows what is there', () => assert.equal(at({}), ''))
  test('holds', () => {
    const mutations = JSON.parse(read('test/mutations.json')) as Mutation[]
    const rules = rulesOf(read('docs/rules.md'))
    assert.ok(rules.length > 30)
    assert.deepEqual(
      falseMutations(mutations, [...rules, 'OpenID Connect', 'Browsers'], readIfThere),
      [],
    )
  })
})

describe('tests that the documents link to are there', () => {
  const at = (text: string) => falseTestLinks({ path: 'docs/a.md', text }, readSample)

  test('refuses a title that no test has, and a file that is not there', () => {
    assert.match(at('see [is not so](../a.test.ts)').join(), /no test “is not so”/)
    assert.match(at('see [b.test.ts](../b.test.ts)').join(), /b\.test\.ts is not there/)
    assert.match(at('see [is so](../b.test.ts)').join(), /b\.test\.ts is not there/)
  })
  test('allows those that are there, and other links', () => {
    assert.deepEqual(at('[is so](../a.test.ts), [a.test.ts](../a.test.ts)'), [])
    assert.deepEqual(at('[is so](../a.test.ts), [of … is one](../a.test.ts), [b](../b.ts)'), [])
  })
  for (const path of ['docs/asvs.md', 'docs/rules.md', 'docs/threats.md']) {
    test(`holds in ${path}`, () => {
      const text = read(path)
      assert.ok((text.match(/\.test\.ts\)/g)?.length ?? 0) > 30)
      assert.deepEqual(falseTestLinks({ path, text }, readIfThere), [])
    })
  }
})

test('docs/asvs.md says what the data say today', async () => {
  const made = (await generatedDocuments()).find(({ path }) => path === 'docs/asvs.md')
  assert.ok(read('docs/asvs.md') === made?.text, 'docs/asvs.md is stale: npm run docs')
})
