// Documents say what the code does: the generated ones are fresh, links lead somewhere, and commands
// and settings that are named exist. Every check is first shown to fail on a bent sample.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { generatedDocuments } from '../scripts/docs.ts'
import {
  deadLinks,
  unknownCommands,
  unknownSettings,
  type MarkdownFile,
} from './support/checks/documents.ts'

const root = join(import.meta.dirname, '..')
const notOurs = new Set(['node_modules', 'dist', 'data', '.git', '.cache'])
const files = find('')
const documents = files
  .filter((path) => path.endsWith('.md'))
  .map((path): MarkdownFile => ({ path, text: read(path) }))
const sources = files.filter((path) => /^(?:src|scripts)\/.*\.(?:ts|mjs)$/.test(path))

function find(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : find(path)
    return [path]
  })
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

test('the documents are found', () => {
  const paths = documents.map(({ path }) => path)
  for (const path of ['README.md', 'README.ja.md', 'docs/operate.md']) {
    assert.ok(paths.includes(path), path)
  }
})

describe('generated documents are fresh', async () => {
  for (const { path, text } of await generatedDocuments()) {
    test(path, () => {
      assert.ok(text.length > 1000)
      assert.ok(read(path) === text, `${path} is stale: npm run docs`)
    })
  }
})

describe('relative links lead somewhere', () => {
  const at = (text: string) => deadLinks({ path: 'docs/a.md', text }, root)

  test('refuses a missing file, a missing heading and a way out of the project', () => {
    assert.match(at('[a](nowhere.md)').join(), /nowhere\.md is not there/)
    assert.match(at('<img src="pictures/none.png" />').join(), /none\.png is not there/)
    assert.match(at('[a](#b)').join(), /no such heading/)
    assert.match(at('[a](../README.md#no-such-part)').join(), /no such heading/)
    assert.match(at('[a](../../README.md)').join(), /is not there/)
  })
  test('allows what is there, other sites, and code', () => {
    const text = '# Äpfel, und Birnen!\n[a](#äpfel-und-birnen) [b](../README.md) `[c](d)`'
    assert.deepEqual(at(text), [])
    assert.deepEqual(at('[a](https://example.com/b) <a href="mailto:a@example.jp">b</a>'), [])
  })
  test('holds', () => {
    assert.deepEqual(
      documents.flatMap((file) => deadLinks(file, root)),
      [],
    )
  })
})

describe('commands that are named exist', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const usage = spawnSync(process.execPath, ['src/main.ts'], { cwd: root, encoding: 'utf8' })
  const commands = [...usage.stderr.matchAll(/^usage: sekisho ([a-z -]*[a-z])/gm)].map(
    ([, name = '']) => name.replace(/ -.*/, ''),
  )
  const known = { scripts: Object.keys(scripts), commands }
  const at = (text: string) => unknownCommands({ path: 'a.md', text }, known)

  test('refuses an unknown script and an unknown command', () => {
    assert.match(at('`npm run nothing`').join(), /no script nothing/)
    assert.match(at('```sh\nnpm run sekisho -- fly\n```').join(), /no command fly/)
    assert.match(at('`npm run sekisho -- accounts fly`').join(), /no command accounts fly/)
    assert.match(at('`npm run sekisho -- accounts show|fly`').join(), /no command accounts fly/)
  })
  test('allows those that are there, and prose', () => {
    const text =
      'npm run nothing\n`npm start` `npm test -- a` `npm run sekisho -- accounts add --x`'
    assert.deepEqual(at(text), [])
  })
  test('holds', () =>
    assert.deepEqual(
      documents.flatMap((file) => unknownCommands(file, known)),
      [],
    ))
})

describe('settings that are named exist', () => {
  const text = sources.map(read).join('\n')

  test('refuses an unknown setting', () => {
    const file = { path: 'a.md', text: 'set SEKISHO_' + 'NOTHING=1' }
    assert.match(unknownSettings(file, text).join(), /no setting SEKISHO_NOTHING/)
  })
  test('holds', () => {
    assert.deepEqual(
      documents.flatMap((file) => unknownSettings(file, text)),
      [],
    )
  })
})
