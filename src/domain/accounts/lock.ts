// A lock refuses every sign-in as a wrong password is refused; nobody learns of it but the holder, by mail.
import type { Deps } from '../deps.ts'
import type { LockReason, Tx } from '../tables/tables.ts'
import type { Account } from './account.ts'
import { selectLockedByGuessing, updateLock } from './store.ts'

/** Whether a sign-in is refused: a lock by guessing keeps no known browser out (rule 19). */
export function isLockedFor(account: Account, knownBrowser: string | null): boolean {
  if (account.lockedAt === null) return false
  return account.lockReason !== 'guessing' || knownBrowser === null
}

/** Locks an account; the caller has moved its factors. */
export async function setLock(
  tx: Tx,
  { now }: Pick<Deps, 'now'>,
  accountId: string,
  reason: LockReason,
): Promise<void> {
  await updateLock(tx, accountId, { at: now(), reason })
}

/** Lifts whatever lock there is; the caller has moved the factors. */
export async function liftLock(tx: Tx, accountId: string): Promise<void> {
  await updateLock(tx, accountId, null)
}

/** The accounts that guessing has locked since a moment, the first locked first. */
export async function listLockedByGuessing(
  { db }: Pick<Deps, 'db'>,
  since: number,
): Promise<readonly Account[]> {
  return selectLockedByGuessing(db, since)
}
