import { isHandheld } from '../../kernel/http/user-agent.ts'
import type { PageContext } from '../frame/page.ts'

/** How the passkey of a phone is used from here: by QR code, but on a phone itself by unlocking it. */
export function phoneNote({ texts: { passkey }, device }: PageContext): string {
  return isHandheld(device) ? passkey.onPhone : passkey.phone
}
