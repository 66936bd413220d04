// Rule 11: after a change that an account thief would make first, applications hold withdrawals, or trades too.
import { toIso } from '../../kernel/clock.ts'
import type { HoldScope } from '../../settings/life.ts'
import type { Act } from '../act.ts'
import type { HoldReason } from '../vocabulary/reasons.ts'
import type { Account, Hold } from './account.ts'
import { updateHold } from './store.ts'

/** The hold in force at `now`, or null. */
export function currentHold(account: Account, now: number): Hold | null {
  const { holdUntil: until, holdReason: reason } = account
  return until !== null && reason !== null && until > now ? { until, reason } : null
}

/** A hold as its session and applications are told of it. */
interface HoldTold {
  readonly until: string
  readonly reason: HoldReason
  readonly scope: HoldScope
}

/** What a session and applications are told of the hold in force at `now`, or null. */
export function tellHold(account: Account, now: number, scope: HoldScope): HoldTold | null {
  const hold = currentHold(account, now)
  return hold && { until: toIso(hold.until), reason: hold.reason, scope }
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
