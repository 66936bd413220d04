import { z } from 'zod'
import { asGuest, asHolder, type By } from '../../../domain/actor.ts'
import { selectPasskeyNames } from '../../../domain/audit/store.ts'
import { findAtPage, type AtPage } from '../../../domain/calls/asked-check.ts'
import type { PageCheck, StuckPage } from '../../../domain/calls/call.ts'
import { checkOver, selectProvingPasskeys } from '../../../domain/calls/page-check.ts'
import { factors } from '../../../domain/factors/factors.ts'
import { authenticationAnswer } from '../../../domain/passkeys/answers.ts'
import { requestOptions } from '../../../domain/passkeys/options.ts'
import {
  callFailures,
  callPages,
  isUnbound,
  pageCheckActs,
  type CallPage,
} from '../../../domain/vocabulary/calls.ts'
import { seconds, toIso } from '../../../kernel/clock.ts'
import { Problem } from '../../../kernel/http/problem.ts'
import { hashToken } from '../../../kernel/secrets.ts'
import { callNumberLifetime } from '../../../limits/calls.ts'
import {
  beginIdentityProof,
  denyCall,
  hearDigits,
  proveIdentity,
  type AskedPage,
} from '../../../operations/calls/answer-check.ts'
import { showNumber } from '../../../operations/calls/show-number.ts'
import { texts } from '../../../text/texts.ts'
import { action, isoTime } from '../../frame/action.ts'
import { readToken, readTokens, setToken } from '../../frame/cookies.ts'
import { peekAtSession } from '../../frame/current-session.ts'
import { currentSignIn } from '../../frame/current-sign-in.ts'
import type { SurfaceDeps } from '../../frame/site.ts'
import type { Visit } from '../../frame/visit.ts'
import { chosenPasskey, passkeyAtSignIn, viewPasskey } from '../../parts/passkey-view.ts'

export const show = action(
  {
    summary:
      'Shows a number for a call to support, by which it sees where this page stands; `?page=` and `?failure=` name the page and what has failed there last, where they are known',
    status: 201,
    problems: ['too_many_attempts'],
    answer: z.object({ number: z.string(), expiresAt: isoTime }),
  },
  async ({ deps, visit }) => {
    // Whatever else a page says of itself is nothing to us.
    const said = callPages.find((one) => one === visit.req.query('page'))
    const failure = callFailures.find((one) => one === visit.req.query('failure')) ?? null
    const { page, by } = await findPage(deps, visit, said)
    const former = readToken(visit, 'call')
    const shown = await showNumber(deps, by, { ...page, failure }, former)
    setToken(visit, 'call', shown.token, callNumberLifetime / seconds)
    return { number: shown.number, expiresAt: toIso(shown.expiresAt) }
  },
)

export const look = action(
  {
    summary: 'Tells until when the number of this browser is good, and what support asks its page',
    problems: ['not_found'],
    answer: z.object({
      expiresAt: isoTime,
      check: z
        .object({
          act: z.enum(pageCheckActs),
          /** The act, in words. */
          what: z.string(),
          state: z.enum(['asked', 'heard']),
          /** The passkeys that can prove who calls, once the digits were right. */
          passkeys: z.array(passkeyAtSignIn),
        })
        .nullable(),
    }),
  },
  async ({ deps, visit }) => {
    const asked = await findAsked(deps, visit)
    if (!asked) throw new Problem('not_found')
    const { call, check, account } = asked
    return {
      expiresAt: toIso(call.expiresAt),
      check: check && account ? await viewCheck(visit, account, check) : null,
    }
  },
)

export const answer = action(
  {
    summary: 'Answers whose call it is, with the digits that support has read out',
    problems: ['check_over', 'digits_wrong'],
    body: z.discriminatedUnion('called', [
      z.object({ called: z.literal(true), digits: z.string().regex(/^\d{2}$/) }),
      z.object({ called: z.literal(false) }),
    ]),
    answer: null,
  },
  async ({ deps, visit, body }) => {
    const { page, by } = await requirePage(deps, visit)
    if (body.called) await hearDigits(deps, by, page, body.digits)
    else await denyCall(deps, by, page)
  },
)

