// Rule 31: an address with a typing error is refused by the name of its setting.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { hostAddresses, isPostgresAddress } from '../kernel/db/address.ts'
import { readConfig, readMailConfig } from './config.ts'
import { ConfigError, type Environment } from './environment.ts'
import type { SettingName } from './settings.ts'

const enough: Environment = {
  SEKISHO_ORIGIN: 'https://login.example.co.jp',
  SEKISHO_SECRET: 'a secret that is long enough, it is',
  SEKISHO_SMTP_URL: 'smtps://mail.example.co.jp',
  SEKISHO_MAIL_FROM: 'no-reply@example.co.jp',
}

function read(changes: Environment) {
  const env = { ...enough, ...changes }
  return { ...readConfig(env), ...readMailConfig(env) }
}

function assertRefused(setting: SettingName, value: string, more: Environment = {}) {
  assert.throws(
    () => read({ [setting]: value, ...more }),
    (error) => {
      assert.ok(error instanceof ConfigError && error.setting === setting, `${value}: ${error}`)
      assert.ok(!error.message.includes('Secret-Word'), error.message)
      return true
    },
    value,
  )
}

const everything = { SEKISHO_UNENCRYPTED: 'database,mail' }

/** Each of these once opened a file of this name, or another host, or failed late. */
const refused: Partial<Record<SettingName, readonly string[]>> = {
  SEKISHO_DATABASE: [
    ...['mysql://u:Secret-Word@db/name', 'Postgres://u:Secret-Word@db/name', 'POSTGRES://u@db/x'],
    ...[
      ' postgres://u:Secret-Word@db/name',
      'postgres://u:Secret-Word@db/name ',
      '\tpostgres://a/b',
    ],
    ...['postgres:/u:Secret-Word@db/name', 'postgres:u@db/name', 'postgres//u:Secret-Word@db/name'],
    ...['postgres;//u@db/name', 'postgres.//db/name', 'postgres/u@db/name', 'postgresql/name.x'],
    ...['postgres:///name', 'postgres://', 'postgres://u:Secret-Word@/name', 'postgres:\\\\db\\x'],
    ...['postgresq://u@db/x', 'postgre://u@db/x', 'pg://u@db/x', 'jdbc:postgresql://db/x'],
    ...['postgresql+psycopg://u@db/x', 'sqlite://data/x.sqlite', 'file:data/x.sqlite', 'file:///x'],
    ...[
      '"postgres://u:Secret-Word@db/name"',
      "'data/x.sqlite'",
      '=data/x.sqlite',
      'host=db user=u',
    ],
    ...['u:Secret-Word@db/name', 'u@db/name.sqlite', 'db:5432/name', 'db.example.jp/name', 'name'],
    ...['db.example.jp', '10.0.0.5', 'user/db.example.jp'],
    ...['//db/name.sqlite', 'data//x.sqlite', 'data/', '/', '.', '..', 'data/..', '~/x.sqlite'],
    ...[
      '$HOME/x.sqlite',
      '%2Fdata',
      'data/x.sqlite\n',
      ' data/x.sqlite',
      ':memory:',
      'C:\\x.sqlite',
    ],
    ...['ｐｏｓｔｇｒｅｓ：／／u@db/x', 'postgres：//u:Secret-Word@db/name', '-x.sqlite', '\u0000'],
    ...['postgres://u:Secret-Word/@db/name', 'postgres://u:12/Secret-Word@db/name'],
    ...['postgres://u:1?Secret-Word@db/name', 'postgres://u:1#Secret-Word@db/name'],
    ...['postgres://u:Secret-Word@x@db/name', 'postgres://u:Secret-Word%@db/name'],
    ...['postgres://u@one,,two/name', 'postgres://u@one,/name', 'postgres://u@one;two/name'],
    ...['postgres://u@db:port/name', 'postgres://u@db:99999/name', 'postgres://u@d b/name'],
    ...[
      'postgres://u@db/name?sslmode=bogus',
      'postgres://u@db/name?sslmode',
      'postgres://u@db/a/b',
    ],
    ...['postgres://u@db/x?sslmode=verify-full&sslmode=disable', 'postgres://u@db/x?host=other'],
  ],
  SEKISHO_SMTP_URL: [
    ...['mail.example.jp:25', 'smtp:/mail.example.jp', 'smtp:mail.example.jp', 'SMTP://example.jp'],
    ...[' smtp://mail.example.jp', 'smtp://mail.example.jp ', 'smtp://mail.example.jp\n'],
    ...['smtp://u:Secret-Word@x@mail.example.jp', 'smtp://u:1/Secret-Word@mail.example.jp'],
    ...['smtp://u:1#Secret-Word@mail.example.jp', 'smtp://u:1?Secret-Word@mail.example.jp'],
    ...['smtp://u:Secret-Word%@mail.example.jp', 'smtp://mail.example.jp/x', 'smtp://a,b:25'],
    ...['smtp://%20mail.example.jp', 'smtp://mail.example.jp:port', 'smtp://u@', 'http://a.jp'],
    ...['smtp://mail.example.jp?requireTls=true', 'smtp://mail.example.jp?requireTLS=yes'],
    ...['smtps://mail.example.jp?tls.minVersion=x', 'smtps://mail.example.jp:0'],
    ...['smtps://mail.example.jp?tls.minVersion=TLSv1.1', 'smtps://mail.example.jp:00'],
    ...['smtps://mail.example.jp?tls.rejectUnauthorized=0', 'smtps:\\\\mail.example.jp'],
    ...['smtp://mail.example.jp?requireTLS=true&requireTLS=false', '"smtp://mail.example.jp"'],
  ],
  SEKISHO_ORIGIN: [
    ...['https:/login.example.jp', 'https:login.example.jp', 'HTTPS://login.example.jp'],
    ...['https://login.example.jp ', '"https://login.example.jp"', 'https:\\\\login.example.jp'],
    ...['https://u:Secret-Word@login.example.jp', 'htps://login.example.jp'],
  ],
  SEKISHO_TRUSTED_PROXIES: [
    ...['0.0.0.0/0', '::/0', '10.0.0.0/8, 0.0.0.0/00', '10.0.0.0/8\n192.0.2.0/24', '10.0.0/8'],
    ...['10.0.0.1-10.0.0.9', 'fe80::1%eth0', '10.0.0.0/-8', '10.0.0.0/8/8', '10.0.0.0 /8'],
    ...['0.0.0.0/1, 128.0.0.0/1', '::/1,8000::/1', '10.0.0.0/7', 'fc00::/6'],
    ...['::ffff:0.0.0.0/96', '::/80', '0:0:0:0:0:ffff:a00:0/103'],
    ...['"10.0.0.0/8"', 'http://10.0.0.1', '10.0.0.1:80', '[fd00::]/8', '10.0.0.0/8 fd00::/8'],
  ],
  SEKISHO_HOST: [
    ...['127.0.0.1:3000', '[::1]', ' 127.0.0.1', 'http://localhost', '127.0.0.1/8', 'a,b', '*'],
  ],
  SEKISHO_LINK_FAQ: [
    ...['https:/www.example.jp', 'https:www.example.jp', 'https:\\\\www.example.jp', '/\t/evil.jp'],
    ...[' https://www.example.jp', 'https://www.example.jp ', '/help\n', '/a\\b', 'https://'],
    ...['https://www.example.jp@evil.jp', 'https://u:Secret-Word@www.example.jp', 'tel:', 'tel:x'],
    ...[
      'mailto:',
      'mailto:a',
      'htps://www.example.jp',
      '"https://www.example.jp"',
      'help',
      'tel://1',
    ],
    ...[
      'https:///www.example.jp',
      '/　/evil.jp',
      'java\tscript:alert(1)',
      'vbscript:x',
      'https://?x',
    ],
  ],
  SEKISHO_UNENCRYPTED: ['yes', 'true', 'all', 'Mail', 'database mail', 'smtp'],
}

