// The accounts that are locked, for whatever reason.
import { countUpTo } from '../tables/count.ts'
import type { Database } from '../tables/tables.ts'
import type { LockReason } from '../vocabulary/reasons.ts'
import { accountColumns, type Account } from './account.ts'

/** How many accounts are locked for this reason, counted up to `most`. */
export function countLocked(db: Database, reason: LockReason, most: number): Promise<number> {
  const locked = db
    .selectFrom('accounts')
    .select('locked_at as at')
    .where('lock_reason', '=', reason)
    .orderBy('locked_at')
  return countUpTo(db, locked, most)
}

/** Accounts that were closed before a time, those closed first coming first. */
export async function selectClosedBefore(
  db: Database,
  time: number,
  most: number,
): Promise<readonly Account[]> {
  return db
    .selectFrom('accounts')
    .select(accountColumns)
    .where('lock_reason', '=', 'closed')
    .where('locked_at', '<=', time)
    .orderBy('locked_at')
    .limit(most)
    .execute()
}

/** The accounts locked by guessing since a moment, in the order of their locking. */
export async function selectLockedByGuessing(
  db: Database,
  since: number,
): Promise<readonly Account[]> {
  return db
    .selectFrom('accounts')
    .select(accountColumns)
    .where('lock_reason', '=', 'guessing')
    .where('locked_at', '>=', since)
    .orderBy('locked_at')
    .execute()
}
