// A limit is said once, in src/limits/: what people read is filled from it, and documents say
// what it says. Every check is first shown to fail on a bent sample.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { fillIn, limitsInDocuments, said } from '../scripts/describe-limits.ts'
import { typedLengths, typedLimits, typedSizes, unaccounted } from './support/checks/limits.ts'

const root = join(import.meta.dirname, '..')
const files = (pattern: string) =>
  globSync(pattern, { cwd: root })
    .filter((path) => !path.endsWith('.test.ts'))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

describe('what people read types no limit', () => {
  /** With the reason why each is none. */
  const allowed = {
    '1回限り': 'a code works once',
    '1文字以上': 'a name that is empty is none',
    'two passkeys or more': 'as soon as there is a choice',
  }
  const at = (text: string) => typedLimits([{ path: 'a.ts', text }], Object.keys(allowed))

  test('refuses a number before what it counts', () => {
    for (const text of ['10分間', '２４時間', '5回', '40文字', '20個', '過去30日間']) {
      assert.match(at(`a: '発行から${text}'`).join(), /a\.ts types/, text)
    }
    for (const text of [
      '10 minutes',
      'ten minutes',
      '12 hours',
      '40 characters',
      '5 wrong codes',
    ]) {
      assert.match(at(`a: 'valid for ${text}'`).join(), /a\.ts types/, text)
    }
  })
  test('allows what is filled in, other numbers, and comments', () => {
    const texts = ['`${inWords(a, "ja")}以内、${b}文字`', "'Windows 10または11、{n}分、6桁'"]
    assert.deepEqual(texts.flatMap(at), [])
    assert.deepEqual(at('/** For 10 minutes. */ // 5 minutes'), [])
  })
  test('holds', () => {
    const read = files('src/{text,settings,surfaces}/**/*.ts')
    assert.ok(read.length > 100)
    assert.deepEqual(typedLimits(read, Object.keys(allowed)), [])
  })
  test('has no exception that nothing needs', () => {
    const text = files('src/text/**/*.ts').map((file) => file.text)
    for (const part of Object.keys(allowed)) assert.ok(text.join().includes(part), part)
  })
})

describe('lengths of time stand among the limits', () => {
  /**
   * What nobody is told: how machines wait for machines, how often they look, and what cookies keep. And
   * what is no length: a header's unit, a part of the whole, the angle of a colour.
   */
  const technical = {
    'src/domain/announcements/board.ts': ['1 * seconds'],
    'src/domain/outbox/in-hand.ts': ['1 * seconds', '1 * seconds'],
    'src/domain/outbox/sender.ts': ['1 * seconds', '1 * minutes', '2 * minutes', '1 * seconds'],
    'src/domain/outbox/store.ts': ['5 * minutes'],
    'src/domain/outbox/transport.ts': ['10 * seconds', '10 * seconds', '30 * seconds'],
    'src/domain/password/hasher.ts': ['10 * seconds'],
    'src/domain/tables/schema.ts': ['1 * minutes'],
    'src/domain/tables/inspect.ts': ['* 1000', '1 * minutes'],
    'src/domain/tables/installation.ts': ['* 1000'],
    'src/kernel/db/asker.ts': ['1', '3', '5'].map((count) => `${count} * seconds`),
    'src/kernel/db/postgres.ts': ['5', '3', '10', '4', '7', '2'].map(
      (count) => `${count} * seconds`,
    ),
    'src/kernel/http/problem.ts': ['/ 1000'],
    'src/node/server.ts': ['1 * seconds', '3 * seconds', '6 * seconds'],
    'src/operations/upkeep/count-backlog.ts': ['5 * seconds', '2 * seconds', '10_000'],
    'src/operations/upkeep/readiness.ts': ['1 * seconds', '2 * seconds'],
    'src/operations/upkeep/sweep.ts': ['5 * minutes'],
    'src/surfaces/cli/doctor/database.ts': ['2 * seconds', '30 * seconds'],
    'src/surfaces/cli/doctor/doctor.ts': ['20 * seconds'],
    'src/surfaces/cli/doctor/mail.ts': ['8 * seconds', '2 * seconds'],
    'src/surfaces/cli/doctor/outside.ts': ['8 * seconds'],
    'src/surfaces/cli/until-asked.ts': ['1 * seconds'],
    'src/surfaces/customer/manual/picture.ts': ['10_000'],
    'src/surfaces/frame/brand.ts': ['* 60'],
    'src/surfaces/frame/gate.ts': ['365 * days', '1 * minutes'],
    'src/surfaces/frame/idle-clock.ts': ['1 * minutes'],
    'src/surfaces/oidc/adapter.ts': ['1 * hours'],
    'src/surfaces/oidc/logout.ts': ['30 * seconds', '5 * seconds', '5 * minutes'],
    'src/surfaces/oidc/start.ts': ['1 * seconds', '2 * seconds'],
    'src/surfaces/oidc/seams/session-mirror.ts': ['1 * seconds'],
  }
  const listed = Object.entries(technical).flatMap(([path, lengths]) =>
    lengths.map((length) => `${path} has ${length}`),
  )

  test('refuses a second definition', () => {
    for (const [text, found] of [
      ['const codeLifetime = 10 * minutes', ['10 * minutes']],
      ['return hours * 60 * 60 * 1000', ['* 60', '* 60', '* 1000']],
      ['Math.round(hold / 60_000)', ['60_000']],
      ['setInterval(look, 250), 5 * shown, new Uint8Array(1_000_000)', []],
    ] as const) {
      const complaints = typedLengths([{ path: 'src/domain/a.ts', text }])
      assert.deepEqual(
        complaints,
        found.map((length) => `src/domain/a.ts has ${length}`),
      )
    }
  })
  test('holds, and has no exception that nothing needs', () => {
    // Scripts of the browser cannot import the clock's units.
    const own =
      /^src\/(?:limits\/|kernel\/(?:limits|clock)\.ts|surfaces\/(?:customer|console|frame)\/web\/)/
    const others = files('src/**/*.ts').filter(({ path }) => !own.test(path))
    assert.deepEqual(typedLengths(others).toSorted(), listed.toSorted())
  })
})

