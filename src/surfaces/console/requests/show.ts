import { approverRole } from '../../../domain/requests/two-persons.ts'
import { requestStates, type RequestState } from '../../../domain/vocabulary/desk.ts'
import {
  listRequests,
  lookAtRequest,
  type ListedRequest,
} from '../../../operations/requests/look-at-requests.ts'
import { hasRole } from '../frame/context.ts'
import { readPlace, writePlace } from '../frame/pages-of.ts'
import { signedInPage } from '../frame/show.ts'
import { requestsPage } from './list-page.ts'
import { aboutIn } from './plain.ts'
import { requestPage } from './request-page.ts'
import type { RequestLine } from './view.ts'

/** `/requests`, one page of the list; what waits for who looks stands on top of the first. */
export const showRequests = signedInPage(null, async ({ visit, deps, session, context }) => {
  const { operator } = session
  const { state: asked, before } = visit.req.query()
  const state = requestStates.find((one) => one === asked)
  const place = (before && readPlace(before)) || undefined
  const approves = hasRole(context, 'approver', 'admin')
  const [waiting, listed] = await Promise.all([
    approves && !place ? listRequests(deps, operator, { state: 'waiting' }) : null,
    listRequests(deps, operator, { state, before: place }),
  ])
  const isMine = ({ request, asker }: ListedRequest) =>
    asker.id !== operator.id && operator.roles.includes(approverRole[request.kind])
  const mine = waiting?.requests.filter(isMine) ?? []
  const known = new Set(mine.map(({ request }) => request.id))
  const others = listed.requests.filter(({ request }) => !known.has(request.id))
  return requestsPage(context, {
    mine: mine.map(viewLine),
    others: others.map(viewLine),
    state: state ?? null,
    next: listed.next && nextAddress(state, writePlace(listed.next)),
    approves,
  })
})

function nextAddress(state: RequestState | undefined, before: string): string {
  return `/requests?${new URLSearchParams({ ...(state && { state }), before })}`
}

/** `/requests/:id`; who may not see it is led back. */
export const showRequest = signedInPage(null, async ({ visit, deps, session, context }) => {
  const { operator } = session
  const id = visit.req.param('id') ?? ''
  const seen = await lookAtRequest(deps, operator, id)
  const { request, approver, approverSignedIn, obstacle } = seen
  return requestPage(context, {
    ...viewLine(seen),
    ...{ approver, approverSignedIn, obstacle },
    accountId: request.accountId,
    text: request.text,
    digest: request.digest,
    reason: request.reason,
    ticket: request.ticket,
    checks: request.checks,
    decidedAt: request.decidedAt,
    takesEffectAt: request.takesEffectAt,
    doneAt: request.doneAt,
    closedReason: request.closedReason,
    hasReceipt: request.receipt !== null,
    hasCode: seen.hasCode,
  })
})

/** A request as a row. */
function viewLine({ request, state, asker }: ListedRequest): RequestLine {
  const { id, kind, names, askedAt, expiresAt, text } = request
  return { id, kind, names, about: aboutIn(text), asker, state, askedAt, expiresAt }
}
