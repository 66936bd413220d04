// Closing an account and reopening it: both by somebody, for a reason, and told to the holder.
import type { Account } from '../../domain/accounts/account.ts'
import { changeFactors, holdAccount } from '../../domain/accounts/factors.ts'
import { beginHold } from '../../domain/accounts/hold.ts'
import { selectLockedByGuessing, updateLock } from '../../domain/accounts/store.ts'
import { transact, type ActDeps } from '../../domain/act.ts'
import { fromNowhere, type Operator } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import { notify } from '../../domain/outbox/notify.ts'
import { endAllSessions } from '../../domain/sessions/end.ts'
import { liftCodeWaits } from '../../domain/throttle/codes.ts'
import { liftAllPasswordWaits } from '../../domain/throttle/passwords.ts'
import { forgetBrowsers } from '../../domain/throttle/store.ts'

/** Refuses every sign-in until support reopens the account, and ends all its sessions. */
export async function closeAccount(
  deps: ActDeps,
  { id: accountId }: Account,
  operator: Operator,
): Promise<void> {
  await transact(deps, fromNowhere(operator), async (act) => {
    const account = await changeFactors(act, { id: accountId })
    await updateLock(act.tx, accountId, { at: act.now, reason: 'support' })
    await endAllSessions(act, accountId)
    await forgetBrowsers(act.tx, accountId)
    notify(act, account, 'account_closed')
    record(act, { event: 'authn_login_lock', accountId, detail: {} })
  })
}

/**
 * Lifts the lock that `seen` has and forgets the wrong passwords and codes that were counted; where
 * somebody has locked or reopened the account since it was read, nothing changes. The holder of one that
 * was locked is told, and withdrawals are held for a while, unless only guessing had locked it: a
 * stranger can do that, and must not have a holder's withdrawals held by it.
 */
export async function reopenAccount(
  deps: ActDeps,
  seen: Account,
  operator: Operator,
): Promise<'reopened' | 'waits_lifted' | 'changed_meanwhile'> {
  const { id: accountId, loginId } = seen
  return transact(deps, fromNowhere(operator), async (act) => {
    const { tx, keys } = act
    const account = await holdAccount(act, { id: accountId })
    const { lockedAt, lockReason } = account
    if (lockedAt !== seen.lockedAt || lockReason !== seen.lockReason) return 'changed_meanwhile'
    const wasLocked = lockedAt !== null
    await changeFactors(act, account)
    await updateLock(tx, accountId, null)
    await liftAllPasswordWaits(tx, keys, loginId)
    await liftCodeWaits(tx, accountId)
    record(act, { event: 'authn_login_unlock', accountId, detail: { wasLocked } })
    if (!wasLocked) return 'waits_lifted'
    if (lockReason !== 'guessing') await beginHold(act, accountId, 'account_reopened')
    notify(act, account, 'account_reopened')
    return 'reopened'
  })
}

/** Reopens every account that guessing, and nothing else, has locked since a moment; returns how many. */
export async function reopenGuessed(
  deps: ActDeps,
  since: number,
  operator: Operator,
): Promise<number> {
  const accounts = await selectLockedByGuessing(deps.db, since)
  let reopened = 0
  for (const account of accounts) {
    if ((await reopenAccount(deps, account, operator)) === 'reopened') reopened += 1
  }
  return reopened
}
