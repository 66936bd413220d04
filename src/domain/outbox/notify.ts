import { noticeMail, type Notice } from '../../text/mails.ts'
import { noticeAddresses, type Noticed } from '../accounts/notice-addresses.ts'
import type { Act } from '../act.ts'
import { asSeenByHolder } from '../actor.ts'
import { putMail } from './outbox.ts'

/**
 * Tells the holder of the act by mail, at every address that gets notices, and until when it brings a hold if it
 * does, or when it is due; never an operator's browser.
 */
export function notify(
  act: Act,
  account: Noticed,
  notice: Notice,
  until: number | null | { readonly dueAt: number } = null,
): void {
  const times = typeof until === 'number' ? { holdUntil: until } : { holdUntil: null, ...until }
  const { now: at, config } = act
  const mail = noticeMail(notice, { at, caller: asSeenByHolder(act.by), config, ...times })
  const mails = { ...mail, accountId: account.id, kind: notice, expiresAt: null }
  for (const to of noticeAddresses(account, at)) putMail(act, { ...mails, to })
}
