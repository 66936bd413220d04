// The ends of a request other than its acts, each in the act that judges it (rule 25).
import type { Act } from '../act.ts'
import { record } from '../audit/record.ts'
import { notify } from '../outbox/notify.ts'
import type { RequestKind } from '../vocabulary/desk.ts'
import { selectOpenOf } from './pending.ts'
import type { DeskRequest, LapseReason } from './request.ts'
import { moveRequest, moveRequestsOf } from './store.ts'

interface Ending {
  readonly state: 'refused' | 'withdrawn' | 'cancelled' | 'lapsed'
  /** A fixed word, which the trail keeps. */
  readonly why: string
  /** What an operator wrote of it, which only the request keeps. */
  readonly reason?: string
  readonly approverId?: string
}

type Of = Pick<DeskRequest, 'id' | 'accountId'>
type Seen = Of & Pick<DeskRequest, 'state'>

/** Ends a request that still waits for what it was seen to wait for, its approval or its time; else false. */
export async function closeRequest(act: Act, request: Seen, ending: Ending): Promise<boolean> {
  const { id, state } = request
  if (state !== 'waiting' && state !== 'approved') return false
  if (!(await moveRequest(act.tx, id, [state], changeOf(act, ending)))) return false
  recordEnd(act, request, ending)
  return true
}

export async function lapseRequest(act: Act, request: Seen, why: LapseReason): Promise<void> {
  await closeRequest(act, request, { state: 'lapsed', why })
}

/**
 * Lapses every open request that an operator has asked for, or approved where it waits, as her right to it ends: it
 * does not come back with the right. The holders of what had been approved are told.
 */
export async function lapseRequestsOf(act: Act, operatorId: string): Promise<void> {
  for (const { holder, ...request } of await selectOpenOf(act.tx, operatorId, act.now)) {
    await lapseRequest(act, request, 'right_ended')
    if (request.state === 'approved' && holder) notify(act, holder, 'wait_lapsed')
  }
}

interface Which {
  readonly accountId: string
  readonly kinds: readonly RequestKind[]
  readonly from?: readonly ('waiting' | 'approved')[]
}

/** Ends every open request of these kinds for an account, whoever asked; returns how many. */
export async function closeRequestsOf(
  act: Act,
  { accountId, kinds, from = ['waiting', 'approved'] }: Which,
  ending: Ending,
): Promise<number> {
  const ids = await moveRequestsOf(act.tx, accountId, changeOf(act, ending), { from, kinds })
  for (const id of ids) recordEnd(act, { id, accountId }, ending)
  return ids.length
}

/** Ends what would open something for an account; true when some of it was approved, and waited. */
export async function lapseOpenings(
  act: Act,
  accountId: string,
  why: LapseReason,
): Promise<boolean> {
  const openings = { accountId, kinds: ['account'] } as const
  const ending = { state: 'lapsed', why } as const
  await closeRequestsOf(act, { ...openings, from: ['waiting'] }, ending)
  return (await closeRequestsOf(act, { ...openings, from: ['approved'] }, ending)) > 0
}

function changeOf(act: Act, { state, why, reason = why, approverId }: Ending) {
  return {
    ...{ state, closed_reason: reason, decided_at: act.now },
    ...(approverId === undefined ? {} : { approver_id: approverId }),
  }
}

function recordEnd(act: Act, { id, accountId }: Of, { state, why }: Ending): void {
  record(act, { event: 'authz_request_closed', accountId, detail: { request: id, state, why } })
}
