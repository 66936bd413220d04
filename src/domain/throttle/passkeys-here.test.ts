// Which passkey a list selects (docs/screens.md, M6).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Passkey } from '../passkeys/passkey.ts'
import { selectHere } from './passkeys-here.ts'

const traits = { aaguid: '', attachment: null, backupEligible: false }

/** A PC's own, a phone's, and a security key, the phone's used last. */
const passkeys = [
  { ...traits, id: 'phone', transports: ['hybrid'] },
  { ...traits, id: 'pc', transports: ['internal'] },
  { ...traits, id: 'key', transports: ['usb'] },
] as unknown as readonly Passkey[]

const windows = { browser: 'Edge', system: 'Windows' }
const android = { browser: 'Chrome', system: 'Android' }

const worked = (id: string, workedAt: number, failedAt: number | null = null) =>
  ({ id, way: 'this-device', workedAt, failedAt }) as const
const failed = (id: string) => ({ id, way: null, workedAt: null, failedAt: 9 })

for (const [title, memory, device, selected] of [
  ['what this machine is likely to keep, without a memory', [], windows, 'pc'],
  ['the phone’s own on the phone', [], android, 'phone'],
  ['what worked here last', [worked('pc', 1), worked('key', 2)], windows, 'key'],
  ['what worked here, whatever the machine', [worked('phone', 1)], windows, 'phone'],
  ['not what failed since it worked', [worked('pc', 1), worked('key', 2, 3)], windows, 'pc'],
  ['not what the machine keeps, but failed here', [failed('pc')], windows, 'phone'],
  [
    'what worked, where all have failed',
    [...'phone key'.split(' ').map(failed), worked('pc', 1, 2)],
    windows,
    'pc',
  ],
  [
    'what the machine keeps, where all have failed',
    ['pc', 'phone', 'key'].map(failed),
    windows,
    'pc',
  ],
  ['nothing that is not in the list', [worked('removed', 5)], windows, 'pc'],
] as const) {
  test(`selected is ${title}`, () => {
    assert.equal(selectHere(passkeys, memory, device)?.id, selected)
  })
}

test('where this machine keeps none, the top one is selected', () => {
  const elsewhere = passkeys.filter(({ id }) => id !== 'pc')
  assert.equal(selectHere(elsewhere, [], windows)?.id, 'phone')
  assert.equal(selectHere([], [worked('pc', 1)], windows), undefined)
})
