// Closing an account and reopening it: both by somebody, for a reason, and told to the holder.
import type { Account } from '../../domain/accounts/account.ts'
import { moveFactors, takeAccount } from '../../domain/accounts/factors.ts'
import { beginHold } from '../../domain/accounts/hold.ts'
import { liftLock, listLockedByGuessing, setLock } from '../../domain/accounts/lock.ts'
import { actorOf, commandCaller, type Operator } from '../../domain/audit/operator.ts'
import { recordEvent } from '../../domain/audit/record.ts'
import type { Deps } from '../../domain/deps.ts'
import { notify } from '../../domain/notices/notify.ts'
import { endAllSessions } from '../../domain/sessions/end.ts'
import { liftCodeWaits } from '../../domain/throttle/codes.ts'
import { forgetBrowsers } from '../../domain/throttle/known-browsers.ts'
import { liftAllPasswordWaits } from '../../domain/throttle/passwords.ts'

type LockDeps = Pick<Deps, 'config' | 'db' | 'keys' | 'now'>

/** Refuses every sign-in until support reopens the account, and ends all its sessions. */
export async function lockAccount(
  deps: LockDeps,
  { id: accountId }: Account,
  operator: Operator,
): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    const account = await moveFactors(tx, accountId)
    await setLock(tx, deps, accountId, 'support')
    await endAllSessions(tx, deps, accountId)
    await forgetBrowsers(tx, accountId)
    await notify(tx, deps, commandCaller, 'account_closed', account)
    await recordEvent(tx, deps, commandCaller, {
      event: 'authn_login_lock',
      accountId,
      actor: actorOf(operator),
      detail: { reason: operator.reason },
    })
  })
}

/**
 * Lifts the lock that `seen` has and forgets the wrong passwords and codes that were counted; where
 * somebody has locked or reopened the account since it was read, nothing changes. The holder of one that
 * was locked is told, and withdrawals are held for a while, unless only guessing had locked it: a
 * stranger can do that, and must not have a holder's withdrawals held by it.
 */
export async function unlockAccount(
  deps: LockDeps,
  seen: Account,
  operator: Operator,
): Promise<'reopened' | 'waits_lifted' | 'changed_meanwhile'> {
  const { id: accountId, loginId } = seen
  return deps.db.transaction().execute(async (tx) => {
    const { lockedAt, lockReason } = await takeAccount(tx, accountId)
    const wasLocked = lockedAt !== null
    const isAsSeen = lockedAt === seen.lockedAt && lockReason === seen.lockReason
    if (!isAsSeen) return 'changed_meanwhile'
    const account = await moveFactors(tx, accountId)
    await liftLock(tx, accountId)
    await liftAllPasswordWaits(tx, deps.keys, loginId)
    await liftCodeWaits(tx, accountId)
    await recordEvent(tx, deps, commandCaller, {
      event: 'authn_login_unlock',
      accountId,
      actor: actorOf(operator),
      detail: { reason: operator.reason, wasLocked },
    })
    if (!wasLocked) return 'waits_lifted'
    if (lockReason !== 'guessing') await beginHold(tx, deps, accountId, 'account_reopened')
    await notify(tx, deps, commandCaller, 'account_reopened', account)
    return 'reopened'
  })
}

/** Reopens every account that guessing, and nothing else, has locked since a moment; returns how many. */
export async function unlockGuessed(
  deps: LockDeps,
  since: number,
  operator: Operator,
): Promise<number> {
  const accounts = await listLockedByGuessing(deps, since)
  let reopened = 0
  for (const account of accounts) {
    if ((await unlockAccount(deps, account, operator)) === 'reopened') reopened += 1
  }
  return reopened
}
