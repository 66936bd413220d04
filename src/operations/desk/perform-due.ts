// With a wait, what opens is done when its time has come: checked again then (rule 38).
import { transact, type ActDeps } from '../../domain/act.ts'
import { fromNowhere } from '../../domain/actor.ts'
import { lapseRequest } from '../../domain/requests/close.ts'
import { selectDue, selectExpired, selectRequest } from '../../domain/requests/store.ts'
import { approverRole, hasRole, isOwnAccount } from '../../domain/requests/two-persons.ts'
import type { Database } from '../../domain/tables/tables.ts'
import { mayStillAsk } from './approve.ts'
import { holdPair } from './hold-pair.ts'
import { perform } from './perform.ts'
import { restate } from './state-request.ts'

/** Does a batch of what was approved and has waited long enough; returns how many it looked at. */
export async function performDue(deps: ActDeps): Promise<number> {
  const due = await selectDue(deps.db, deps.now())
  for (const id of due) await performWaited(deps, id)
  return due.length
}

/**
 * Does the acts of an approved request whose time has come, unless something that its text states has changed or the
 * right of one of the two has ended: then it lapses. One that somebody else has ended is left alone.
 */
export async function performWaited(deps: ActDeps, id: string): Promise<void> {
  const seen = await selectRequest(deps.db, id)
  if (!seen?.approverId) return
  const approverId = seen.approverId
  await transact(deps, fromNowhere('system'), async (act) => {
    const { tx, config, now } = act
    const { request, account, asker, other: approver } = await holdPair(act, seen, approverId)
    const { state, takesEffectAt, kind } = request
    if (state !== 'approved' || takesEffectAt === null || takesEffectAt > now) return
    const right =
      mayStillAsk(request, asker) &&
      hasRole(approver, approverRole[kind]) &&
      !isOwnAccount(request, approver)
    if (!right) return lapseRequest(act, request, 'right_ended')
    const restated = await restate({ db: tx, config, now }, request, asker, account)
    if (!restated) return lapseRequest(act, request, 'changed')
    const pair = { asker, approver, reason: request.reason }
    await perform(act, request, restated, pair, { from: 'approved' })
  })
}

/** Says of a batch of requests that nobody has approved in time that they lapsed; returns how many. */
export async function lapseExpired(db: Database, now: number, deps: ActDeps): Promise<number> {
  const expired = await selectExpired(db, now)
  if (expired.length === 0) return 0
  await transact(deps, fromNowhere('system'), async (act) => {
    for (const { id, accountId } of expired) await lapseRequest(act, { id, accountId }, 'expired')
  })
  return expired.length
}
