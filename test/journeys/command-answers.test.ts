// Every command with `--json`: one line of JSON on standard output and nothing else, however it ends.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Environment } from '../../src/settings/environment.ts'
import { registerFirstPasskey } from '../support/world/journeys.ts'
import { inventReceipt } from '../support/world/receipts.ts'
import { databases } from '../support/world/postgres.ts'
import { freePort, startProcess } from '../support/world/processes.ts'
import { askHere } from '../support/world/terminal.ts'
import { World } from '../support/world/world.ts'

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const id = /^[\w-]{16,}$/
const number = /^\d+(\.\d+)?$/
const account = ['--login-id', ' HANAKO']
const why = ['--reason', 'why']
const redirectUri = 'https://desk.example.jp/in'

/** What earlier answers had, for the words of later commands. */
interface Known {
  readonly folder: string
  readonly id: string
  readonly passkey: string
  readonly kid: string
}

interface Case {
  readonly words: (known: Known) => readonly string[]
  /** The whole answer; a text may be given by a pattern. */
  readonly found: object
  readonly input?: string
  readonly status?: number
  readonly env?: (known: Known) => Environment
}

const done: Case = { words: () => [], found: {} }
const password = ['--password-stdin']
const hanako = { loginId: 'hanako' }
const shown = { ...hanako, displayName: '田中 花子', email: 'h@example.jp', secondFactor: 'email' }
const counts = {
  passkeys: 1,
  suspendedPasskeys: 0,
  sessions: 0,
  lock: { since: time, reason: 'support' },
}
const held = { hold: { until: time, reason: /^\w+$/ }, undeliveredMail: null }
const announcement = { id, kind: 'warning', text: { ja: 'あ', en: 'a' }, from: time, until: null }
const desk = { clientId: id, kind: 'web', name: 'Desk', redirectUris: [redirectUri] }
const plain = { postLogoutRedirectUris: [], backchannelLogoutUri: null, jwks: null, logo: null }
const ways = { idTokenAlg: 'ES256', authMethod: 'client_secret_basic', thirdParty: false }
const home = { homeUri: 'https://desk.example/', nameEn: 'Trading Desk' }
const satoWords = ['--name', '佐藤', '--roles', 'agent,approver']
const satoCode = { enrolmentCode: /^[0-9A-Z-]{31}$/, expiresAt: time }
const ofOperator = { email: null, passkeys: 0, lastSeenAt: null, closedAt: null }
const operator = { id, name: '佐藤', roles: ['agent', 'approver'], ...ofOperator }

