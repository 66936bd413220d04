// Rule 40: one operator suspends a stolen passkey, and two resume one that was found again.
import type { Account } from '../../domain/accounts/account.ts'
import { changeFactors, holdAccount } from '../../domain/accounts/hold-account.ts'
import { beginHold } from '../../domain/accounts/withdrawal-hold.ts'
import type { Act } from '../../domain/act.ts'
import { record } from '../../domain/audit/record.ts'
import { notify } from '../../domain/outbox/notify.ts'
import { isLive } from '../../domain/passkeys/passkey.ts'
import {
  selectKeptPasskey,
  selectLivePasskeys,
  updateSuspended,
} from '../../domain/passkeys/store.ts'
import { deleteSessions } from '../../domain/sessions/store.ts'
import { forgetBrowsers } from '../../domain/throttle/browsers-store.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { lockBySupport } from './lock-account.ts'

interface Suspension {
  readonly passkeyId: string
  /** Who suspends it, as its row keeps it. */
  readonly by: string
  /** The locking is left out where the act goes on to let the holder in another way. */
  readonly locks: boolean
  readonly ticket?: string
}

/**
 * Suspends a passkey as part of the act: from then on it signs nobody in and proves nothing. Ends all sessions
 * and open sign-ins, and tells the holder. The factor stays as it is; the account is locked where no other passkey
 * is live, or where a code by e-mail is all that it asks for. Of one that is suspended already, only the locking is
 * left to do. 404 `no_such_passkey`.
 */
export async function suspendPasskey(
  act: Act,
  { id: accountId }: Pick<Account, 'id'>,
  { passkeyId: id, by, locks, ticket }: Suspension,
): Promise<void> {
  const passkey = await selectKeptPasskey(act.tx, { accountId, id })
  if (!passkey) throw new Problem('no_such_passkey')
  const suspends = isLive(passkey)
  const account = await (suspends ? changeFactors : holdAccount)(act, { id: accountId })
  if (suspends) await updateSuspended(act.tx, id, { at: act.now, by })
  const last = (await selectLivePasskeys(act.tx, accountId)).length === 0
  if (suspends) await endWithPasskey(act, account, { passkey: id, last, ...(ticket && { ticket }) })
  const isOpen = account.lockReason === null || account.lockReason === 'guessing'
  if (!locks || !isOpen) return
  if (last || account.secondFactor === 'email') await lockBySupport(act, account, ticket)
}

/** What may be the thief's ends with the passkey. */
async function endWithPasskey(
  act: Act,
  account: Account,
  detail: { readonly passkey: string; readonly last: boolean; readonly ticket?: string },
): Promise<void> {
  const { id: accountId } = account
  await deleteSessions(act, accountId, 'support')
  await forgetBrowsers(act.tx, accountId)
  notify(act, account, 'passkey_suspended')
  record(act, { event: 'authn_passkey_suspended', accountId, detail })
}

/**
 * Resumes a suspended passkey as part of the act, which begins a hold and is told to the holder; a lock stays. 404
 * `no_such_passkey`; 409 `nothing_to_do` where it is live.
 */
export async function resumePasskey(
  act: Act,
  { id: accountId }: Pick<Account, 'id'>,
  id: string,
): Promise<void> {
  const account = await changeFactors(act, { id: accountId })
  const passkey = await selectKeptPasskey(act.tx, { accountId, id })
  if (!passkey) throw new Problem('no_such_passkey')
  if (passkey.suspendedAt === null) throw new Problem('nothing_to_do')
  await updateSuspended(act.tx, id, null)
  notify(act, account, 'passkey_resumed', await beginHold(act, account, 'passkey_resumed'))
  record(act, { event: 'authn_passkey_resumed', accountId, detail: { passkey: id } })
}