for (const [setting, values] of Object.entries(refused) as [SettingName, readonly string[]][]) {
  describe(`an address with a typing error is refused by the name of ${setting}`, () => {
    const more = setting === 'SEKISHO_UNENCRYPTED' ? {} : everything
    for (const value of values) {
      test(`as ${JSON.stringify(value)}`, () => assertRefused(setting, value, more))
    }
  })
}

describe('an address without fault is taken as it stands', () => {
  const taken: Partial<Record<SettingName, readonly string[]>> = {
    SEKISHO_DATABASE: [
      ...['data/sekisho.sqlite', '/var/lib/sekisho/db', './data/db', '../db', 'sekisho.sqlite'],
      ...['/srv/sekisho@1/db.sqlite', '/srv/Keiko Sato/x (1).sqlite', 'データ/関所.sqlite'],
      ...[
        'postgres://u:p@localhost/name',
        'postgresql://u:p@127.0.0.1:5432/name',
        '/x/postgres.db',
      ],
      ...['postgres://u:p@[::1]:5432/name', 'postgres://u:a%40b%2F@localhost/name'],
      ...['postgres://u:p@/name?host=/run/postgresql', 'postgres:///name?host=/run/postgresql'],
      ...['postgres://u:p@%2Frun%2Fpostgresql/name', 'postgres://u@localhost', 'data/.hidden.db'],
      ...['postgres://u:p@db1:5432,db2:5433/name?sslmode=verify-full&sslrootcert=ca.crt'],
    ],
    SEKISHO_SMTP_URL: [
      ...['smtps://mail.example.jp', 'smtps://u:p%40@mail.example.jp:465', 'smtp://127.0.0.1:25'],
      ...['smtp://mail.example.jp:587?requireTLS=true&name=node1.example.jp', 'smtp://localhost/'],
      ...['smtp://user%40example.jp:p@[::1]:25', 'smtp://localhost?ignoreTLS=true'],
    ],
    SEKISHO_HOST: ['127.0.0.1', '0.0.0.0', '::', '::1', 'localhost', 'node-1.example.jp'],
    SEKISHO_LINK_FAQ: [
      ...['/help', '/', '/help?x=1#y', 'https://www.example.jp', 'HTTPS://www.example.jp/a@b'],
      ...['http://例え.jp/よくある質問', 'tel:0120-000-000', 'tel:+81.3(1234)5678'],
      ...['mailto:support@example.jp', 'mailto:support@example.jp?subject=a'],
    ],
    SEKISHO_TRUSTED_PROXIES: [
      '',
      '10.0.0.0/8',
      '192.0.2.1, fd00::/8, fc00::/7',
      '::ffff:10.0.0.0/104',
    ],
  }
  for (const [setting, values] of Object.entries(taken) as [SettingName, readonly string[]][]) {
    for (const value of values)
      test(`${setting} as ${value}`, () => void read({ [setting]: value }))
  }
})

