// Rule 28: a right password without a finished sign-in is audited, however the sign-in ended. Its holder hears of
// it: somebody may know the password who has not got the second factor.
import { unfinishedToldEach } from '../../limits/sessions.ts'
import { selectServed } from '../accounts/find.ts'
import type { Act } from '../act.ts'
import { record, recordLapses } from '../audit/record.ts'
import { notifyAsOf } from '../outbox/notify.ts'
import { openWindows } from '../throttle/store.ts'
import type { EndedSignIn } from './store.ts'

const event = 'authn_login_unfinished'

type Why = 'given up' | 'begun anew' | 'too many wrong codes' | 'ended by an operator' | 'stopped'

/** Audits the early end of a sign-in, which the act has deleted, of which its holder need not be told. */
export function recordUnfinished(
  act: Act,
  { id, accountId }: { readonly id: string; readonly accountId: string },
  why: Why,
): void {
  record(act, { event, accountId, detail: { signIn: id, why } })
}

/** Audits the early end of a sign-in, which the act has deleted, and tells the account's holder. */
export async function failSignIn(act: Act, ended: EndedSignIn, why: Why): Promise<void> {
  recordUnfinished(act, ended, why)
  await tellUnfinished(act, [ended])
}

/** Audits the expiry of sign-ins, which the act has deleted, and tells their holders. */
export async function failRunOut(act: Act, signIns: readonly EndedSignIn[]): Promise<void> {
  const lapses = signIns.map(({ id, accountId, expiresAt }) => {
    return { event, accountId, at: expiresAt, detail: { signIn: id, why: 'ran out' } } as const
  })
  recordLapses(act, lapses)
  if (signIns.length > 0) await tellUnfinished(act, signIns)
}

/** Once in `unfinishedToldEach` for an account: whoever knows a password cannot fill its holder's mailbox. */
async function tellUnfinished(act: Act, signIns: readonly EndedSignIn[]): Promise<void> {
  const last = new Map(signIns.map((signIn) => [toldKey(signIn.accountId), signIn]))
  const keys = await openWindows(act.tx, [...last.keys()], unfinishedToldEach, act.now)
  if (keys.length === 0) return
  const told = keys.flatMap((key) => last.get(key) ?? [])
  const accounts = await selectServed(
    act.tx,
    told.map(({ accountId }) => accountId),
  )
  for (const account of accounts) {
    const signIn = last.get(toldKey(account.id))
    if (signIn) notifyAsOf(act, account, 'sign_in_unfinished', { ...signIn, at: signIn.createdAt })
  }
}

function toldKey(accountId: string): string {
  return `unfinished/${accountId}`
}
