import { loginIdMail } from '../../text/login-id-mail.ts'
import type { Account } from '../accounts/account.ts'
import type { Act } from '../act.ts'
import { record } from '../audit/record.ts'
import { putMail } from './outbox.ts'

/** Mails the login IDs of accounts to their addresses: one mail for each, as it is written. */
export function mailLoginIds(act: Act, accounts: readonly Account[]): void {
  const { by: caller, config, now: at } = act
  // Addresses that differ by their capitals may be of different people.
  for (const [to, its] of Map.groupBy(accounts, ({ email }) => email)) {
    const loginIds = its.map(({ loginId }) => loginId)
    const mail = loginIdMail(loginIds, { at, caller, config })
    putMail(act, { ...mail, accountId: its[0]?.id ?? null, to, kind: 'login_id', expiresAt: null })
  }
  for (const { id: accountId } of accounts) record(act, { event: 'authn_login_id_sent', accountId })
}