/** In the order in which they are run; all that there are but `demo` and `console`, which go on. */
const cases: readonly (readonly [name: string, Case])[] = [
  ['migrate', done],
  ['serve', { ...done, words: () => ['--check'] }],
  [
    'accounts add',
    {
      words: () => [
        '--login-id',
        'Sakura',
        '--email',
        's@example.jp',
        '--display-name',
        'S',
        ...password,
      ],
      found: { loginId: 'sakura' },
      input: 'a long password\n',
    },
  ],
  ['accounts lock', { words: () => [...account, ...why], found: hanako }],
  [
    'accounts set-password',
    { words: () => [...account, ...why, ...password], found: hanako, input: 'another long one' },
  ],
  [
    'accounts set-email',
    { words: () => [...account, ...why, '--email', 'h@example.jp'], found: hanako },
  ],
  [
    'passkeys list',
    {
      words: () => account,
      found: {
        passkeys: [
          { id, name: 'Windows', place: /./, createdAt: time, lastUsedAt: null, suspendedAt: null },
        ],
      },
    },
  ],
  ['accounts show', { words: () => account, found: { ...shown, ...counts, ...held } }],
  ['accounts unlock', { words: () => [...account, ...why], found: { ...hanako, wasLocked: true } }],
  [
    'accounts unlock',
    { words: () => ['--guessing', '--since', '2026-01-01T00:00Z', ...why], found: { reopened: 0 } },
  ],
  [
    'passkeys remove',
    {
      words: ({ passkey }) => [...account, `--id=${passkey}`, ...why],
      found: { id, name: 'Windows', wasLast: true },
    },
  ],
  ['sessions end', { words: () => [...account, ...why], found: { sessions: 0 } }],
  ['sessions end', { words: () => ['--all', ...why], found: { sessions: 0, signIns: 0 } }],
  [
    'accounts close',
    { words: () => [...account, ...why], found: { ...hanako, erasableFrom: time } },
  ],
  ['accounts reopen', { words: () => [...account, ...why], found: hanako }],
  ['accounts erase', { words: () => ['--due', ...why], found: { erased: 0 } }],
  [
    'trail trim',
    {
      words: () => why,
      found: { before: time, events: 0 },
      env: () => ({ SEKISHO_TRAIL_DAYS: '400' }),
    },
  ],
  [
    'announcements set',
    { words: () => ['--kind', 'warning', '--ja', 'あ', '--en', 'a', ...why], found: { id } },
  ],
  ['announcements list', { ...done, found: { announcements: [announcement] } }],
  ['announcements remove', { words: (known) => [`--id=${known.id}`, ...why], found: { id } }],
  [
    'clients add',
    {
      words: () => [
        ...['--name', 'Desk', '--kind', 'web', '--redirect-uri', redirectUri],
        ...['--home-uri', home.homeUri, '--name-en', home.nameEn],
      ],
      found: { clientId: id, clientSecret: id },
    },
  ],
  [
    'clients list',
    { ...done, found: { clients: [{ ...desk, ...plain, ...ways, ...home, createdAt: time }] } },
  ],
  [
    'clients change',
    {
      words: (known) => [`--id=${known.id}`, '--new-secret', ...why],
      found: { clientId: id, clientSecret: id },
    },
  ],
  ['clients remove', { words: (known) => [`--id=${known.id}`, ...why], found: { clientId: id } }],
  ['keys rotate', { words: () => why, found: { signsFrom: time } }],
  ['keys revoke', { words: ({ kid }) => [`--kid=${kid}`, ...why], found: { kid: id } }],
  ['mail undelivered', { ...done, found: { mails: [], isCut: false } }],
  [
    'secrets rotate',
    { words: () => why, found: { signingKeys: number, mails: number, othersGoAt: null } },
  ],
  ['operators add', { words: () => satoWords, found: { id, ...satoCode } }],
  [
    'operators keys',
    {
      words: ({ folder }) => ['--file', join(folder, 'keys.json')],
      found: { file: /keys\.json$/, operators: 1, keys: 0 },
    },
  ],
  ['operators list', { ...done, found: { operators: [operator] } }],
  ['operators remove', { words: (known) => [`--id=${known.id}`, ...why], found: { id } }],
  [
    'requests verify',
    {
      words: ({ folder }) => ['--file', join(folder, 'receipt.json')],
      found: {
        ...{ verdict: 'signature valid, signer unknown', signer: null, why: null },
        ...{ digest: /^[0-9a-f]{64}$/, signedAt: time, text: /^\{.*\}$/ },
      },
      status: 1,
    },
  ],
  ['help-texts', { ...done, found: { ja: /./, en: /./ } }],
  ['doctor', { ...done, found: { ok: false, findings: /./ }, status: 1 }],
  [
    'backup',
    {
      words: ({ folder }) => ['--to', join(folder, 'b')],
      found: { file: /b$/, bytes: number, seconds: number },
    },
  ],
  [
    'restore',
    {
      words: ({ folder }) => ['--from', join(folder, 'b')],
      env: ({ folder }) => ({ SEKISHO_DATABASE: join(folder, 'c') }),
      found: { lastEventAt: time, closedAgain: null, formerDatabase: null },
    },
  ],
]

/** No member may be missing or more. */
function assertFits(found: unknown, expected: unknown, where: string): void {
  if (expected instanceof RegExp) return assert.match(String(found), expected, where)
  if (typeof expected !== 'object' || !expected) return assert.equal(found, expected, where)
  assert.ok(typeof found === 'object' && found, where)
  assert.deepEqual(Object.keys(found).sort(), Object.keys(expected).sort(), where)
  for (const [name, value] of Object.entries(expected)) {
    assertFits((found as Record<string, unknown>)[name], value, `${where}.${name}`)
  }
}

