import { z } from 'zod'
import { isDeskAddress } from '../../../domain/accounts/email.ts'
import { asOperator } from '../../../domain/actor.ts'
import { subjectOf } from '../../../domain/calls/page-check.ts'
import {
  brokerCallPurposes,
  pageCheckActs,
  type PageCheckAct,
} from '../../../domain/vocabulary/calls.ts'
import { toIso } from '../../../kernel/clock.ts'
import { Problem, problemOf } from '../../../kernel/http/problem.ts'
import { isId } from '../../../kernel/secrets.ts'
import { longestAddress } from '../../../limits/accounts.ts'
import { beginBrokerCall, endBrokerCall } from '../../../operations/calls/broker-call.ts'
import { lookUpCall, watchCall } from '../../../operations/calls/open-call.ts'
import { sendCheck } from '../../../operations/calls/send-check.ts'
import { callTexts } from '../../../text/console/calls/calls-texts.ts'
import { isoTime } from '../../frame/action.ts'
import type { Visit } from '../../frame/visit.ts'
import { operatorAction } from '../frame/session.ts'
import { callView, viewCall } from './view.ts'

const passkeyId = z.string().refine(isId)

/** What each act concerns, as a request has it. */
const subjects = {
  'remove-passkey': { passkeyId },
  'resume-passkey': { passkeyId },
  reopen: {},
  'change-email': { email: z.string().max(longestAddress).refine(isDeskAddress) },
  'activation-code': {},
  'end-hold': {},
} as const satisfies Readonly<Record<PageCheckAct, z.ZodRawShape>>

const [firstAct, ...otherActs] = pageCheckActs
const checked = z.discriminatedUnion('act', [asked(firstAct), ...otherActs.map(asked)])

function asked(act: PageCheckAct) {
  return z.object({ act: z.literal(act), ...subjects[act] })
}

export const look = operatorAction(
  ['agent'],
  {
    summary: 'Shows what the caller sees who reads out this number; it is recorded',
    problems: ['not_found', 'too_many_attempts'],
    leavesRecord: true,
    answer: callView,
  },
  async ({ deps, visit, caller, session: { operator } }) => {
    const by = asOperator(caller, operator)
    const call = await byNumber(visit, (number) => lookUpCall(deps, by, operator, number))
    return viewCall(deps, call, operator, visit.get('language'))
  },
)

export const watch = operatorAction(
  ['agent'],
  {
    summary: 'Shows again what the caller sees, to who has looked it up',
    problems: ['not_found'],
    idleClock: 'stands',
    answer: callView,
  },
  async ({ deps, visit, session: { operator } }) => {
    const call = await byNumber(visit, (number) => watchCall(deps, operator, number))
    return viewCall(deps, call, operator, visit.get('language'))
  },
)

export const check = operatorAction(
  ['agent'],
  {
    summary: "Asks the caller's page who calls, for one act; the answer has the digits to read out",
    status: 201,
    problems: [
      ...(['not_found', 'too_many_attempts'] as const),
      ...(['no_such_passkey', 'not_checkable', 'too_many_checks'] as const),
    ],
    body: checked,
    answer: z.object({ digits: z.string(), expiresAt: isoTime }),
  },
  async ({ deps, visit, caller, session: { operator }, body }) => {
    const by = asOperator(caller, operator)
    const asked = { act: body.act, subject: subjectOf(body) }
    const sent = await byNumber(visit, (number) => sendCheck(deps, by, operator, number, asked))
    return { digits: sent.digits, expiresAt: toIso(sent.expiresAt) }
  },
)

export const beginCall = operatorAction(
  ['agent'],
  {
    summary: 'Begins a call to an account’s holder, who finds in the portal that it is ours',
    status: 201,
    problems: ['not_found', 'too_many_requests'],
    body: z.object({ purpose: z.enum(brokerCallPurposes) }),
    answer: z.object({ expiresAt: isoTime }),
  },
  async ({ deps, visit, caller, session: { operator }, body }) => {
    const of = { accountId: visit.req.param('id') ?? '', ...body }
    const begun = await beginBrokerCall(deps, asOperator(caller, operator), operator, of)
    return { expiresAt: toIso(begun.expiresAt) }
  },
)

export const endCall = operatorAction(
  ['agent'],
  { summary: 'Ends that call', problems: ['not_found'], answer: null },
  async ({ deps, visit, caller, session: { operator } }) => {
    const id = visit.req.param('id') ?? ''
    await endBrokerCall(deps, asOperator(caller, operator), id)
  },
)

/** Does it for the number in the address; a refusal for that number is told of numbers, not of pages or codes. */
async function byNumber<T>(visit: Visit, does: (number: string) => Promise<T>): Promise<T> {
  try {
    return await does(visit.req.param('number') ?? '')
  } catch (error) {
    const { code, extras } = problemOf(error)
    if (code !== 'not_found' && code !== 'too_many_attempts') throw error
    const words = callTexts[visit.get('language')].refusals[code]
    throw new Problem(code, { extras: { ...extras, ...words } })
  }
}
