// Rule 31: an invalid setting refuses the start, by its name.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { isLoopback } from '../kernel/loopback.ts'
import { readConfig, readMailConfig } from './config.ts'
import { ConfigError, type Environment } from './environment.ts'
import { settings } from './settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'sekisho-config-'))
after(() => rmSync(folder, { recursive: true }))

let files = 0
function file(text: string): string {
  const path = join(folder, `setting-${++files}`)
  writeFileSync(path, text)
  return path
}

const enough: Environment = {
  SEKISHO_ORIGIN: 'https://login.example.co.jp',
  SEKISHO_SECRET: 'a secret that is long enough, it is',
  SEKISHO_SMTP_URL: 'smtps://mail.example.co.jp',
  SEKISHO_MAIL_FROM: 'Example 証券 <no-reply@example.co.jp>',
}

function read(changes: Environment) {
  const env = { ...enough, ...changes }
  return { config: readConfig(env), mail: readMailConfig(env) }
}

/** Each of these is refused, and the message begins with the setting's name. */
const refused: readonly (readonly [string, readonly Environment[]])[] = [
  [
    'SEKISHO_SECRET',
    [
      ...[undefined, '', 'short', 'x'.repeat(31), '𠮷'.repeat(31), `${'x'.repeat(31)}`].map(
        (SEKISHO_SECRET) => ({ SEKISHO_SECRET }),
      ),
      { SEKISHO_SECRET: undefined, SEKISHO_SECRET_FILE: join(folder, 'nothing') },
      { SEKISHO_SECRET: undefined, SEKISHO_SECRET_FILE: file('short\n') },
      { SEKISHO_SECRET: undefined, SEKISHO_SECRET_FILE: file('') },
      { SEKISHO_SECRET: undefined, SEKISHO_SECRET_FILE: file(`${'x'.repeat(31)}\n`) },
      { SEKISHO_SECRET_FILE: file('another secret that is long enough') },
      ...['short', '', 'x'.repeat(32)].map((second) => ({
        SEKISHO_SECRET: `${'x'.repeat(32)}\n${second}`,
      })),
    ],
  ],
  [
    'SEKISHO_POSTGRES_PREPARED',
    ['yes', 'ON', 'true', '0', ' off'].map((SEKISHO_POSTGRES_PREPARED) => ({
      SEKISHO_POSTGRES_PREPARED,
    })),
  ],
  [
    'SEKISHO_SMTP_URL',
    [
      ...[undefined, '', 'mail.example.jp', 'mail.example.jp:587', 'http://mail.example.jp'],
      ...['smtp://', 'smtp:', 'smtp:///x', 'smtps://:587', 'file:///mail', 'SMTP mail'],
    ].map((SEKISHO_SMTP_URL) => ({ SEKISHO_SMTP_URL })),
  ],
  [
    'SEKISHO_MAIL_FROM',
    [
      ...[
        undefined,
        '',
        'no-reply',
        '@example.jp',
        'no-reply@',
        'a@b@c',
        'Name <a@b.jp',
        'a@b.jp>',
      ],
      ...['a@b.jp, c@d.jp', 'Name <a@b.jp>, c@d.jp', 'Name', 'Name <>', 'a@b.jp\nBcc: c@d.jp'],
      ...['Name <a@b.jp> <c@d.jp>', '<<a@b.jp>>'],
    ].map((SEKISHO_MAIL_FROM) => ({ SEKISHO_MAIL_FROM })),
  ],
  [
    'SEKISHO_ORIGIN',
    [
      ...['http://login.example.co.jp', 'http://192.0.2.1', 'http://localhost.example.jp:3000'],
      ...['http://127.0.0.1.example.jp', 'http://0.0.0.0:3000', 'http://[::2]', 'http://10.0.0.1'],
      ...['login.example.co.jp', 'https://login.example.co.jp/portal', 'https://a@example.co.jp'],
      ...['https://login.example.co.jp?x', 'https://login.example.co.jp#x', 'ftp://example.co.jp'],
      ...[
        'https://',
        'https://LOGIN.example.co.jp',
        'https://login.example.co.jp:443',
        'null',
        '*',
      ],
      ...['https://login.example.co.jp//', ' https://login.example.co.jp', 'http://128.0.0.1'],
    ].map((SEKISHO_ORIGIN) => ({ SEKISHO_ORIGIN })),
  ],
  [
    'SEKISHO_RP_ID',
    [
      ...[
        ...['jp', 'co.jp', 'example.jp', 'www.example.co.jp', 'evil.example', 'xexample.co.jp'],
        ...[
          'ample.co.jp',
          '.example.co.jp',
          'example.co.jp.',
          'https://example.co.jp',
          'EXAMPLE.CO.JP',
        ],
        ...['a.login.example.co.jp', 'example.co.jp:443', '*.example.co.jp', 'login', ' ', '.'],
      ].map((SEKISHO_RP_ID) => ({ SEKISHO_RP_ID })),
      { SEKISHO_ORIGIN: 'https://broker.github.io', SEKISHO_RP_ID: 'github.io' },
      { SEKISHO_ORIGIN: 'https://a.b.kawasaki.jp', SEKISHO_RP_ID: 'b.kawasaki.jp' },
      { SEKISHO_ORIGIN: 'https://login.internal', SEKISHO_RP_ID: 'internal' },
      { SEKISHO_ORIGIN: 'https://192.168.1.1', SEKISHO_RP_ID: '168.1.1' },
      { SEKISHO_ORIGIN: 'https://192.168.1.1', SEKISHO_RP_ID: '1.1' },
      { SEKISHO_ORIGIN: 'http://localhost:3000', SEKISHO_RP_ID: 'example.jp' },
    ],
  ],
  [
    'SEKISHO_PORT',
    ['-1', '65536', '80.5', 'http', '0x50', '1e3', ' 80', '+80'].map((SEKISHO_PORT) => ({
      SEKISHO_PORT,
    })),
  ],
  [
    'SEKISHO_TRUSTED_PROXIES',
    ['10.0.0.0/33', '10.0.0.0/', 'proxy', '10.0.0.0/8;fd00::/8', '*'].map(
      (SEKISHO_TRUSTED_PROXIES) => ({ SEKISHO_TRUSTED_PROXIES }),
    ),
  ],
  ['SEKISHO_BRAND', [{ SEKISHO_BRAND: 'Broker 123456' }, { SEKISHO_BRAND: 'a\nb' }]],
  [
    'SEKISHO_SUPPORT_PHONE',
    ['03-123456', '123456'].map((SEKISHO_SUPPORT_PHONE) => ({ SEKISHO_SUPPORT_PHONE })),
  ],
  [
    'SEKISHO_BRAND_COLOR',
    ['red', '#fff', '#1234567', '#12345g', '#123456;}'].map((SEKISHO_BRAND_COLOR) => ({
      SEKISHO_BRAND_COLOR,
    })),
  ],
  ['SEKISHO_TIME_ZONE', [{ SEKISHO_TIME_ZONE: 'Tokyo' }, { SEKISHO_TIME_ZONE: 'x/y' }]],
  ['SEKISHO_MIGRATE', ['yes', 'AUTO', 'off'].map((SEKISHO_MIGRATE) => ({ SEKISHO_MIGRATE }))],
  [
    'SEKISHO_LOGOUT_SECONDS',
    ['0', '21', '2.5', 'long'].map((SEKISHO_LOGOUT_SECONDS) => ({ SEKISHO_LOGOUT_SECONDS })),
  ],
  [
    'SEKISHO_HOLD_HOURS',
    ['0', '-1', '721', 'day', 'NaN', 'Infinity'].map((SEKISHO_HOLD_HOURS) => ({
      SEKISHO_HOLD_HOURS,
    })),
  ],
  [
    'SEKISHO_ERASE_DAYS',
    ['-1', '1.5', '3651', 'never'].map((SEKISHO_ERASE_DAYS) => ({ SEKISHO_ERASE_DAYS })),
  ],
  [
    'SEKISHO_TRAIL_DAYS',
    ['0', '364', '36501', 'ever'].map((SEKISHO_TRAIL_DAYS) => ({ SEKISHO_TRAIL_DAYS })),
  ],
  [
    'SEKISHO_LINK_HOME',
    ['javascript:alert(1)', 'data:text/html,x', 'www.example.jp', '//evil.example', '/\\evil'].map(
      (SEKISHO_LINK_HOME) => ({ SEKISHO_LINK_HOME }),
    ),
  ],
]

