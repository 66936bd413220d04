import type { Account } from '../../domain/accounts/account.ts'
import { holdAccount } from '../../domain/accounts/hold-account.ts'
import { deleteHold } from '../../domain/accounts/store.ts'
import { currentHold } from '../../domain/accounts/withdrawal-hold.ts'
import type { Act } from '../../domain/act.ts'
import { record } from '../../domain/audit/record.ts'
import { notify } from '../../domain/outbox/notify.ts'
import { toIso } from '../../kernel/clock.ts'
import { Problem } from '../../kernel/http/problem.ts'

/** Ends the hold in force before its time, as part of the act, and tells the holder; 409 `nothing_to_do`. */
export async function endHold(act: Act, { id }: Pick<Account, 'id'>): Promise<void> {
  const account = await holdAccount(act, { id })
  const hold = currentHold(account, act.now)
  if (!hold || !(await deleteHold(act.tx, id, hold))) throw new Problem('nothing_to_do')
  notify(act, account, 'hold_ended')
  const detail = { until: toIso(hold.until) }
  record(act, { event: 'authz_hold_ended', accountId: id, detail })
}
