import { z } from 'zod'
import { operatorRequestOptions } from '../../../domain/operators/options.ts'
import { authenticationAnswer } from '../../../domain/passkeys/answers.ts'
import { requestStates } from '../../../domain/vocabulary/desk.ts'
import { toIso } from '../../../kernel/clock.ts'
import { isId } from '../../../kernel/secrets.ts'
import { approve as approveIt, beginApproval } from '../../../operations/requests/approve.ts'
import { askFor } from '../../../operations/requests/ask.ts'
import { refuseRequest, withdrawRequest } from '../../../operations/requests/end-request.ts'
import {
  listRequests,
  lookAtRequest,
  lookBeforeAsking,
  showRequest,
} from '../../../operations/requests/look-at-requests.ts'
import { areApproversIn } from '../../../operations/requests/who-approves.ts'
import { invalidRequest, isoTime } from '../../frame/action.ts'
import type { Visit } from '../../frame/visit.ts'
import { why } from '../accounts/written.ts'
import { readBefore, writePlace } from '../frame/pages-of.ts'
import { operatorAction } from '../frame/session.ts'
import {
  firstOf,
  listedRequest,
  readReceipt,
  shownRequest,
  viewListed,
  viewShown,
} from './request-view.ts'

const idOf = (visit: Visit) => visit.req.param('id') ?? ''

const word = z.string().regex(/^[a-z][a-z-]{0,39}$/)
const said = why.shape.ticket
const check = z.union([
  word.transform((name) => ({ check: name })),
  z.object({
    check: word,
    method: said.optional(),
    /** The number called back. */
    number: said.optional(),
    at: isoTime.optional(),
  }),
])

const accountId = z.string().max(64).nullable()

/** An act with its values beside its name, which its own kind reads. */
const oneAct = z.looseObject({ act: z.string().max(40), accountId: accountId.optional() })

const asking = z.looseObject({
  act: z.string().max(40).optional(),
  acts: z.array(oneAct).max(100).optional(),
  accountId: accountId.optional(),
  reason: why.shape.reason,
  ticket: why.shape.ticket,
  checks: z.array(check).max(20).default([]),
})

export const ask = operatorAction(
  ['agent', 'admin'],
  {
    summary: 'Asks for acts that another operator approves',
    status: 201,
    problems: [
      ...(['checks_missing', 'not_found', 'no_such_passkey', 'too_many_requests'] as const),
      ...(['case_open', 'contract_ended', 'nothing_to_do', 'no_live_passkey'] as const),
      'passkey_in_force' as const,
      ...(['roles_not_allowed', 'operator_known', 'last_admins'] as const),
    ],
    body: asking,
    answer: shownRequest
      .pick({ id: true, act: true, acts: true, text: true, digest: true })
      .extend({ state: z.literal('waiting'), expiresAt: isoTime, approverSignedIn: z.boolean() }),
  },
  async ({ deps, caller, session, body }) => {
    const { act, acts, reason, ticket, checks } = body
    if ((act === undefined) === (acts === undefined)) {
      throw invalidRequest([{ path: 'act', message: 'either act or acts' }])
    }
    const input = {
      ...{ accountId: oneAccount([body, ...(acts ?? [])]), reason, ticket },
      acts: acts ?? [{ ...body, act: act ?? '' }],
      checks: checks.map(withoutAbsent),
    }
    const request = await askFor(deps, caller, session.operator, input)
    const [approverSignedIn = false] = await areApproversIn(deps.db, [request], deps.now())
    const { id, names, text, digest } = request
    return {
      ...{ id, act: firstOf(request), acts: [...names], state: 'waiting' as const, text, digest },
      ...{ expiresAt: toIso(request.expiresAt), approverSignedIn },
    }
  },
)

/** The one account that is named, beside the acts or in each of them; null for none. */
function oneAccount(
  named: readonly { readonly accountId?: string | null | undefined }[],
): string | null {
  const ids = new Set(named.flatMap(({ accountId: id }) => id ?? []))
  if (ids.size > 1) throw invalidRequest([{ path: 'accountId', message: 'one account' }])
  const [id = null] = ids
  return id
}

function withoutAbsent<T extends object>(value: T) {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}

/** An id in a query, which may be missing; 400 `invalid_request` for what can be none. */
function readId(path: string, given: string | undefined): string | null {
  if (!given) return null
  if (!isId(given)) throw invalidRequest([{ path, message: 'no id' }])
  return given
}