for (const [setting, environments] of refused) {
  describe(`a start is refused by the name of ${setting}`, () => {
    for (const changes of environments) {
      test(`with ${JSON.stringify(changes).replaceAll(folder, '…')}`, () => {
        assert.throws(
          () => read(changes),
          (error) => {
            assert.ok(error instanceof ConfigError)
            assert.equal(error.setting, setting)
            assert.ok(error.message.startsWith(`${setting}: `))
            const secret = changes['SEKISHO_SECRET']
            assert.ok(!secret || !error.message.includes(secret))
            return true
          },
        )
      })
    }
  })
}

describe('a start is allowed', () => {
  test('with what is enough, and everything else has its default', () => {
    const { config, mail } = read({})
    assert.equal(config.origin, 'https://login.example.co.jp')
    assert.equal(config.rpId, 'login.example.co.jp')
    assert.deepEqual([config.port, config.host], [3000, '127.0.0.1'])
    assert.equal(config.database, 'data/sekisho.sqlite')
    assert.equal(config.holdMilliseconds, 24 * 60 * 60 * 1000)
    assert.deepEqual(config.retention, { eraseWait: 14 * 24 * 60 * 60 * 1000, trail: null })
    assert.deepEqual(mail.from, { name: 'Example 証券', address: 'no-reply@example.co.jp' })
    assert.equal(readConfig({ SEKISHO_SECRET: 'x'.repeat(32) }).origin, 'http://localhost:3000')
    assert.ok(Object.isFrozen(config) && Object.isFrozen(config.brand) && Object.isFrozen(mail))
  })

  test('with any text of 32 characters as a secret', () => {
    for (const secret of ['x'.repeat(32), '𠮷'.repeat(32), ' '.repeat(32), 'x'.repeat(10_000)]) {
      assert.equal(read({ SEKISHO_SECRET: secret }).config.secrets[0], secret)
    }
  })

  test('with several secrets, one in each line', () => {
    const secrets = ['one secret that is long enough, it is', 'x'.repeat(32), '𠮷'.repeat(32)]
    const lines = {
      SEKISHO_SECRET: undefined,
      SEKISHO_SECRET_FILE: file(`${secrets.join('\r\n')}\n`),
    }
    assert.deepEqual(read(lines).config.secrets, secrets)
    assert.deepEqual(read({ SEKISHO_SECRET: secrets.join('\n') }).config.secrets, secrets)
  })

  test('on http where nobody else listens', () => {
    for (const origin of [
      ...[
        'http://localhost:3000',
        'http://localhost',
        'http://127.0.0.1:8080',
        'http://[::1]:3000',
      ],
      ...['http://127.1.2.3', 'http://localhost:3000/'],
    ]) {
      assert.equal(read({ SEKISHO_ORIGIN: origin }).config.origin, new URL(origin).origin)
    }
  })

  test('with the host or a parent of it below a public suffix as rpId', () => {
    for (const [origin, rpId] of [
      ['https://login.example.co.jp', 'login.example.co.jp'],
      ['https://login.example.co.jp', 'example.co.jp'],
      ['https://a.b.example.com:8443', 'b.example.com'],
      ['https://a.b.example.com', 'example.com'],
      ['https://a.broker.github.io', 'broker.github.io'],
      ['http://localhost:3000', 'localhost'],
    ] as const) {
      const { config } = read({ SEKISHO_ORIGIN: origin, SEKISHO_RP_ID: rpId })
      assert.equal(config.rpId, rpId)
    }
  })

  test('with a secret, a mail server and a database from files, but for one line end', () => {
    const secret = ' a secret that begins with a space'
    const { config, mail } = read({
      SEKISHO_SECRET: undefined,
      SEKISHO_SECRET_FILE: file(`${secret}\n`),
      SEKISHO_SMTP_URL: '',
      SEKISHO_SMTP_URL_FILE: file('smtps://user:word@mail.example.jp\r\n'),
      SEKISHO_DATABASE_FILE: file('postgres://user:word@one,two/name?sslmode=verify-full'),
    })
    assert.deepEqual(config.secrets, [secret])
    assert.equal(mail.smtpUrl, 'smtps://user:word@mail.example.jp')
    assert.equal(config.database, 'postgres://user:word@one,two/name?sslmode=verify-full')
  })

  test('with what is no secret only from the environment', () => {
    const changes = { SEKISHO_ORIGIN_FILE: file('https://evil.example') }
    assert.equal(read(changes).config.origin, enough['SEKISHO_ORIGIN'])
    const secrets = settings.filter((one) => 'secret' in one).map(({ name }) => name)
    const [database, mail, secret] = ['SEKISHO_DATABASE', 'SEKISHO_SMTP_URL', 'SEKISHO_SECRET']
    assert.deepEqual(secrets, [database, mail, secret, 'SEKISHO_TELEPHONE_KEY'])
  })
})

test('a loopback host is this machine and no other', () => {
  for (const host of ['localhost', '127.0.0.1', '127.255.0.1', '::1', '[::1]']) {
    assert.ok(isLoopback(host), host)
  }
  for (const host of ['0.0.0.0', '::', 'localhost.evil.example', '127.0.0.1.evil', '1.127.0.0.1']) {
    assert.ok(!isLoopback(host), host)
  }
})
