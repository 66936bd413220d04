import { isNameTaken } from '../../domain/passkeys/name.ts'
import type { Device } from '../../kernel/http/user-agent.ts'
import type { Texts } from '../../text/texts.ts'

/**
 * Names for a new passkey, from the device that the browser names: one for this device and one for
 * a phone, numbered when the account has a passkey of that name. The page's script knows more.
 */
export function suggestNames(
  { system }: Pick<Device, 'system'>,
  taken: readonly { readonly name: string }[],
  { devices }: Texts,
): { 'this-device': string; phone: string } {
  const numbered = (name: string) => {
    for (let number = 1; ; number += 1) {
      const candidate = number === 1 ? name : `${name} ${number}`
      if (!isNameTaken(taken, candidate)) return candidate
    }
  }
  return {
    'this-device': numbered(system ?? devices.computer),
    phone: numbered(devices.phone),
  }
}
