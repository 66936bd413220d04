import assert from 'node:assert/strict'
import { test } from 'node:test'
import { texts } from '../../text/texts.ts'
import { placeKindOf, placeOf, plainPlaceOf, sayPlace } from './place.ts'

const noAaguid = '00000000-0000-0000-0000-000000000000'
const hello = '08987058-cadc-4b81-b6e1-30de50dcbe96'
const google = 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4'

const cases = [
  [hello, ['internal'], 'platform', false, 'this-device', 'Windows Hello'],
  [google, ['internal', 'hybrid'], 'platform', true, 'synced', 'Google Password Manager'],
  [google, ['internal', 'hybrid'], 'cross-platform', true, 'phone', 'Google Password Manager'],
  [noAaguid, ['internal'], 'platform', false, 'this-device', texts.en.places.thisDevice],
  [noAaguid, ['internal', 'hybrid'], 'platform', true, 'synced', texts.en.places.syncedManager],
  [noAaguid, ['internal', 'hybrid'], 'cross-platform', true, 'phone', texts.en.places.phone],
  [noAaguid, ['hybrid'], null, false, 'phone', texts.en.places.phone],
  [noAaguid, ['ble', 'hybrid'], 'cross-platform', false, 'phone', texts.en.places.phone],
  [noAaguid, ['usb', 'nfc'], 'cross-platform', false, 'security-key', texts.en.places.securityKey],
  [noAaguid, [], 'platform', true, 'synced', texts.en.places.syncedManager],
  [noAaguid, [], null, false, 'unknown', texts.en.places.unknown],
] as const

for (const [aaguid, transports, attachment, backupEligible, kept, place] of cases) {
  const traits = { aaguid, transports, attachment, backupEligible }
  test(`${transports.join('+') || 'nothing told'}, ${attachment}: ${kept}, ${place}`, () => {
    assert.equal(placeKindOf(traits), kept)
    assert.equal(placeOf(traits, texts.en), place)
    assert.equal(sayPlace(plainPlaceOf(traits), texts.en), place)
  })
}

test('a provider has the name that its maker uses in the language of the page', () => {
  for (const [aaguid, ja, en] of [
    [google, 'Google パスワード マネージャー', 'Google Password Manager'],
    ['dd4ec289-e01d-41c9-bb89-70fa845d4bf2', 'iCloudキーチェーン', 'iCloud Keychain'],
    [
      'd3452668-01fd-4c12-926c-83a4204853aa',
      'Microsoft パスワード マネージャー',
      'Microsoft Password Manager',
    ],
    [hello, 'Windows Hello', 'Windows Hello'],
  ] as const) {
    const traits = { aaguid, transports: [], attachment: null, backupEligible: true }
    assert.equal(placeOf(traits, texts.ja), ja)
    assert.equal(placeOf(traits, texts.en), en)
  }
})
