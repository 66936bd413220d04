import { z } from 'zod'
import { tellHold } from '../../../domain/accounts/withdrawal-hold.ts'
import { asHolder } from '../../../domain/actor.ts'
import { countFailures, listActivity } from '../../../domain/audit/list.ts'
import { amrOf, factorNames, factors } from '../../../domain/factors/factors.ts'
import { authenticationAnswer } from '../../../domain/passkeys/answers.ts'
import { requestOptions } from '../../../domain/passkeys/options.ts'
import { selectPending } from '../../../domain/requests/pending.ts'
import { selectSessions } from '../../../domain/sessions/list.ts'
import { registrationOpenUntil } from '../../../domain/sessions/permission.ts'
import { sessionEnd } from '../../../domain/sessions/session.ts'
import { currentStop } from '../../../domain/stops/level.ts'
import { liftableLevels } from '../../../domain/vocabulary/life.ts'
import { proofPurposes } from '../../../domain/vocabulary/purposes.ts'
import { toIso } from '../../../kernel/clock.ts'
import { failuresWindow, mostEventsListed } from '../../../limits/accounts.ts'
import { cancelPending as cancel } from '../../../operations/cancel-pending.ts'
import * as ends from '../../../operations/end-session.ts'
import { noteFailure } from '../../../operations/note-failure.ts'
import { beginSessionProof, proveInSession } from '../../../operations/prove-session.ts'
import { holdScopes } from '../../../settings/life.ts'
import { action, isoTime } from '../../frame/action.ts'
import { clearToken, knownCaller, readTokens, setToken } from '../../frame/cookies.ts'
import { notSignedIn, peekAtSession } from '../../frame/current-session.ts'
import { sessionAction } from '../../frame/session-action.ts'
import { chosenPasskey } from '../../parts/passkey-view.ts'
import { pendingView, viewPending } from '../../parts/pending.ts'

const strength = z.object({ acr: z.string(), amr: z.array(z.string()), provenAt: isoTime })

export const showSession = sessionAction(
  {
    summary: 'Tells who is signed in, how, and what the session may do',
    worksBreached: true,
    answer: strength.extend({
      account: z.object({ loginId: z.string(), displayName: z.string() }),
      secondFactor: z.enum(factorNames),
      signedInAt: isoTime,
      registerUntil: isoTime.nullable(),
      hold: z.object({ until: isoTime, reason: z.string(), scope: z.enum(holdScopes) }).nullable(),
      stop: z.enum(liftableLevels).nullable(),
      stoppedAt: isoTime.nullable(),
      /** What support is to do and waits. */
      pending: z.array(pendingView),
      expiresAt: isoTime,
    }),
  },
  async ({ deps, session }) => {
    const { account, acr } = session
    const stop = currentStop(account)
    const pending = await selectPending(deps.db, account.id)
    return {
      account: { loginId: account.loginId, displayName: account.displayName },
      secondFactor: account.secondFactor,
      acr,
      amr: [...amrOf(acr)],
      signedInAt: toIso(session.signedInAt),
      provenAt: toIso(session.provenAt),
      registerUntil: toIso(registrationOpenUntil(session, deps.now())),
      hold: tellHold(account, deps.now(), deps.config.holdScope),
      stop: stop && stop.level,
      stoppedAt: stop && toIso(stop.since),
      pending: pending.map(viewPending),
      expiresAt: toIso(sessionEnd(session)),
    }
  },
)

export const cancelPending = sessionAction(
  {
    summary: 'Cancels what support is to do to the account and waits',
    problems: ['not_found', 'passkey_needed'],
    answer: null,
  },
  async ({ deps, visit, caller, session }) =>
    cancel(deps, session, visit.req.param('id') ?? '', caller),
)

export const signOut = sessionAction(
  { summary: 'Signs out', worksBreached: true, answer: null },
  async ({ deps, visit, caller, session }) => {
    await ends.signOut(deps, session, caller)
    clearToken(visit, 'session')
  },
)

export const proofOptions = sessionAction(
  {
    summary: 'Asks for one passkey of the account, to prove the session for a purpose',
    problems: ['no_such_passkey', 'too_many_passkeys', 'wrong_step'],
    body: chosenPasskey.extend({ purpose: z.enum(proofPurposes) }),
    answer: requestOptions,
  },
  async ({ deps, session, body }) => beginSessionProof(deps, session, body.purpose, body.passkeyId),
)

