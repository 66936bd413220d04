// The design's floors, kept by a test. Every check is first shown to fail on a bent sample.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  knownNeighbours,
  rings,
  sharedTables,
  straySql,
  strangers,
  strayActs,
  strayWords,
  upwardImports,
  webImports,
  type SourceFile,
} from './support/checks/boundaries.ts'
import { committed, root, sources } from './support/checks/committed.ts'
import { badWords, longFiles, machinePaths } from './support/checks/source-texts.ts'

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
  assert.ok(sources.some(({ path }) => path === 'src/settings/config.ts'))
})

const web = 'src/surfaces/customer/web'

keep('every file stands on its floor', strangers, sources, [
  ['src/utils/helpers.ts', '', /on no floor/],
  ['src/surfaces/elsewhere/a.ts', '', /on no floor/],
  ['src/domain/passkeys/name.ts', '', null],
])

keep('imports only go down', upwardImports, sources, [
  ['src/kernel/clock.ts', `import { a } from '../domain/accounts/store.ts'`, /kernel.*domain/],
  ['src/kernel/a.ts', `import type { A } from '../text/texts.ts'`, /kernel.*words/],
  ['src/text/a.ts', `import type { A } from '../domain/tables/tables.ts'`, /words.*domain/],
  ['src/domain/a.ts', `import {\n  b,\n  c,\n} from '../operations/b.ts'`, /domain.*operations/],
  ['src/domain/a.ts', `export { b } from '../surfaces/frame/b.ts'`, /domain.*surfaces/],
  ['src/operations/a.ts', `import '../surfaces/parts/b.ts'`, /operations.*surfaces/],
  ['src/surfaces/oidc/a.ts', `const b = await import('../../main.ts')`, /surfaces.*composition/],
  ['src/surfaces/frame/a.ts', `import '../cli/command.ts'`, /surfaces.*composition/],
  [
    'src/domain/outbox/a.ts',
    `import { b } from '../../../test/support/b.ts'`,
    /not of the product/,
  ],
  ['src/node/a.ts', `const b = await import('../../bench/b.ts')`, /not of the product/],
  ['src/domain/outbox/a.test.ts', `import { b } from '../../../test/support/b.ts'`, null],
  ['src/operations/a.ts', `import { b } from '../domain/b.ts'\nimport c from './c.ts'`, null],
  ['src/surfaces/cli/a.ts', `import { b } from '../../node/node.ts'`, null],
])

keep('surfaces do not know each other, but the customer OpenID Connect', knownNeighbours, sources, [
  ['src/surfaces/oidc/a.ts', `import { b } from '../customer/site.ts'`, /another surface/],
  ['src/surfaces/frame/a.ts', `import type { B } from '../oidc/start.ts'`, /another surface/],
  ['src/surfaces/parts/a.ts', `import { b } from '../customer/portal/b.ts'`, /another surface/],
  ['src/surfaces/customer/a.ts', `import { b } from '../oidc/b.ts'`, null],
  ['src/surfaces/oidc/a.ts', `import { b } from '../frame/b.ts'\nimport c from './c.ts'`, null],
])

keep('below the surfaces only mails are worded, and no request is read', strayWords, sources, [
  ['src/domain/a/b.ts', `import { texts } from '../../text/texts.ts'`, /imports src\/text/],
  ['src/operations/a.ts', `import { codeMail } from '../text/mails.ts'`, /imports src\/text/],
  ['src/operations/a.ts', `import type { Context } from 'hono'`, /imports hono/],
  ['src/domain/a/b.ts', `import { codeMail } from '../../text/mails.ts'`, null],
  ['src/domain/a/b.ts', `import type { Texts } from '../../text/texts.ts'`, null],
])

const domain = 'src/domain/accounts'

keep('SQL is said in the domain', straySql, sources, [
  ['src/operations/a.ts', `await db.selectFrom('accounts').execute()`, /operations.*has SQL/],
  ['src/surfaces/oidc/a.ts', 'await sql`select 1`.execute(db)', /oidc.*has SQL/],
  ['src/operations/a.test.ts', `await db.selectFrom('accounts').execute()`, null],
  [`${domain}/store.ts`, `await db.selectFrom('accounts').execute()`, null],
])

describe('a table is written by one file', () => {
  const write = (path: string, text: string) => ({ path, text })
  const one = write(`${domain}/store.ts`, `tx\n.insertInto(\n'accounts')`)

  test('refuses a second one, by Kysely or in SQL', () => {
    for (const text of [
      `.updateTable('accounts')`,
      `.deleteFrom('accounts')`,
      'sql`insert into accounts (id) values (1)`',
      'sql`update accounts set id = 1`',
    ]) {
      assert.match(sharedTables([one, write(`${domain}/b.ts`, text)]).join(), /accounts.*b\.ts/)
    }
  })
  test('allows readers, tests, migrations, and one file that writes twice', () => {
    const files = [
      one,
      one,
      write(`${domain}/b.ts`, `.selectFrom('accounts')`),
      write(`${domain}/b.test.ts`, `.deleteFrom('accounts')`),
      write('src/domain/tables/migrations/1.ts', `.deleteFrom('accounts')`),
    ]
    assert.deepEqual(sharedTables(files), [])
  })
  test('holds', () => assert.deepEqual(sharedTables(sources), []))
})

