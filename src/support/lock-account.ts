// Closing an account and reopening it: both by somebody, for a reason, and told to the holder.
import type { Account } from '../accounts/account.ts'
import { moveFactors } from '../accounts/factors.ts'
import { beginHold } from '../accounts/hold.ts'
import { liftLock, listLockedByGuessing, setLock } from '../accounts/lock.ts'
import { actorOf, commandCaller, type Operator } from '../audit/operator.ts'
import { recordEvent } from '../audit/record.ts'
import type { Deps } from '../deps.ts'
import { notify } from '../notices/notify.ts'
import { endAllSessions } from '../sessions/end.ts'
import { liftCodeWaits } from '../throttle/codes.ts'
import { liftAllPasswordWaits } from '../throttle/passwords.ts'

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
 * Lifts the lock and forgets the wrong passwords and codes that were counted. An account that was
 * locked is held for a while and its holder is told; one that only waited is not. Returns which it was.
 */
export async function unlockAccount(
  deps: LockDeps,
  { id: accountId, loginId }: Account,
  operator: Operator,
): Promise<'reopened' | 'waits_lifted'> {
  return deps.db.transaction().execute(async (tx) => {
    const account = await moveFactors(tx, accountId)
    const wasLocked = account.lockedAt !== null
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
    await beginHold(tx, deps, accountId, 'account_reopened')
    await notify(tx, deps, commandCaller, 'account_reopened', account)
    return 'reopened'
  })
}

/** Reopens every account that guessing has locked since a moment; returns how many. */
export async function unlockGuessed(
  deps: LockDeps,
  since: number,
  operator: Operator,
): Promise<number> {
  const accounts = await listLockedByGuessing(deps, since)
  for (const account of accounts) await unlockAccount(deps, account, operator)
  return accounts.length
}
