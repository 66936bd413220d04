// What was asked for and approved is done once: in the approval's own transaction, or when its wait is over.
import type { Account } from '../../domain/accounts/account.ts'
import { holdAccount } from '../../domain/accounts/hold-account.ts'
import type { Act } from '../../domain/act.ts'
import { record } from '../../domain/audit/record.ts'
import { notify } from '../../domain/outbox/notify.ts'
import type { Pair, Performed, Subject } from '../../domain/requests/act-kind.ts'
import type { DeskRequest } from '../../domain/requests/request.ts'
import { moveRequest } from '../../domain/requests/store.ts'
import { watchDone } from '../../domain/requests/watch.ts'
import type { RequestAct } from '../../domain/vocabulary/desk.ts'
import { Problem } from '../../kernel/http/problem.ts'
import type { WaitNotice } from '../../text/wait-notices.ts'
import type { Held } from './hold-pair.ts'
import type { Restated } from './state-request.ts'

/** From which state, and what is written of the decision with it. */
interface Decision {
  readonly from: 'waiting' | 'approved'
  readonly approver_id?: string
  readonly decided_at?: number
  readonly receipt?: string
}

export interface Approved {
  readonly state: 'done' | 'approved'
  readonly takesEffectAt: number | null
  /** The approver's half of a code, which is shown once. */
  readonly codeHalf: string | null
}

/** Does what was approved, or, where the broker wants a wait, what of it closes something; the rest waits. */
export async function performApproved(
  act: Act,
  { request, asker, other: approver }: Held,
  restated: Restated,
  receipt: string,
): Promise<Approved> {
  const { waitMilliseconds } = act.config.desk
  const { acts, on } = restated
  const pair = { requestId: request.id, asker, approver, reason: request.reason }
  const decided = { approver_id: approver.id, decided_at: act.now, receipt }
  const { id, accountId, names } = request
  const detail = { request: id, acts: names.join(','), asker: asker.id }
  record(act, { event: 'authz_request_approved', accountId, detail })
  if (request.kind === 'account' && waitMilliseconds > 0) {
    const takesEffectAt = act.now + waitMilliseconds
    await move(act, request, 'waiting', {
      ...decided,
      state: 'approved',
      takes_effect_at: takesEffectAt,
    })
    if (on.account) tellWait(act, on.account, request, takesEffectAt)
    for (const { one } of acts) await one.closeFirst(act, await afresh(act, on), pair)
    return { state: 'approved', takesEffectAt, codeHalf: null }
  }
  const codeHalf = await perform(act, request, restated, pair, { ...decided, from: 'waiting' })
  return { state: 'done', takesEffectAt: null, codeHalf }
}

/** Says what waits, until when, and how it is cancelled: a notice for each act. */
function tellWait(act: Act, account: Account, { names }: DeskRequest, dueAt: number): void {
  for (const name of new Set(names)) {
    const notice = notices[name]
    if (notice) notify(act, account, notice, { dueAt })
  }
}

const notices: Readonly<Partial<Record<RequestAct, WaitNotice>>> = {
  'remove-passkey': 'waits_remove_passkey',
  'resume-passkey': 'waits_resume_passkey',
  reopen: 'waits_reopen',
  'change-email': 'waits_change_email',
  'activation-code': 'waits_activation_code',
  'end-hold': 'waits_end_hold',
}

/** Does all acts in their order and closes the request; returns the approver's half of a code, if there is one. */
export async function perform(
  act: Act,
  request: DeskRequest,
  { acts, on }: Restated,
  pair: Pair,
  { from, ...decided }: Decision,
): Promise<string | null> {
  let performed: Performed = {}
  for (const { one, states } of acts) {
    performed = { ...performed, ...(await one.perform(act, await afresh(act, on), pair, states)) }
  }
  const { operatorId, halves, mark } = performed
  const { id, accountId, names } = request
  await move(act, request, from, {
    ...{ ...decided, state: 'done', done_at: act.now },
    ...(operatorId === undefined ? {} : { operator_id: operatorId }),
    ...(halves ? { asker_half: act.keys.seal('enrolment-half', id, halves.asker) } : {}),
    ...(mark === undefined ? {} : { asker_half: mark }),
  })
  const detail = { request: id, acts: names.join(',') }
  record(act, { event: 'authz_request_done', accountId, detail })
  await watchDone(act, { ...request, acts: names, approverId: pair.approver.id })
  return halves?.approver ?? null
}

/** Of two who decide at once one finds it no longer so, after having held it: nothing may be left of its act. */
async function move(
  act: Act,
  { id }: DeskRequest,
  from: 'waiting' | 'approved',
  change: Parameters<typeof moveRequest>[3],
): Promise<void> {
  if (!(await moveRequest(act.tx, id, [from], change))) throw new Problem('request_closed')
}

/** The account as the acts before have left it. */
async function afresh(act: Act, on: Subject): Promise<Subject> {
  return on.account ? { ...on, account: await holdAccount(act, { id: on.account.id }) } : on
}
