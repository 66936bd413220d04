// A single offer: a person who signed in on a computer with a phone may register the computer too.
import { withStorage } from '../../frame/web/storage.ts'
import { byId } from './form.ts'
import { canHoldPasskeys } from './own-authenticator.ts'

const pending = 'sekisho.offer'
const made = 'sekisho.offer.made'

/** Notes that the sign-in that just ended needed a phone; the portal then looks at this computer. */
export function offerThisComputer(): void {
  withStorage(() => {
    if (localStorage.getItem(made) === null) sessionStorage.setItem(pending, 'yes')
  })
}

/** Notes that this browser has had its offer, taken or not. */
export function endOffer(): void {
  withStorage(() => localStorage.setItem(made, 'yes'))
  withdrawOffer()
}

/** Stops the offer in this tab. */
export function withdrawOffer(): void {
  withStorage(() => sessionStorage.removeItem(pending))
}

/**
 * Shows the portal's offer if a phone was used and this computer can hold a passkey itself. It is
 * made after one sign-in only, and stands in that tab until the person signs out.
 */
export async function showOffer(): Promise<void> {
  const offer = byId('offer')
  if (!offer || !isPending() || !(await canHoldPasskeys())) return
  offer.hidden = false
  withStorage(() => localStorage.setItem(made, 'yes'))
  byId('offer-decline')?.addEventListener('click', () => {
    endOffer()
    offer.hidden = true
    document.querySelector<HTMLElement>('h1')?.focus()
  })
}

function isPending(): boolean {
  return withStorage(() => sessionStorage.getItem(pending) !== null) ?? false
}
