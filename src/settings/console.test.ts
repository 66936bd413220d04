// Rule 31 for the console: a start is refused, by name, unless it is apart from the customers' site.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readConfig } from './config.ts'
import { ConfigError, type Environment } from './environment.ts'

const enough: Environment = {
  SEKISHO_ORIGIN: 'https://login.example.co.jp',
  SEKISHO_SECRET: 'a secret that is long enough, it is',
  SEKISHO_CONSOLE_ORIGIN: 'https://desk.example.co.jp',
}

const read = (changes: Environment) => readConfig({ ...enough, ...changes })

const refused: readonly (readonly [string, readonly Environment[]])[] = [
  [
    'SEKISHO_CONSOLE_ORIGIN',
    [
      // No origin, or http where others listen.
      ...['desk.example.co.jp', 'https://desk.example.co.jp/console', 'ftp://desk.example.co.jp'],
      ...[
        'https://desk.example.co.jp?',
        'http://desk.example.co.jp',
        'http://10.0.0.1:3100',
        'https://',
      ],
      // The customers' own.
      ...['https://login.example.co.jp', 'https://login.example.co.jp/'],
      // Another port of the customers' host is the same relying party.
      'https://login.example.co.jp:8443',
      // A page of the customers may ask for the passkeys of every host above its own.
      'https://example.co.jp',
    ].map((SEKISHO_CONSOLE_ORIGIN) => ({ SEKISHO_CONSOLE_ORIGIN })),
  ],
  [
    'SEKISHO_CONSOLE_ORIGIN',
    [
      { SEKISHO_RP_ID: 'example.co.jp', SEKISHO_CONSOLE_ORIGIN: 'https://example.co.jp' },
      { SEKISHO_ORIGIN: 'http://localhost:3100', SEKISHO_CONSOLE_ORIGIN: undefined },
    ],
  ],
  [
    'SEKISHO_CONSOLE_RP_ID',
    [
      'example.co.jp',
      'login.example.co.jp',
      'co.jp',
      'a.desk.example.co.jp',
      'DESK.example.co.jp',
    ].map((SEKISHO_CONSOLE_RP_ID) => ({ SEKISHO_CONSOLE_RP_ID })),
  ],
  [
    'SEKISHO_CONSOLE_PORT',
    ['-1', '65536', '1.5', 'x', ' '].map((SEKISHO_CONSOLE_PORT) => ({ SEKISHO_CONSOLE_PORT })),
  ],
  [
    'SEKISHO_CONSOLE_HOST',
    ['127.0.0.1:3100', 'a b', '-a', 'https://a'].map((SEKISHO_CONSOLE_HOST) => ({
      SEKISHO_CONSOLE_HOST,
    })),
  ],
  [
    'SEKISHO_SUPPORT_CHECKS',
    ['name,name', 'Name', 'name,,birthday', 'a b', 'name;birthday', '1name'].map(
      (SEKISHO_SUPPORT_CHECKS) => ({ SEKISHO_SUPPORT_CHECKS }),
    ),
  ],
  [
    'SEKISHO_SUPPORT_REQUESTS',
    ['0', '-1', '1001', 'x', '2.5'].map((SEKISHO_SUPPORT_REQUESTS) => ({
      SEKISHO_SUPPORT_REQUESTS,
    })),
  ],
  [
    'SEKISHO_RECOVERY_WAIT_HOURS',
    ['-1', '721', 'x', 'NaN', 'Infinity'].map((SEKISHO_RECOVERY_WAIT_HOURS) => ({
      SEKISHO_RECOVERY_WAIT_HOURS,
    })),
  ],
]

describe('the settings of the console', () => {
  for (const [name, changes] of refused) {
    test(`an invalid ${name} is refused by its name`, () => {
      for (const change of changes) {
        assert.throws(
          () => read(change),
          (error) => error instanceof ConfigError && error.message.startsWith(`${name}: `),
          JSON.stringify(change),
        )
      }
    })
  }

  test('it stands on a host of its own, which is its relying party', () => {
    const { console: desk } = read({})
    assert.deepEqual([desk.origin, desk.rpId], ['https://desk.example.co.jp', 'desk.example.co.jp'])
    const named = read({ SEKISHO_CONSOLE_RP_ID: 'desk.example.co.jp' })
    assert.equal(named.console.rpId, 'desk.example.co.jp')
    // A parent of both is the customers', and not the console's.
    const below = read({ SEKISHO_RP_ID: 'example.co.jp' })
    assert.equal(below.console.rpId, 'desk.example.co.jp')
  })

  test('on loopback both may share the host, as long as the origins differ', () => {
    const { console: desk } = readConfig({ SEKISHO_SECRET: enough['SEKISHO_SECRET'] })
    assert.deepEqual(
      [desk.origin, desk.rpId, desk.port, desk.host],
      [...['http://localhost:3100', 'localhost'], ...[3100, '127.0.0.1']],
    )
  })
})
