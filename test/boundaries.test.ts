// The design's tiers, kept by a test. Every check is first shown to fail on a bent sample.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import {
  badWords,
  folderCycles,
  foreignStores,
  longFiles,
  machinePaths,
  strangers,
  upwardImports,
  webImports,
  type SourceFile,
} from './support/boundaries.ts'

const root = join(import.meta.dirname, '..')
const notOurs = new Set(['node_modules', 'dist', 'data', '.git', '.cache'])
const committed = read('')
const sources = committed.filter(
  ({ path }) =>
    /\.(?:ts|mjs|js)$/.test(path) && /^(?:src|test|scripts|bench|examples)\//.test(path),
)

function read(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : read(path)
    const text = entry.isFile() ? readFileSync(join(root, path), 'utf8') : ''
    return text.includes('\0') ? [] : [{ path, text }]
  })
}

/** A check, and files that break it: a path, its text, and the complaint that is due. */
function keep(
  rule: string,
  check: (files: readonly SourceFile[]) => string[],
  files: readonly SourceFile[],
  broken: readonly [path: string, text: string, complaint: RegExp | null][],
): void {
  describe(rule, () => {
    for (const [path, text, complaint] of broken) {
      const sample = text.trim().replace(/\s+/g, ' ').slice(0, 60)
      test(`${complaint ? 'refuses' : 'allows'} ${sample} in ${path}`, () => {
        const complaints = check([{ path, text }])
        if (complaint) assert.match(complaints.join('\n'), complaint)
        else assert.deepEqual(complaints, [])
      })
    }
    test('holds', () => assert.deepEqual(check(files), []))
  })
}

test('the files are found', () => {
  assert.ok(sources.some(({ path }) => path === 'test/boundaries.test.ts'))
  assert.ok(sources.some(({ path }) => path === 'src/config.ts'))
})

keep('every file has its tier', strangers, sources, [
  ['src/utils/helpers.ts', '', /belongs to no tier/],
  ['src/passkeys/register.ts', '', null],
])

keep('imports only go down', upwardImports, sources, [
  ['src/ground/clock.ts', `import { a } from '../accounts/find.ts'`, /ground.*factors/],
  ['src/deps.ts', `import type { A } from './sessions/session.ts'`, /ground.*factors/],
  ['src/passkeys/a.ts', `import {\n  b,\n  c,\n} from '../portal/b.ts'`, /factors.*journeys/],
  ['src/passkeys/a.ts', `export { b } from '../app.ts'`, /factors.*composition/],
  ['src/sign-in/a.ts', `const b = await import('../main.ts')`, /journeys.*composition/],
  ['src/sign-in/a.ts', `import '../portal/pages.ts'`, /of another journey/],
  ['src/mail/send.ts', `import { b } from '../../test/support/b.ts'`, /not of the product/],
  ['src/mail/send.test.ts', `import { b } from '../../test/support/b.ts'`, null],
  ['src/sign-in/a.ts', `import { b } from '../sessions/b.ts'\nimport c from './c.ts'`, null],
  ['src/commands/a.ts', `import { b } from '../app.ts'\nimport '../portal/c.ts'`, null],
])

keep('a store is used in its folder alone', foreignStores, sources, [
  ['src/passkeys/list.ts', `import { a } from '../accounts/store.ts'`, /accounts\/store/],
  ['test/journeys/a.test.ts', `import * as a from '../../src/audit/store.ts'`, /audit\/store/],
  ['src/accounts/find.ts', `import { a } from './store.ts'`, null],
])

keep('the browser and the server share types alone', webImports, sources, [
  ['src/portal/pages.ts', `import { a } from '../web/a.ts'`, /of the browser/],
  ['src/web/a.ts', `import { a } from '../ground/ids.ts'`, /not run in a browser/],
  ['src/web/a.ts', `import { type A, b } from '../text/texts.ts'`, /not run in a browser/],
  ['src/web/a.ts', `import { a } from 'node:crypto'`, /not run in a browser/],
  ['src/web/a.ts', `import { type A, type B } from '../text/texts.ts'`, null],
  ['src/web/a.ts', `import type { A } from '../text/texts.ts'\nimport { b } from 'b'`, null],
])

const styles = committed.filter(({ path }) => /^(?:src|examples)\/.*\.css$/.test(path))

keep(
  'no file is too long',
  longFiles,
  [...sources, ...styles],
  [
    ['src/portal/pages.ts', '\n'.repeat(300) + 'end', /has 301 lines/],
    ['src/portal/pages.ts', '\n'.repeat(299) + 'end\n', null],
  ],
)

keep(
  'no untyped value, no enum, nothing left for later',
  badWords,
  sources,
  [
    ...['let a: an' + 'y', 'a as an' + 'y', 'b as an' + 'y as C', '(a: an' + 'y[]) => 1'],
    ...['new Map<string, an' + 'y>()', 'Promise<an' + 'y>', 'let a: string | an' + 'y'],
    ...['// TO' + 'DO: later', '// FIX' + 'ME', 'export enu' + 'm A {}', 'const enu' + 'm B {}'],
  ].map((text): [string, string, RegExp] => ['src/portal/a.ts', `${text}\n`, /src\/portal\/a/]),
)

test('prose is not taken for a type', () => {
  const text = `// as safe as any other: any length will do, company, any\nconst todo = 'any'\n`
  assert.deepEqual(badWords([{ path: 'src/portal/a.ts', text }]), [])
})

describe('the folders of factors form no ring', () => {
  const file = (folder: string, other: string) => ({
    path: `src/${folder}/a.ts`,
    text: `import { b } from '../${other}/b.ts'`,
  })
  const line = [file('passkeys', 'accounts'), file('accounts', 'audit'), file('passkeys', 'audit')]

  test('refuses a ring of two, and of three', () => {
    assert.deepEqual(folderCycles([...line, file('accounts', 'passkeys')]), [
      'accounts → passkeys → accounts',
    ])
    assert.deepEqual(folderCycles([...line, file('audit', 'passkeys')]), [
      'accounts → audit → passkeys → accounts',
      'audit → passkeys → audit',
    ])
  })
  test('allows a line', () => assert.deepEqual(folderCycles(line), []))
  test('holds', () => assert.deepEqual(folderCycles(sources), []))
})

describe('no file names a place on a machine', () => {
  test('refuses a home directory and the folder of the project', () => {
    for (const path of ['/ho' + 'me/taro/a', '/ro' + 'ot/a', 'C:\\Us' + 'ers\\taro', '/srv/x/y']) {
      const files = [{ path: 'docs/a.md', text: `see ${path} for more` }]
      assert.match(machinePaths(files, '/srv/x').join(), /docs\/a\.md names/)
    }
  })
  test('allows addresses of pages', () => {
    const text = 'GET /portal/home/list, https://example.com/root/a, ./home/b'
    assert.deepEqual(machinePaths([{ path: 'docs/a.md', text }], '/srv/x'), [])
  })
  test('holds', () => assert.deepEqual(machinePaths(committed, root), []))
})