describe('every command with --json', () => {
  let world: World
  let env: Environment
  let known: Known = { folder: '', id: 'none', passkey: 'none', kid: 'none' }
  before(async () => {
    const [sqlite] = databases
    assert.ok(sqlite)
    world = await World.start(sqlite)
    known = { ...known, folder: await mkdtemp(join(tmpdir(), 'sekisho-answers-')) }
    await writeFile(join(known.folder, 'receipt.json'), JSON.stringify(await inventReceipt()))
    const mail = { SEKISHO_SMTP_URL: 'smtp://127.0.0.1:9', SEKISHO_MAIL_FROM: 'a@example.jp' }
    const [secret] = world.config.secrets
    env = { SEKISHO_DATABASE: world.database.address, SEKISHO_SECRET: secret, ...mail }
  })
  after(async () => {
    await world.stop()
    await rm(known.folder, { recursive: true, force: true })
  })

  /** Runs it as the table has it, with a change of the settings. */
  const ask = (name: string, one: Case, change: Environment = {}) =>
    askHere(
      [...name.split(' '), ...one.words(known)],
      { ...env, ...one.env?.(known), ...change },
      one.input,
    )

  test('is one of those below, and tells how its words go when they are wrong', async () => {
    const { status, error } = await askHere([], {})
    assert.deepEqual([status, error?.code, error?.message], [2, 'usage', 'which command?'])
    const names = error?.usage?.map(
      (line) => /^usage: sekisho ([a-z]+(?:[ -][a-z]+)*)/.exec(line)?.[1],
    )
    const ours = new Set(['demo', 'console', ...cases.map(([name]) => name)])
    assert.deepEqual(names?.sort(), [...ours].sort())
    for (const name of ours) {
      const wrong = await askHere([...name.split(' '), '--wrong'], {})
      assert.deepEqual([wrong.status, wrong.error?.code], [2, 'usage'], name)
      assert.match(wrong.error?.message ?? '', /--wrong|^missing: /, name)
      assert.match(wrong.error?.usage?.join('\n') ?? '', new RegExp(`^usage: sekisho ${name}\\b`))
    }
  })

  test('tells the setting that keeps it from its work', async () => {
    const SEKISHO_ORIGIN = 'nowhere'
    for (const [name, one] of [...cases, ['demo', done] as const]) {
      const { status, found, error } = await ask(name, one, { SEKISHO_ORIGIN })
      if (name === 'doctor') assert.equal(found['ok'], false)
      // It needs no settings.
      else if (name === 'requests verify') assert.equal(error, undefined)
      else assert.deepEqual([error?.code, error?.setting], ['setting', 'SEKISHO_ORIGIN'], name)
      assert.equal(status, 1, name)
    }
  })

  test('tells by a code why it may not be', async () => {
    const nobody = ['--login-id', 'nobody']
    // As one ID in 64 does, it begins with a dash.
    const none = ['--id', '-none', ...why]
    const address = ['--redirect-uri', 'nowhere']
    for (const [code, ...words] of [
      ['not_found', 'accounts', 'show', ...nobody],
      ['no_such_announcement', 'announcements', 'remove', ...none],
      ['no_such_client', 'clients', 'remove', ...none],
      ['client_not_allowed', 'clients', 'add', '--name', 'A', '--kind', 'web', ...address],
      ['no_such_operator', 'operators', 'remove', ...none],
      ['no_such_key', 'keys', 'revoke', '--kid', '-none', ...why],
      ['file_refused', 'requests', 'verify', '--file', join(known.folder, 'nothing')],
      ['file_refused', 'restore', '--from', join(known.folder, 'nothing')],
    ] as const) {
      const { status, error } = await askHere(words, env)
      assert.deepEqual([status, error?.code], [1, code], words.join(' '))
      assert.match(error?.message ?? '', /^[^\n]{10,}$/)
    }
    const elsewhere = { ...env, SEKISHO_DATABASE: 'postgres://a@127.0.0.1:9/b' }
    const operate = await readFile(new URL('../../docs/operate.md', import.meta.url), 'utf8')
    const { found } = await askHere(['accounts', 'show', ...nobody], env)
    assert.ok(operate.includes(`--json\n# ${JSON.stringify(found)}\n`), 'the example in operate.md')
    const { error } = await askHere(['backup', '--to', join(known.folder, 'b')], elsewhere)
    assert.equal(error?.code, 'not_sqlite')
  })

  test('tells what it found or did', async () => {
    const hanako = await world.addAccount('hanako')
    const client = await world.signIn(hanako)
    const passkey = await registerFirstPasskey(world, client, hanako, world.authenticator())
    const [key] = await world.deps.db.selectFrom('oidc_keys').select('kid').execute()
    known = { ...known, passkey: passkey.id, kid: key?.kid ?? '' }
    for (const [name, one] of cases) {
      const { status, found } = await ask(name, one)
      assertFits(found, one.found, `${name}: ${JSON.stringify(found['error'])}`)
      assert.equal(status, one.status ?? 0, name)
      const given = found['id'] ?? found['clientId']
      if (typeof given === 'string') known = { ...known, id: given }
    }
  })

  test('is the demo too, before it goes on', async (t) => {
    const ports = { SEKISHO_PORT: await freePort(), SEKISHO_DEMO_DESK_PORT: await freePort() }
    const settings = Object.entries(ports).map(([name, port]) => [name, String(port)])
    const demo = startProcess(['demo', '--json'], Object.fromEntries(settings), known.folder)
    t.after(() => demo.signal('SIGKILL'))
    await demo.until('}\n')
    const origin = `http://localhost:${ports.SEKISHO_PORT}`
    assertFits(
      JSON.parse(demo.said()),
      {
        origin,
        mailbox: `${origin}/demo/mailbox`,
        desk: `http://localhost:${ports.SEKISHO_DEMO_DESK_PORT}`,
        accounts: /./,
      },
      'demo',
    )
    demo.signal('SIGTERM')
    assert.equal((await demo.ended).status, 0)
  })
})
