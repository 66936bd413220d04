// What ends a request before anything is done: a refusal by who could approve it, or who asked takes it back.
import { transact, type ActDeps } from '../../domain/act.ts'
import { asOperator } from '../../domain/actor.ts'
import type { DeskOperator } from '../../domain/operators/operator.ts'
import { requireWorking } from '../../domain/operators/store.ts'
import { notify } from '../../domain/outbox/notify.ts'
import { closeRequest } from '../../domain/requests/close.ts'
import { isOpen } from '../../domain/requests/request.ts'
import {
  approverRole,
  askerRole,
  hasRightToDecide,
  hasRole,
  isOwnAccount,
  isOwnRequest,
} from '../../domain/requests/two-persons.ts'
import type { Caller } from '../../kernel/caller.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { findRequest } from '../desk/find.ts'
import { holdPair } from './hold-pair.ts'

/**
 * Refuses a request. Throws 403 `own_request` (that is a withdrawal), `not_allowed`; 404 `not_found`; 409
 * `request_closed`.
 */
export async function refuseRequest(
  deps: ActDeps,
  caller: Caller,
  operator: DeskOperator,
  id: string,
  reason: string,
): Promise<void> {
  const seen = await findRequest(deps.db, id)
  await transact(deps, asOperator(caller, operator), async (act) => {
    const { request, other } = await holdPair(act, seen, operator.id)
    if (isOwnRequest(request, other)) throw new Problem('own_request')
    if (!hasRightToDecide(request, other)) throw new Problem('not_allowed')
    if (!isOpen(request, act.now)) throw new Problem('request_closed')
    const ending = { state: 'refused', why: 'refused', reason, approverId: other.id } as const
    await closeRequest(act, request, ending)
  })
}

/**
 * Takes a request back, or cancels one that is approved and waits: this any agent or approver may do, as nothing opens
 * by it, and its holder is told. Throws 403 `not_allowed` for anybody's else; 404 `not_found`; 409 `request_closed`.
 */
export async function withdrawRequest(
  deps: ActDeps,
  caller: Caller,
  operator: DeskOperator,
  id: string,
): Promise<void> {
  const seen = await findRequest(deps.db, id)
  const desk = [askerRole[seen.kind], approverRole[seen.kind]]
  const isOfDesk = desk.some((role) => hasRole(operator, role))
  const waits = seen.state === 'approved' && isOfDesk
  if (isOwnAccount(seen, operator)) throw new Problem('not_allowed')
  if (!waits && !isOwnRequest(seen, operator)) throw new Problem('not_allowed')
  await transact(deps, asOperator(caller, operator), async (act) => {
    const { request, account, other } = await holdPair(act, seen, operator.id)
    requireWorking(other, waits ? desk : null)
    if (request.state === 'approved' && waits) {
      await closeRequest(act, request, { state: 'cancelled', why: 'by_support' })
      if (account) notify(act, account, 'wait_cancelled')
      return
    }
    if (!isOpen(request, act.now)) throw new Problem('request_closed')
    await closeRequest(act, request, { state: 'withdrawn', why: 'withdrawn' })
  })
}