keep('a transaction is an act, which an operation begins and stays within', strayActs, sources, [
  ['src/operations/a.ts', `await deps.db.transaction().execute(() => {})`, /of its own/],
  [`${domain}/a.ts`, `await transact(deps, by, async (act) => {})`, /begins an act/],
  ['src/operations/a.ts', `transact(deps, by, async (act) => find(deps.db))`, /beyond its act/],
  [
    'src/operations/a.ts',
    `transact(deps, by, (act) => save(act.tx, deps.now()))`,
    /beyond its act/,
  ],
  ['src/operations/a.ts', `transact(deps, by, (act) => save(act.tx, deps, 1))`, /beyond its act/],
  ['src/operations/a.ts', `transact(deps, by, (act) => save({ act, deps }))`, /beyond its act/],
  ['src/operations/a.ts', `transact(deps, by, (act) => save(act.tx))\nawait find(deps.db)`, null],
  ['src/operations/a.ts', `transact(deps, by, (act) => save(act, deps.site.origin))`, null],
  [
    'src/surfaces/oidc/a.ts',
    `transact(deps, asHolder(caller), async (act) => {})`,
    /begins an act/,
  ],
])

keep('the browser and the server share types alone', webImports, sources, [
  [
    'src/surfaces/customer/portal/home/page.ts',
    `import { a } from '../../web/a.ts'`,
    /of the browser/,
  ],
  [`${web}/a.ts`, `import { a } from '../../../kernel/ids.ts'`, /not run in a browser/],
  [`${web}/a.ts`, `import { type A, b } from '../../../text/texts.ts'`, /not run in a browser/],
  [`${web}/a.ts`, `import { a } from 'node:crypto'`, /not run in a browser/],
  ['src/surfaces/frame/web/a.ts', `import { a } from '../gate.ts'`, /not run in a browser/],
  ['src/surfaces/console/app.ts', `import { a } from './web/a.ts'`, /of the browser/],
  [`${web}/a.ts`, `import { a } from '../../frame/web/a.ts'`, null],
  [`${web}/a.ts`, `import { type A, type B } from '../../../text/texts.ts'`, null],
  [`${web}/a.ts`, `import type { A } from '../../../text/texts.ts'\nimport { b } from 'b'`, null],
])

const styles = committed.filter(({ path }) => /^(?:src|examples)\/.*\.css$/.test(path))

keep(
  'no file is too long',
  longFiles,
  [...sources, ...styles],
  [
    ['src/surfaces/customer/portal/home/page.ts', '\n'.repeat(300) + 'end', /has 301 lines/],
    ['src/surfaces/customer/portal/home/page.ts', '\n'.repeat(299) + 'end\n', null],
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

describe('nothing imports itself round about', () => {
  const file = (path: string, specifier: string) => ({
    path: `src/${path}`,
    text: `import type { b } from '${specifier}'`,
  })
  const line = [
    file('domain/passkeys/a.ts', '../accounts/b.ts'),
    file('domain/accounts/a.ts', '../audit/b.ts'),
    file('domain/passkeys/c.ts', '../audit/b.ts'),
    file('domain/audit/b.ts', './c.ts'),
  ]

  test('refuses a ring of folders, of two and of three, on whatever floor', () => {
    assert.deepEqual(rings([...line, file('domain/accounts/c.ts', '../passkeys/b.ts')]), [
      'src/domain/accounts → src/domain/passkeys → src/domain/accounts',
    ])
    assert.deepEqual(rings([...line, file('domain/audit/d.ts', '../passkeys/d.ts')]), [
      'src/domain/accounts → src/domain/audit → src/domain/passkeys → src/domain/accounts',
    ])
    assert.deepEqual(rings([file('kernel/a.ts', './db/b.ts'), file('kernel/db/b.ts', '../c.ts')]), [
      'src/kernel → src/kernel/db → src/kernel',
    ])
  })
  test('refuses a ring of files in one folder, of types too', () => {
    assert.deepEqual(rings([...line, file('domain/audit/c.ts', './b.ts')]), [
      'src/domain/audit/b.ts → src/domain/audit/c.ts → src/domain/audit/b.ts',
    ])
  })
  test('allows a line, and the catalogues', () => {
    assert.deepEqual(rings(line), [])
    const catalogues = [file('text/texts.ts', './ja/a.ts'), file('text/ja/a.ts', '../texts.ts')]
    assert.deepEqual(rings(catalogues), [])
  })
  test('holds', () => assert.deepEqual(rings(sources), []))
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
