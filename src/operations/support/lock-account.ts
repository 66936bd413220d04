// Closing and reopening an account: by an operator, for a reason, and told to the holder.
import type { Account } from '../../domain/accounts/account.ts'
import { endActivation } from '../../domain/accounts/activation.ts'
import { changeFactors, holdAccount } from '../../domain/accounts/hold-account.ts'
import { selectLockedByGuessing } from '../../domain/accounts/locked.ts'
import { updateLock } from '../../domain/accounts/store.ts'
import { beginHold } from '../../domain/accounts/withdrawal-hold.ts'
import { transact, type Act, type ActDeps } from '../../domain/act.ts'
import { fromNowhere, type Operator } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import { notify } from '../../domain/outbox/notify.ts'
import { selectLivePasskeys } from '../../domain/passkeys/store.ts'
import { deleteSessions } from '../../domain/sessions/store.ts'
import { forgetBrowsers } from '../../domain/throttle/browsers-store.ts'
import { liftCodeWaits, selectStoppedCodes } from '../../domain/throttle/codes.ts'
import { liftAllPasswordWaits } from '../../domain/throttle/passwords.ts'
import { liftStrangerWaits } from '../../domain/throttle/strangers.ts'

/**
 * Refuses every sign-in until support reopens the account, and ends all its sessions. Changes nothing if the
 * contract has ended: the lock would take the place of its closing.
 */
export async function lockByCommand(
  deps: ActDeps,
  account: Pick<Account, 'id'>,
  operator: Operator,
): Promise<'contract_ended' | null> {
  return transact(deps, fromNowhere(operator), async (act) => {
    const { lockReason } = await holdAccount(act, { id: account.id })
    if (lockReason === 'closed') return 'contract_ended'
    await lockBySupport(act, account)
    return null
  })
}

/** Locks an account as part of the act, whose contract has not ended; over a lock by guessing, too. */
export async function lockBySupport(
  act: Act,
  { id: accountId }: Pick<Account, 'id'>,
  ticket?: string,
): Promise<void> {
  const account = await changeFactors(act, { id: accountId })
  await updateLock(act.tx, accountId, { at: act.now, reason: 'support' })
  await deleteSessions(act, accountId, 'support')
  await forgetBrowsers(act.tx, accountId)
  endActivation(act, account)
  notify(act, account, 'account_closed')
  record(act, { event: 'authn_login_lock', accountId, detail: ticket ? { ticket } : {} })
}

type Reopening =
  'reopened' | 'codes_resumed' | 'waits_lifted' | 'changed_meanwhile' | 'no_live_passkey'

/** Reopens an account in an act of its own, as `reopen` does. */
export async function reopenAccount(
  deps: ActDeps,
  seen: Account,
  operator: Operator,
): Promise<Reopening> {
  return transact(deps, fromNowhere(operator), (act) => reopen(act, seen))
}

/**
 * Lifts the lock that `seen` has and resets its counts of wrong passwords and codes, as part of the act; changes
 * nothing if the account was locked or reopened since it was read, or asks for a passkey and has no live one. If
 * the account was locked, or its codes were stopped, tells the holder; if support had locked it, also begins a hold.
 * A lock by guessing brings none, as strangers can cause one.
 */
export async function reopen(
  act: Act,
  seen: Pick<Account, 'id' | 'lockedAt' | 'lockReason'>,
): Promise<Reopening> {
  const { tx, keys } = act
  const account = await holdAccount(act, { id: seen.id })
  const { id: accountId, loginId, lockedAt, lockReason } = account
  if (lockedAt !== seen.lockedAt || lockReason !== seen.lockReason) return 'changed_meanwhile'
  const wasLocked = lockedAt !== null
  if (wasLocked && !(await letsIn(act, account))) return 'no_live_passkey'
  const stopped = (await selectStoppedCodes(tx, [accountId])).get(accountId) ?? []
  await changeFactors(act, account)
  await updateLock(tx, accountId, null)
  await liftAllPasswordWaits(tx, keys, loginId)
  await liftCodeWaits(tx, accountId)
  await liftStrangerWaits(act, account)
  record(act, { event: 'authn_login_unlock', accountId, detail: { wasLocked } })
  if (!wasLocked) {
    if (stopped.length === 0) return 'waits_lifted'
    notify(act, account, 'account_reopened')
    return 'codes_resumed'
  }
  const holds = lockReason !== 'guessing'
  const holdUntil = holds ? await beginHold(act, account, 'account_reopened') : null
  notify(act, account, 'account_reopened', holdUntil)
  return 'reopened'
}

/** Rule 40: whether the factor in force can be proven at all. */
async function letsIn({ tx }: Act, { id, secondFactor }: Account): Promise<boolean> {
  return secondFactor !== 'passkey' || (await selectLivePasskeys(tx, id)).length > 0
}

/** Reopens every account that was locked by guessing since a moment; returns how many. */
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