export const passkeyOptions = action(
  {
    summary: 'Asks for one passkey of the account, to prove to support who calls',
    problems: ['check_over', 'no_such_passkey'],
    body: chosenPasskey,
    answer: requestOptions,
  },
  async ({ deps, visit, body }) => {
    const { page } = await requirePage(deps, visit)
    return beginIdentityProof(deps, page, body.passkeyId)
  },
)

export const prove = action(
  {
    summary: 'Proves to support who calls, by the passkey that was asked for, and nothing else',
    problems: ['check_over', 'passkey_not_verified', 'ceremony_expired', 'start_again'],
    body: authenticationAnswer,
    answer: null,
  },
  async ({ deps, visit, body }) => {
    const { page, by } = await requirePage(deps, visit)
    await proveIdentity(deps, by, page, body, readTokens(visit, 'browser'))
  },
)

/** The page that asks for a number. What it says of itself selects the sign-in or the session; neither is proven. */
async function findPage(
  deps: SurfaceDeps,
  visit: Visit,
  said: CallPage | undefined,
): Promise<{ page: Omit<StuckPage, 'failure'>; by: By }> {
  const { caller, device } = { caller: visit.get('caller'), device: visit.get('device') }
  const nobody = { ...device, signInId: null, sessionId: null, accountId: null }
  const isBefore = said !== undefined && isUnbound(said)
  const signIn = said === undefined || ofSignIn.has(said) ? await currentSignIn(deps, visit) : null
  if (signIn) {
    const { id: signInId, account } = signIn
    const page = said ?? factors[account.secondFactor].step
    const bound = { ...nobody, page, signInId, accountId: account.id }
    return { page: bound, by: asGuest(caller) }
  }
  const session = isBefore ? null : await peekAtSession(deps, visit)
  if (!session) return { page: { ...nobody, page: said ?? 'sign-in' }, by: asGuest(caller) }
  const { id: sessionId, account } = session
  const bound = { ...nobody, page: said ?? 'portal', sessionId, accountId: account.id }
  return { page: bound, by: asHolder(caller) }
}

const ofSignIn: ReadonlySet<CallPage> = new Set(['email-code', 'passkey'])

/** What the page of this browser is asked, and whose page it is: that of the sign-in or session of its number. */
async function findAsked(deps: SurfaceDeps, visit: Visit) {
  const token = readToken(visit, 'call')
  if (token === undefined) return undefined
  const [signIn, session] = await Promise.all([
    currentSignIn(deps, visit),
    peekAtSession(deps, visit),
  ])
  const at: AtPage = {
    tokenHash: hashToken(token),
    signInId: signIn?.id ?? null,
    sessionId: session?.id ?? null,
  }
  const found = await findAtPage(deps.db, at, deps.now())
  if (!found) return undefined
  const caller = visit.get('caller')
  const whose = found.call.signInId
    ? { account: signIn?.account, by: asGuest(caller) }
    : { account: session?.account, by: asHolder(caller) }
  return { at, ...found, ...whose }
}

/** The page of this browser, where support may have asked something; 409 `check_over`. */
async function requirePage(deps: SurfaceDeps, visit: Visit): Promise<{ page: AskedPage; by: By }> {
  const asked = await findAsked(deps, visit)
  if (!asked?.check || !asked.account) throw checkOver()
  const { at, account, by } = asked
  return { page: { at, account }, by }
}

async function viewCheck(visit: Visit, account: AskedPage['account'], check: PageCheck) {
  const { act, subject, state } = check
  if (state !== 'asked' && state !== 'heard') return null
  const { db, now } = visit.get('deps')
  const words = texts[visit.get('language')]
  const names = subject === null ? null : await selectPasskeyNames(db, account.id, [subject])
  // Rule 41: an address is support's own text, and never shown; a passkey's name is its holder's.
  const what = words.call.acts[act](names?.get(subject ?? '') ?? '')
  const proving = state === 'heard' ? await selectProvingPasskeys(db, account, check, now()) : []
  const passkeys = proving.map((one) => passkeyAtSignIn.parse(viewPasskey(one, words)))
  return { act, what, state, passkeys }
}
