import type { Act } from '../act.ts'
import type { Account } from './account.ts'
import { withFormer } from './notice-addresses.ts'
import { updateEmail } from './store.ts'

/** Gives an account that the act holds another address; the former one goes on getting notices for a while. */
export async function replaceEmail(act: Act, account: Account, email: string): Promise<Account> {
  const formerEmails = withFormer(account, account.email, act.now)
  const replaced = { ...account, email, emailSince: act.now, formerEmails }
  await updateEmail(act.tx, account.id, replaced)
  return replaced
}
