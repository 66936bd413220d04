// With a wait, what opens is done when its time has come: checked again then (rule 38).
import { transact, type ActDeps } from '../../domain/act.ts'
import { fromNowhere } from '../../domain/actor.ts'
import { blockedByCase } from '../../domain/cases/store.ts'
import type { Deps } from '../../domain/deps.ts'
import { notify } from '../../domain/outbox/notify.ts'
import { lapseRequest } from '../../domain/requests/close.ts'
import { selectDue } from '../../domain/requests/pending.ts'
import { selectExpired, selectRequest } from '../../domain/requests/store.ts'
import type { LapseReason } from '../../domain/requests/request.ts'
import { approverRole, hasRole, isOwnAccount } from '../../domain/requests/two-persons.ts'
import type { Database } from '../../domain/tables/tables.ts'
import { mayStillAsk } from './approve.ts'
import { holdPair } from './hold-pair.ts'
import { perform } from './perform.ts'
import { restate } from './state-request.ts'

/**
 * Does a batch of what was approved and has waited long enough, each in its own act; returns how many it looked at.
 * One that fails is logged, and stops no other.
 */
export async function performDue(
  db: Database,
  now: number,
  deps: ActDeps & Pick<Deps, 'log'>,
): Promise<number> {
  const due = await selectDue(db, now)
  for (const id of due) {
    await performWaited(deps, id).catch((error: unknown) =>
      deps.log.error({ err: error, request: id }, 'what was approved could not be done'),
    )
  }
  return due.length
}

/**
 * Does the acts of an approved request whose time has come, unless something that its text states has changed or the
 * right of one of the two has ended, or a case is open that somebody else investigates: then it lapses, and the holder
 * is told. One that somebody else has ended is left alone.
 */
async function performWaited(deps: ActDeps, id: string): Promise<void> {
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
    const lapse = async (why: LapseReason) => {
      await lapseRequest(act, request, why)
      if (account) notify(act, account, 'wait_lapsed')
    }
    if (!right) return lapse('right_ended')
    const restated = await restate({ from: tx, config, now }, request, asker, account)
    if (!restated) return lapse('changed')
    if (account && (await blockedByCase(tx, account.id, approver.id))) return lapse('case_open')
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
