import type { Account } from '../../domain/accounts/account.ts'
import { currentHold } from '../../domain/accounts/hold.ts'
import { toIso } from '../../kernel/clock.ts'

/** Rule 11: until when applications refuse withdrawals, and why; nothing when there is no hold. */
export function holdClaim(account: Account, now: number) {
  const hold = currentHold(account, now)
  return hold ? { hold: { until: toIso(hold.until), reason: hold.reason } } : {}
}
