// The ends of a request other than its acts, each in the act that judges it (rule 25).
import type { Act } from '../act.ts'
import { record } from '../audit/record.ts'
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

/** Ends a request that waits for its approval or its time; false when it has ended already. */
export async function closeRequest(act: Act, request: Of, ending: Ending): Promise<boolean> {
  if (!(await moveRequest(act.tx, request.id, ['waiting', 'approved'], changeOf(act, ending)))) {
    return false
  }
  recordEnd(act, request, ending)
  return true
}

export async function lapseRequest(act: Act, request: Of, why: LapseReason): Promise<void> {
  await closeRequest(act, request, { state: 'lapsed', why })
}

/** Ends every open request for an account, as its holder says that none is hers; returns how many. */
export async function closeRequestsOf(
  act: Act,
  accountId: string,
  ending: Ending,
): Promise<number> {
  const which = { from: ['waiting', 'approved'], kinds: ['account', 'operator'] } as const
  const ids = await moveRequestsOf(act.tx, accountId, changeOf(act, ending), which)
  for (const id of ids) recordEnd(act, { id, accountId }, ending)
  return ids.length
}

/** Ends what would open something for an account; true when some of it was approved, and waited. */
export async function lapseRequestsOf(
  act: Act,
  accountId: string,
  why: LapseReason,
): Promise<boolean> {
  const ending = { state: 'lapsed', why } as const
  const move = async (state: 'waiting' | 'approved') => {
    const which = { from: [state], kinds: ['account'] } as const
    const ids = await moveRequestsOf(act.tx, accountId, changeOf(act, ending), which)
    for (const id of ids) recordEnd(act, { id, accountId }, ending)
    return ids.length > 0
  }
  await move('waiting')
  return move('approved')
}

function changeOf(act: Act, { state, why, reason = why, approverId }: Ending) {
  return {
    ...{ state, closed_reason: reason, decided_at: act.now },
    ...(approverId === undefined ? {} : { approver_id: approverId }),
  }
}

function recordEnd(act: Act, { id, accountId }: Of, { state, why }: Ending): void {
  record(act, {
    event: 'authz_request_closed',
    detail: { request: id, state, why },
    ...(accountId === null ? {} : { accountId }),
  })
}
