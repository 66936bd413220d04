import type { Caller } from '../../kernel/caller.ts'
import { noticeMail, type Notice } from '../../text/mails.ts'
import type { Account } from '../accounts/account.ts'
import type { Deps } from '../deps.ts'
import { putMail } from '../outbox/outbox.ts'
import type { Tx } from '../tables/tables.ts'

/** Tells the holder by mail what has happened, in the transaction that made it happen. */
export async function notify(
  tx: Tx,
  { config, keys, now }: Pick<Deps, 'config' | 'keys' | 'now'>,
  caller: Caller,
  notice: Notice,
  { id: accountId, email: to }: Pick<Account, 'id' | 'email'>,
): Promise<void> {
  const mail = noticeMail(notice, { at: now(), caller, config })
  await putMail(tx, { keys, now }, { ...mail, accountId, to, kind: notice, expiresAt: null })
}