describe('how long what is typed may be stands among the limits', () => {
  /**
   * What nobody types: words, ids and lists in a body, which are looked at closely only where they are short, and the
   * texts of a broker. A code is typed with signs in between, and read leniently.
   */
  const technical = {
    'src/domain/passkeys/answers.ts': ['.max(32)', '.max(16)'],
    'src/surfaces/console/operators/enrolment-routes.ts': ['.max(200)'],
    'src/surfaces/console/requests/routes.ts': ['64', '40', '40', '100', '20'].map(maximum),
    'src/surfaces/customer/portal/passkeys/routes.ts': ['.max(1000)'],
    'src/surfaces/customer/recovery/routes.ts': ['.max(256)'],
    'src/surfaces/oidc/interaction.ts': ['.max(20)', '.max(64)'],
    'src/surfaces/parts/call-number.ts': ['maxlength="8"'],
    'src/surfaces/parts/code-view.ts': ['.max(2000)'],
    'src/surfaces/parts/passkey-view.ts': ['.max(64)'],
    'src/surfaces/parts/typed-password.ts': ['.max(1024)'],
    'src/text/help/help-texts.ts': ['.max(2000)', '.max(20)'],
  }
  const listed = Object.entries(technical).flatMap(([path, sizes]) =>
    sizes.map((size) => `${path} has ${size}`),
  )

  test('refuses a second definition', () => {
    for (const [text, found] of [
      ['z.string().max(254).refine(isDeskAddress)', ['.max(254)']],
      ["textField({ id: 'name', most: 60 })", ['most: 60']],
      ['<input maxlength="254" required />', ['maxlength="254"']],
      ['Math.max(0, left), .max(longestAddress), most: longestTicket, ${most}', []],
    ] as const) {
      const complaints = typedSizes([{ path: 'src/surfaces/a.ts', text }])
      assert.deepEqual(
        complaints,
        found.map((size) => `src/surfaces/a.ts has ${size}`),
      )
    }
  })
  test('holds, and has no exception that nothing needs', () => {
    const others = files('src/**/*.ts').filter(({ path }) => !path.startsWith('src/limits/'))
    assert.deepEqual(typedSizes(others).toSorted(), listed.toSorted())
  })
})

function maximum(count: string): string {
  return `.max(${count})`
}

describe('documents say the limits that hold', () => {
  /** Numbers of something else: of a node's stop, of how it was before, of Node.js, of the log, of HSTS, of the demo. */
  const others: Readonly<Record<string, readonly string[]>> = {
    'docs/rules.md': ['warned of once a minute'],
    'docs/operate.md': [
      'with exit code 0 within ten seconds',
      'cannot be written within 2 seconds',
      'by default, for ten seconds, and has',
      'at most once a minute',
      '`Strict-Transport-Security` for a year',
      'was three seconds behind',
      'and begins anew for a minute',
    ],
    'docs/decisions/0018-one-cookie-with-a-token-for-each-account.md': [
      'made once and kept for a year',
      'was known, for a year, to everybody',
    ],
    'docs/integrate.md': ['Ten minutes to a signed-in user', 'is a day ago or less'],
    'docs/threats.md': ['restored to an hour ago', 'asks at AAL2 (24 hours, one hour idle)'],
    'README.md': [
      'It takes half a minute the first time',
      'used within the last five minutes',
      'refused for the first three minutes',
    ],
    'README.ja.md': ['初回は30秒ほど、2回目からは', '出金には5分以内の', '登録してから3分間'],
  }
  const lives = (time: string) => said`It lives for ${time}, or`

  test('fills in what holds, whatever stood there, and refuses a sentence that is gone', () => {
    const text = 'It lives for 10 minutes, or an hour.'
    assert.equal(fillIn(text, [lives('a day')]), 'It lives for a day, or an hour.')
    assert.throws(() => fillIn(text, [said`It stays for ${1} day`]), /like: It stays for … day/)
  })
  test('refuses a number that no sentence accounts for', () => {
    const file = { path: 'a.md', text: 'It lives for 10 minutes, or an hour. `5 hours`' }
    assert.deepEqual(unaccounted(file, []), ['a.md types 10 minutes', 'a.md types an hour'])
    assert.deepEqual(unaccounted(file, [lives('').pattern]), ['a.md types an hour'])
    assert.deepEqual(unaccounted(file, [lives('').pattern, 'an hour']), [])
  })
  for (const [path, sentences] of Object.entries(limitsInDocuments)) {
    test(path, () => {
      const file = { path, text: readFileSync(join(root, path), 'utf8') }
      assert.ok(file.text === fillIn(file.text, sentences), `${path} is stale: npm run docs`)
      const patterns = sentences.map(({ pattern }) => pattern)
      assert.deepEqual(unaccounted(file, [...patterns, ...(others[path] ?? [])]), [])
      for (const part of others[path] ?? []) assert.ok(file.text.includes(part), part)
    })
  }
})
