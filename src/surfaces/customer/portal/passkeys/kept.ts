import type { Texts } from '../../../../text/texts.ts'
import type { PasskeyView } from '../../../parts/passkey-view.ts'
import type { Machine } from './machine.ts'

interface Circumstances extends Machine {
  readonly device: 'this-device' | 'phone'
  readonly isFirst: boolean
}

type Note = keyof Texts['newPasskey']['done']['notes']

/** The completion page's notes that fit: another place than the chosen one, a single device. */
export function notesOn(
  { kept, backedUp }: Pick<PasskeyView, 'kept' | 'backedUp'>,
  { device, isFirst, onWindows, onPhone }: Circumstances,
): Note[] {
  const notes: Note[] = []
  if (kept === 'security-key') notes.push('securityKey')
  else if (device === 'this-device' && kept === 'phone') {
    notes.push(onPhone ? 'otherPhoneInstead' : 'phoneInstead')
  } else if (device === 'phone' && (kept === 'this-device' || kept === 'synced')) {
    notes.push('computerInstead')
  } else if (kept === 'synced' && onWindows) notes.push('managerInstead')
  if (isFirst && !backedUp) notes.push('onlyDevice')
  return notes
}
