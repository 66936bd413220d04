import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unknownSettings } from './unknown.ts'

test('a name that is no setting is told with the one that it comes nearest to', () => {
  const misspelt = {
    SEKISHO_TRUSTED_PROXYS: 'SEKISHO_TRUSTED_PROXIES',
    SEKISHO_DATABSE: 'SEKISHO_DATABASE',
    SEKISHO_SMTP_URL_FLIE: 'SEKISHO_SMTP_URL_FILE',
    SEKISHO_MAILFROM: 'SEKISHO_MAIL_FROM',
    SEKISHO_PROT: 'SEKISHO_PORT',
    sekisho_origin: 'SEKISHO_ORIGIN',
    // Only a secret comes from a file.
    SEKISHO_ORIGIN_FILE: 'SEKISHO_ORIGIN',
  }
  const told = unknownSettings(Object.fromEntries(Object.keys(misspelt).map((name) => [name, 'x'])))
  assert.equal(told.length, Object.keys(misspelt).length)
  for (const [name, nearest] of Object.entries(misspelt)) {
    const says = told.find(({ setting }) => setting === name)?.says
    assert.equal(says, `${name}: is no setting and does nothing; ${nearest} is the nearest one`)
  }
})

test('settings, their files and what belongs to others are not told', () => {
  const names = [
    'SEKISHO_ORIGIN',
    'SEKISHO_SECRET_FILE',
    'SEKISHO_TEST_SEED',
    'PATH',
    'MY_SEKISHO_X',
  ]
  assert.deepEqual(unknownSettings(Object.fromEntries(names.map((name) => [name, 'x']))), [])
})