export const list = operatorAction(
  null,
  {
    summary: 'Requests, the newest first',
    answer: z.object({ requests: z.array(listedRequest), next: z.string().nullable() }),
  },
  async ({ deps, visit, session }) => {
    const { state: given, accountId } = visit.req.query()
    const state = given ? z.enum(requestStates).safeParse(given).data : undefined
    if (given && state === undefined) throw invalidRequest([{ path: 'state', message: 'unknown' }])
    const wanted = {
      ...{ state, accountId: readId('accountId', accountId) ?? undefined },
      before: readBefore(visit) ?? undefined,
    }
    const { requests, next } = await listRequests(deps, session.operator, wanted)
    return { requests: requests.map(viewListed), next: writePlace(next) }
  },
)

export const before = operatorAction(
  null,
  {
    summary:
      'What is worth knowing before something is asked for: whether somebody could approve it',
    answer: z.object({ approverSignedIn: z.boolean(), openedLately: z.boolean() }),
  },
  async ({ deps, visit, session }) =>
    lookBeforeAsking(deps, session.operator, {
      accountId: readId('accountId', visit.req.query('accountId')),
      operatorId: readId('operatorId', visit.req.query('operatorId')),
    }),
)

/** It may spend a half of a code. */
export const show = operatorAction(
  null,
  {
    summary: 'A request with its text and, once it is approved, its receipt',
    problems: ['not_found', 'not_allowed'],
    leavesRecord: true,
    answer: shownRequest,
  },
  async ({ deps, visit, caller, session }) => {
    const id = idOf(visit)
    if (visit.req.method !== 'HEAD') {
      return viewShown(await showRequest(deps, caller, session.operator, id))
    }
    // Nobody sees the half in an answer without a body.
    const seen = await lookAtRequest(deps, session.operator, id)
    return viewShown({ ...seen, codeHalf: null, activationCode: null })
  },
)

export const receipt = operatorAction(
  null,
  {
    summary: 'The receipt of a request that is approved, or null; it spends no half of a code',
    problems: ['not_found', 'not_allowed'],
    answer: shownRequest.pick({ receipt: true }),
  },
  async ({ deps, visit, session }) => {
    const { request } = await lookAtRequest(deps, session.operator, idOf(visit))
    return { receipt: readReceipt(request) }
  },
)

export const approvalOptions = operatorAction(
  null,
  {
    summary: 'Options to sign a request with a passkey of the approver',
    problems: ['not_found', 'own_request', 'not_allowed', 'request_closed', 'case_open'],
    answer: operatorRequestOptions,
  },
  async ({ deps, visit, session }) => beginApproval(deps, session, idOf(visit)),
)

export const approve = operatorAction(
  null,
  {
    summary: 'Approves a request, which is done at once or when its wait is over',
    problems: [
      ...(['not_found', 'own_request', 'not_allowed', 'request_closed', 'case_open'] as const),
      ...(['start_again', 'passkey_not_verified', 'ceremony_expired'] as const),
    ],
    body: authenticationAnswer,
    answer: z.object({
      state: z.enum(['done', 'approved']),
      takesEffectAt: isoTime.nullable(),
      codeHalf: z.string().nullable(),
    }),
  },
  async ({ deps, visit, caller, session, body }) => {
    const approved = await approveIt(deps, caller, session, idOf(visit), body)
    return { ...approved, takesEffectAt: toIso(approved.takesEffectAt) }
  },
)

export const refuse = operatorAction(
  null,
  {
    summary: 'Refuses a request',
    problems: ['not_found', 'own_request', 'not_allowed', 'request_closed'],
    body: why.pick({ reason: true }),
    answer: z.object({ state: z.literal('refused') }),
  },
  async ({ deps, visit, caller, session, body }) => {
    await refuseRequest(deps, caller, session.operator, idOf(visit), body.reason)
    return { state: 'refused' as const }
  },
)

export const withdraw = operatorAction(
  null,
  {
    summary: 'Takes back a request of one’s own',
    problems: ['not_found', 'not_allowed', 'request_closed'],
    answer: null,
  },
  async ({ deps, visit, caller, session }) =>
    withdrawRequest(deps, caller, session.operator, idOf(visit)),
)
