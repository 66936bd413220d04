import { transact, type ActDeps } from '../../domain/act.ts'
import { fromNowhere, type Operator } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import { deleteEventsBefore } from '../../domain/audit/store.ts'
import { toIso } from '../../kernel/clock.ts'
import { inTurns } from './in-turns.ts'

/**
 * Deletes the events that are older than the trail is kept, a batch at a time, and leaves one that says so;
 * returns how many they were. Throws where the database's user may only add to the trail.
 */
export async function trimTrail(
  deps: ActDeps,
  kept: number,
  operator: Operator,
): Promise<{ before: string; events: number }> {
  const time = deps.now() - kept
  const events = await inTurns(() => deleteEventsBefore(deps.db, time))
  const detail = { before: toIso(time), events }
  await transact(deps, fromNowhere(operator), async (act) =>
    record(act, { event: 'sys_trail_trimmed', detail }),
  )
  return detail
}