describe('what goes to another host without verified TLS', () => {
  const plain: readonly (readonly ['SEKISHO_DATABASE' | 'SEKISHO_SMTP_URL', string])[] = [
    ...[
      'postgres://u:p@db.example.jp/name',
      'postgres://u:p@localhost,db.example.jp/name',
      'postgres://u:p@192.0.2.1/name?sslmode=disable',
      'postgres://u:p@db.example.jp/name?sslmode=require',
      'postgres://u:p@db.example.jp/name?sslmode=prefer',
      'postgres://u:p@db.example.jp/name?sslmode=no-verify',
      'postgres://u:p@db.example.jp/name?ssl=true',
      'postgres://u:p@/name?host=db.example.jp',
      'postgres://u:p@localhost.example.jp/name',
    ].map((value) => ['SEKISHO_DATABASE', value] as const),
    ...[
      'smtp://mail.example.jp:587',
      'smtp://mail.example.jp?requireTLS=false',
      'smtp://mail.example.jp?requireTLS=true&tls.rejectUnauthorized=false',
      'smtps://mail.example.jp?tls.rejectUnauthorized=false',
      'smtp://mail.example.jp?ignoreTLS=true',
      'smtp://10.0.0.1:25',
      'smtp://127.0.0.1.example.jp',
    ].map((value) => ['SEKISHO_SMTP_URL', value] as const),
  ]
  for (const [setting, value] of plain) {
    const [word, other] =
      setting === 'SEKISHO_DATABASE' ? ['database', 'mail'] : ['mail', 'database']
    test(`is refused unless it is meant: ${value}`, () => {
      assertRefused(setting, value)
      assertRefused(setting, value, { SEKISHO_UNENCRYPTED: other })
      for (const SEKISHO_UNENCRYPTED of [word, `${other}, ${word}`]) {
        read({ [setting]: value, SEKISHO_UNENCRYPTED })
      }
    })
  }
})

describe('whatever is typed', () => {
  const right = {
    SEKISHO_DATABASE: 'postgres://user:Secret-Word@db.example.jp:5432/name?sslmode=verify-full',
    SEKISHO_SMTP_URL: 'smtps://user:Secret-Word@mail.example.jp:465',
  } as const
  const signs = fc.constantFrom(...' :/@?#%\\\t"\'=;,.~$P', '：', '\u00a0', '//')

  for (const setting of ['SEKISHO_DATABASE', 'SEKISHO_SMTP_URL'] as const) {
    const address = right[setting]
    test(`an error in a right ${setting} makes no file of it and prints nothing of it`, () => {
      const place = fc.nat({ max: address.length })
      fc.assert(
        fc.property(place, fc.nat({ max: 3 }), fc.option(signs), (at, left, sign) => {
          const bent = address.slice(0, at) + (sign ?? '') + address.slice(at + left)
          try {
            const config = read({ [setting]: bent, ...everything })
            assert.doesNotMatch(bent, /\s/)
            if (setting === 'SEKISHO_SMTP_URL') return
            assert.ok(isPostgresAddress(config.database), bent)
            // The password is still the password, or has become part of the user.
            for (const one of hostAddresses(bent)) {
              const { hostname, pathname } = new URL(one)
              assert.doesNotMatch(hostname + pathname, /Secret|Word|user|[@:?#]/, bent)
            }
          } catch (error) {
            assert.ok(
              error instanceof ConfigError && error.setting === setting,
              `${bent}: ${error}`,
            )
            assert.doesNotMatch(error.message, /Secret|Word|db\.example|mail\.example\.jp:/)
          }
        }),
        { numRuns: 3000 },
      )
    })
  }
})
