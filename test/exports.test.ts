// What src/ exports, and who imports it. Every check is first shown to fail on a bent sample.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { unusedExports } from './support/checks/boundaries.ts'
import { sources } from './support/checks/committed.ts'
import { testSeams } from './support/checks/test-seams.ts'

const domain = 'src/domain/accounts'

describe('what is exported is imported', () => {
  const complaints = (importing: string) =>
    unusedExports([
      {
        path: `${domain}/find.ts`,
        text: `export interface Found {}\nexport async function find() {}`,
      },
      { path: 'scripts/a.ts', text: importing },
    ])

  test('refuses what nobody imports, and what is imported from another file', () => {
    const unused = (name: string) => `${domain}/find.ts exports ${name}, which nobody imports`
    assert.deepEqual(complaints(''), [unused('Found'), unused('find')])
    assert.deepEqual(complaints(`import { find } from '../${domain}/store.ts'`).length, 2)
    assert.deepEqual(complaints(`import { find as look } from '../${domain}/find.ts'`), [
      unused('Found'),
    ])
  })
  test('allows what is imported by name, or with the whole file', () => {
    const clauses = ['{ find, type Found }', '{\n  type Found,\n  find,\n}']
    for (const clause of clauses) {
      assert.deepEqual(complaints(`import ${clause} from '../${domain}/find.ts'`), [])
    }
    assert.deepEqual(complaints(`const load = () => import('../${domain}/find.ts')`), [])
  })
  test('allows of a whole file what is used of it, or all where it is handed on', () => {
    const whole = `import * as find from '../${domain}/find.ts'`
    assert.deepEqual(complaints(`${whole}\nconst one: find.Found = find.find()`), [])
    assert.deepEqual(complaints(`${whole}\nObject.keys(find)`), [])
    assert.deepEqual(complaints(`${whole}\nconst all = { ...find }`), [])
    assert.deepEqual(complaints(`${whole}\nfind.find('/find', { find: 1 }, other.find.Found)`), [
      `${domain}/find.ts exports Found, which nobody imports`,
    ])
  })
  test('refuses what only tests import, but for the seams, and a seam that is none', () => {
    const path = `${domain}/find.ts`
    const file = (from: string, text: string) => ({ path: from, text })
    const tested = [
      file(path, 'export function find() {}'),
      file('test/a.test.ts', `import { find } from '../${path}'`),
      file(path.replace('.ts', '.test.ts'), `import { find } from './find.ts'`),
    ]
    const used = [...tested, file('scripts/a.ts', `import { find } from '../${path}'`)]
    const seams = new Set([`${path} find`])
    const complaint = (what: string) => [`${path} exports find, which ${what}`]
    assert.deepEqual(unusedExports(tested), complaint('only tests import'))
    assert.deepEqual(unusedExports(used, seams), complaint('is no seam for tests'))
    for (const [files, of] of [[tested, seams], [used]] as const) {
      assert.deepEqual(unusedExports(files, of), [])
    }
  })
  test('holds', () => assert.deepEqual(unusedExports(sources, testSeams), []))
})
