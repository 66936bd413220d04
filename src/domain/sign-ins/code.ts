import { maskAddress, type SentCode } from '../email-codes/code.ts'
import { findCodeWait, findSentCode } from '../email-codes/send.ts'
import type { Database } from '../tables/tables.ts'
import type { SignIn } from './sign-in.ts'

/** Of a sign-in that began while no code could be sent: where one will go, and from when on it can be asked for. */
export interface AwaitedCode extends Pick<SentCode, 'sentTo' | 'resendAfter'> {
  readonly expiresAt: null
}

/** The code that was sent for a sign-in by e-mail, or the one that is still to be asked for. */
export async function findSignInCode(
  db: Database,
  { id, account }: SignIn,
  now: number,
): Promise<(SentCode & { readonly id: string }) | AwaitedCode> {
  const sent = await findSentCode(db, account, id, 'sign-in')
  if (sent) return sent
  const until = await findCodeWait(db, account, 'sign-in', now)
  return { sentTo: maskAddress(account.email), expiresAt: null, resendAfter: until ?? now }
}
