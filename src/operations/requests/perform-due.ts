// With a wait, what opens is done when its time has come: checked again then (rule 38).
import { transact, type Act, type ActDeps } from '../../domain/act.ts'
import { fromNowhere } from '../../domain/actor.ts'
import { blockedByCase } from '../../domain/cases/store.ts'
import type { Deps } from '../../domain/deps.ts'
import { operatorNames } from '../../domain/operators/names.ts'
import { notify } from '../../domain/outbox/notify.ts'
import { lapseRequest } from '../../domain/requests/close.ts'
import { selectDue } from '../../domain/requests/pending.ts'
import { readingsOf } from '../../domain/requests/readings.ts'
import type { DeskRequest, LapseReason } from '../../domain/requests/request.ts'
import { selectExpired, selectRequest } from '../../domain/requests/store.ts'
import { hasRightToAsk, hasRightToDecide } from '../../domain/requests/two-persons.ts'
import type { Database } from '../../domain/tables/tables.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { holdPair, type Held } from './hold-pair.ts'
import { perform } from './perform.ts'
import { findVoid, restate } from './state-request.ts'

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
  const waited = { seen, approverId: seen.approverId }
  await transact(deps, fromNowhere('system'), async (act) => {
    const held = await holdDue(act, waited)
    if (!held) return
    const { request, account, asker, other: approver } = held
    if (!hasRightToAsk(request, asker) || !hasRightToDecide(request, approver)) {
      return lapse(act, held, 'right_ended')
    }
    const restated = await restate(readingsOf(act.tx), act.now, request, asker, { account })
    if (!restated) return lapse(act, held, 'changed')
    if (account && (await blockedByCase(act.tx, account.id, approver.id))) {
      return lapse(act, held, 'case_open')
    }
    const pair = { requestId: request.id, asker, approver, reason: request.reason }
    // Neither the holder nor the system did it: the trail has who approved it, wherever her browser is now.
    const byApprover = { ...act, by: fromNowhere({ id: approver.id, name: approver.name }) }
    await perform(byApprover, request, restated, pair, { from: 'approved' })
  }).catch(async (error: unknown) => {
    if (!(error instanceof Problem)) throw error
    // One of the acts cannot be done after all, and of the others nothing is left: it would be tried for ever.
    await transact(deps, fromNowhere('system'), async (act) => {
      const held = await holdDue(act, waited)
      if (held) await lapse(act, held, 'changed')
    })
  })
}

interface Waited {
  readonly seen: DeskRequest
  readonly approverId: string
}

/** What a request depends on that is still to be done and whose time has come; null for any other. */
async function holdDue(act: Act, { seen, approverId }: Waited): Promise<Held | null> {
  const held = await holdPair(act, seen, approverId)
  const { state, takesEffectAt } = held.request
  return state === 'approved' && takesEffectAt !== null && takesEffectAt <= act.now ? held : null
}

async function lapse(act: Act, { request, account }: Held, why: LapseReason): Promise<void> {
  await lapseRequest(act, request, why)
  if (account) notify(act, account, 'wait_lapsed')
}

/**
 * Says of a batch of requests that nobody has approved in time that they lapsed, and of those that were void before,
 * that it was a change; returns how many.
 */
export async function lapseExpired(db: Database, now: number, deps: ActDeps): Promise<number> {
  const expired = await selectExpired(db, now)
  if (expired.length === 0) return 0
  await transact(deps, fromNowhere('system'), async (act) => {
    const isVoid = await findVoid(readingsOf(act.tx), now, expired, await operatorNames(act.tx))
    for (const request of expired) {
      await lapseRequest(act, request, isVoid.has(request.id) ? 'changed' : 'expired')
    }
  })
  return expired.length
}
