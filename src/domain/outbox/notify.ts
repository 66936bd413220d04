import { noticeMail, type Notice } from '../../text/mails.ts'
import type { Account } from '../accounts/account.ts'
import type { Act } from '../act.ts'
import { asSeenByHolder } from '../actor.ts'
import { putMail } from './outbox.ts'

/** Tells the holder of the act by mail, and until when it brings a hold if it does, or when it is due; never an
 * operator's browser. */
export function notify(
  act: Act,
  { id: accountId, email: to }: Pick<Account, 'id' | 'email'>,
  notice: Notice,
  until: number | null | { readonly dueAt: number } = null,
): void {
  const isDue = typeof until === 'object' && until !== null
  const times = isDue ? { holdUntil: null, dueAt: until.dueAt } : { holdUntil: until }
  const mail = noticeMail(notice, {
    ...{ at: act.now, caller: asSeenByHolder(act.by) },
    config: act.config,
    ...times,
  })
  putMail(act, { ...mail, accountId, to, kind: notice, expiresAt: null })
}
