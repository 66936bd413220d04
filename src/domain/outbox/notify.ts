import { noticeMail, type Notice } from '../../text/mails.ts'
import type { Account } from '../accounts/account.ts'
import type { Act } from '../act.ts'
import { asSeenByHolder } from '../actor.ts'
import { putMail } from './outbox.ts'

/**
 * Tells the holder of the act by mail, and until when it brings a hold if it does, or when it is due; never an
 * operator's browser.
 */
export function notify(
  act: Act,
  { id: accountId, email: to }: Pick<Account, 'id' | 'email'>,
  notice: Notice,
  until: number | null | { readonly dueAt: number } = null,
): void {
  const times = typeof until === 'number' ? { holdUntil: until } : { holdUntil: null, ...until }
  const { now: at, config } = act
  const mail = noticeMail(notice, { at, caller: asSeenByHolder(act.by), config, ...times })
  putMail(act, { ...mail, accountId, to, kind: notice, expiresAt: null })
}
