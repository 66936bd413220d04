// Whose node has died: a sender renews the mails that it has in hand, and the others watch for those that it
// does not. Each goes by its own steady clock, so that clocks that differ send no mail twice.
import { seconds } from '../../kernel/clock.ts'
import { mailForsakenAfter } from '../../limits/mails.ts'
import type { Database } from '../tables/tables.ts'
import { renewMail, type MailInHand } from './store.ts'

const renewEvery = 1 * seconds
/** A sender that could not renew lets go before any other takes the mail. */
const letGoAfter = mailForsakenAfter - 1 * seconds

/** Returns what tells, at each look, which mails in hand were not renewed for `mailForsakenAfter`. */
export function watchForForsaken(): (
  inHand: readonly MailInHand[],
  at: number,
) => readonly MailInHand[] {
  let seen = new Map<string, { mail: MailInHand; since: number }>()
  return (inHand, at) => {
    const before = seen
    seen = new Map(
      inHand.map((mail) => {
        const last = before.get(mail.id)
        const isSame = last?.mail.tries === mail.tries && last.mail.renewals === mail.renewals
        return [mail.id, { mail, since: isSame ? last.since : at }]
      }),
    )
    return [...seen.values()]
      .filter(({ since }) => at - since >= mailForsakenAfter)
      .map(({ mail }) => mail)
  }
}

/** Keeps renewing a mail that was claimed at `claimedAt`; the signal aborts when another may take it. */
export function keepInHand(
  db: Database,
  mail: Pick<MailInHand, 'id' | 'tries'>,
  claimedAt: number,
): Disposable & { readonly lost: AbortSignal } {
  const letGo = new AbortController()
  let renewedAt = claimedAt
  const timer = setInterval(() => {
    const at = performance.now()
    if (at - renewedAt > letGoAfter) return letGo.abort()
    renewMail(db, mail).then(
      (isOurs) => (isOurs ? (renewedAt = Math.max(renewedAt, at)) : letGo.abort()),
      // The database may be back at the next look.
      () => {},
    )
  }, renewEvery)
  return { lost: letGo.signal, [Symbol.dispose]: () => clearInterval(timer) }
}
