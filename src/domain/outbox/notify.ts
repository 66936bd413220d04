import type { Device } from '../../kernel/http/user-agent.ts'
import { noticeMail, type Notice } from '../../text/mails.ts'
import type { Lifting } from '../../text/stop-notices.ts'
import { noticeAddresses, type Noticed } from '../accounts/notice-addresses.ts'
import type { Act } from '../act.ts'
import { asSeenByHolder } from '../actor.ts'
import { putMail } from './outbox.ts'

/**
 * Tells the holder of the act by mail, at every address that gets notices, and until when it brings a hold if it
 * does, when it is due, or what lifts it; never an operator's browser.
 */
export function notify(
  act: Act,
  account: Noticed,
  notice: Notice,
  until: number | null | { readonly dueAt: number } | { readonly lifting: Lifting } = null,
): void {
  const times = typeof until === 'number' ? { holdUntil: until } : { holdUntil: null, ...until }
  const { address, browser, system } = asSeenByHolder(act.by)
  // Whoever comes by a browser comes from an address, be the browser on our list or not.
  const device = address === null ? null : { browser, system }
  put(act, account, notice, { at: act.now, device, ...times })
}

/** As `notify`, of what was done before the act, and elsewhere. */
export function notifyAsOf(
  act: Act,
  account: Noticed,
  notice: Notice,
  { at, browser, system }: Device & { readonly at: number },
): void {
  put(act, account, notice, { at, device: { browser, system }, holdUntil: null })
}

function put(
  act: Act,
  account: Noticed,
  notice: Notice,
  of: Omit<Parameters<typeof noticeMail>[1], 'config'>,
): void {
  const mail = noticeMail(notice, { ...of, config: act.config })
  const mails = { ...mail, accountId: account.id, kind: notice, expiresAt: null }
  for (const to of noticeAddresses(account, act.now)) putMail(act, { ...mails, to })
}