export const prove = sessionAction(
  {
    summary: 'Proves the session with the passkey that was asked for',
    problems: ['passkey_not_verified', 'ceremony_expired', 'start_again'],
    body: authenticationAnswer,
    answer: strength,
  },
  async ({ deps, visit, session, body }) => {
    const { token, provenAt } = await proveInSession(deps, session, body, knownCaller(visit))
    setToken(visit, 'session', token)
    const { acr, amr } = factors.passkey
    return { acr, amr: [...amr], provenAt: toIso(provenAt) }
  },
)

export const passkeyFailed = sessionAction(
  {
    summary: 'Tells that a passkey gave no answer in this browser, which remembers it',
    problems: ['no_such_passkey'],
    body: chosenPasskey,
    answer: null,
  },
  async ({ deps, visit, caller, session, body }) => {
    const tokens = readTokens(visit, 'browser')
    await noteFailure(deps, asHolder(caller), session.account, { ...body, tokens })
  },
)

export const showActivity = sessionAction(
  {
    summary:
      "Lists what was done to the holder's account, the latest first, and counts what failed",
    answer: z.object({
      events: z.array(
        z.object({
          event: z.string(),
          at: isoTime,
          by: z.enum(['holder', 'support']),
          detail: z.record(z.string(), z.union([z.string(), z.boolean()])),
          browser: z.string().nullable(),
          system: z.string().nullable(),
        }),
      ),
      failures: z.array(
        z.object({ event: z.string(), count: z.number(), orMore: z.boolean(), lastAt: isoTime }),
      ),
      failuresSince: isoTime,
    }),
  },
  async ({ deps, session }) => {
    const events = await listActivity(deps, session.account.id, mostEventsListed)
    const failures = await countFailures(deps, session.account.id)
    return {
      events: events.map((event) => ({ ...event, at: toIso(event.at) })),
      failures: failures.map((kind) => ({ ...kind, lastAt: toIso(kind.lastAt) })),
      failuresSince: toIso(deps.now() - failuresWindow),
    }
  },
)

/** A page asks this before it believes that the session is over; asking is no use of it. */
export const showSessionEnd = action(
  {
    summary: "Tells when this browser's session began and ends, and leaves its idle clock alone",
    problems: ['not_signed_in'],
    answer: z.object({ signedInAt: isoTime, expiresAt: isoTime, now: isoTime }),
  },
  async ({ deps, visit }) => {
    const session = await peekAtSession(deps, visit)
    if (!session) throw await notSignedIn(deps, visit)
    return {
      signedInAt: toIso(session.signedInAt),
      expiresAt: toIso(sessionEnd(session)),
      now: toIso(deps.now()),
    }
  },
)

export const showSessions = sessionAction(
  {
    summary:
      "Lists the account's sessions, also those that only applications still use; the own one is marked",
    answer: z.object({
      sessions: z.array(
        z.object({
          id: z.string(),
          current: z.boolean(),
          browser: z.string().nullable(),
          system: z.string().nullable(),
          signedInAt: isoTime,
          lastSeenAt: isoTime,
          applicationsOnly: z.boolean(),
        }),
      ),
    }),
  },
  async ({ deps, session }) => {
    const rows = await selectSessions(deps.db, session.account.id, deps.now())
    return {
      sessions: rows.map((row) => ({
        ...row,
        current: row.id === session.id,
        signedInAt: toIso(row.signedInAt),
        lastSeenAt: toIso(row.lastSeenAt),
      })),
    }
  },
)

export const removeSession = sessionAction(
  {
    summary: "Ends one of the account's sessions",
    problems: ['proof_needed', 'not_found'],
    answer: null,
  },
  async ({ deps, visit, caller, session }) => {
    const id = visit.req.param('id') ?? ''
    await ends.endOneSession(deps, session, id, caller)
    if (id === session.id) clearToken(visit, 'session')
  },
)

export const removeOtherSessions = sessionAction(
  {
    summary: "Ends all of the account's sessions but the own one",
    problems: ['proof_needed'],
    answer: null,
  },
  async ({ deps, caller, session }) => ends.endOtherSessions(deps, session, caller),
)
