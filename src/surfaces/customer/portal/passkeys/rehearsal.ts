// 「いま試す」 beside each passkey in the portal, and the words for how it ends.
import { html } from 'hono/html'
import type { Factor } from '../../../../domain/factors/factors.ts'
import type { Html, PageContext } from '../../../frame/page.ts'
import { onward, type WayBack } from '../../../oidc/way-back.ts'
import type { PasskeyView } from '../../../parts/passkey-view.ts'
import { furtherStep } from '../back-links.ts'
import { machineOf } from './machine.ts'

/** What a passkey needs at this machine, as far as one can tell. */
export type Need = 'here' | 'phone' | 'key' | 'other'

function needOf(context: PageContext, { kept }: PasskeyView, isElsewhere: boolean): Need {
  if (kept === 'security-key') return 'key'
  if (!isElsewhere) return 'here'
  return machineOf(context).onPhone || kept === 'this-device' ? 'other' : 'phone'
}

/** `isElsewhere`: whether the passkey is likely to answer only from another device. */
export function rehearsalButton(
  context: PageContext,
  passkey: PasskeyView,
  isElsewhere: boolean,
): Html {
  const words = context.texts.rehearsal
  return html`<button
    class="button small"
    type="button"
    data-rehearse="${passkey.id}"
    data-need="${needOf(context, passkey, isElsewhere)}"
    aria-label="${words.buttonName(passkey.name)}"
    disabled
  >
    ${words.button}
  </button>`
}

/** The words of the page's script that fit this machine and the way in which its holder signs in. */
export function wordsOfRehearsal(context: PageContext, secondFactor: Factor) {
  const { dialog, rehearsal } = context.texts.browser
  const { onPhone } = machineOf(context)
  const byEmail = secondFactor === 'email'
  return {
    ...dialog,
    ...rehearsal,
    rehearsedHere: byEmail ? rehearsal.rehearsedHereByEmail : rehearsal.rehearsedHere,
    rehearsedByPhone: onPhone ? rehearsal.rehearsedByOther : rehearsal.rehearsedByPhone,
    rehearsedByEmail: byEmail ? rehearsal.rehearsedByEmail : '',
  }
}

/** After a registration: leads to the buttons. */
export function rehearsalReminder(
  { texts }: PageContext,
  back: WayBack | null,
  weight: { readonly isMain: boolean },
): Html {
  const { nextTitle: title, next: text, button: link } = texts.rehearsal
  const address = `${onward('/portal', back)}#passkeys-title`
  return furtherStep({ title, text, link }, address, weight)
}
