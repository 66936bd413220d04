// Rule 11: after a change that an account thief would make first, applications hold withdrawals.
import type { Act } from '../act.ts'
import type { HoldReason } from '../vocabulary/reasons.ts'
import type { Account, Hold } from './account.ts'
import { updateHold } from './store.ts'

/** The hold in force at `now`, or null. */
export function currentHold(account: Account, now: number): Hold | null {
  const { holdUntil: until, holdReason: reason } = account
  return until !== null && reason !== null && until > now ? { until, reason } : null
}

/** Begins a hold of the configured length, unless a hold in force lasts longer; returns its end. */
export async function beginHold(
  { tx, config, now, happened }: Act,
  { id, holdUntil }: Pick<Account, 'id' | 'holdUntil'>,
  reason: HoldReason,
): Promise<number> {
  const until = now + config.holdMilliseconds
  await updateHold(tx, id, { until, reason, now })
  happened({ event: 'hold', detail: { reason } })
  return Math.max(until, holdUntil ?? 0)
}
