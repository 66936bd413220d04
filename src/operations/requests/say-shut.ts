import type { Account } from '../../domain/accounts/account.ts'
import type { Readings } from '../../domain/requests/readings.ts'
import { currentStop } from '../../domain/stops/level.ts'
import { toIso } from '../../kernel/clock.ts'

/**
 * How an account is shut, as the text of what opens it states it: whoever shuts it further makes void what was asked
 * for before (rule 38). The last stop is stated too, as one that stops no more than was stopped is an alarm all the
 * same; a lock by guessing, which strangers cause, is left to `reopen`.
 */
export async function sayShut(from: Readings, account: Account) {
  const { id, lockedAt, lockReason: reason } = account
  const stop = currentStop(account)
  const lastStop = await from.lastStopAt(id)
  return {
    lock: lockedAt === null || reason === 'guessing' ? null : { since: toIso(lockedAt), reason },
    stop: stop && { level: stop.level, since: toIso(stop.since) },
    lastStop: toIso(lastStop ?? null),
  }
}
