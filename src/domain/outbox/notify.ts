import { noticeMail, type Notice } from '../../text/mails.ts'
import type { Account } from '../accounts/account.ts'
import type { Act } from '../act.ts'
import { putMail } from './outbox.ts'

/** Tells the holder of the act by mail. */
export function notify(
  act: Act,
  { id: accountId, email: to }: Pick<Account, 'id' | 'email'>,
  notice: Notice,
): void {
  const mail = noticeMail(notice, { at: act.now, caller: act.by, config: act.config })
  putMail(act, { ...mail, accountId, to, kind: notice, expiresAt: null })
}
