// The completion page's words about the place that keeps the new passkey.
import type { PasskeyView } from '../../parts/passkey-view.ts'
import type { Word } from './words.ts'

interface Circumstances {
  readonly device: 'this-device' | 'phone'
  readonly isFirst: boolean
  readonly onWindows: boolean
  readonly onPhone: boolean
}

export const keptWords: Readonly<Record<PasskeyView['kept'], Word>> = {
  'this-device': 'keptThisDevice',
  synced: 'keptSynced',
  phone: 'keptPhone',
  'security-key': 'keptSecurityKey',
  unknown: 'keptUnknown',
}

/** The completion page's notes that fit: another place than the chosen one, a single device. */
export function notesOn(
  { kept, backedUp }: Pick<PasskeyView, 'kept' | 'backedUp'>,
  { device, isFirst, onWindows, onPhone }: Circumstances,
): string[] {
  const notes: string[] = []
  if (kept === 'security-key') notes.push('securityKey')
  else if (device === 'this-device' && kept === 'phone') {
    notes.push(onPhone ? 'otherPhoneInstead' : 'phoneInstead')
  } else if (device === 'phone' && (kept === 'this-device' || kept === 'synced')) {
    notes.push('computerInstead')
  } else if (kept === 'synced' && onWindows) notes.push('managerInstead')
  if (isFirst && !backedUp) notes.push('onlyDevice')
  return notes.length > 0 ? [...notes, 'another'] : []
}
