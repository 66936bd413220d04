import { z } from 'zod'
import { currentHold } from '../../../domain/accounts/withdrawal-hold.ts'
import { countFailures, listActivity } from '../../../domain/audit/list.ts'
import { amrOf, factorNames, factors } from '../../../domain/factors/factors.ts'
import { authenticationAnswer } from '../../../domain/passkeys/answers.ts'
import { requestOptions } from '../../../domain/passkeys/options.ts'
import { registrationOpenUntil } from '../../../domain/sessions/permission.ts'
import { sessionEnd } from '../../../domain/sessions/session.ts'
import { selectSessions } from '../../../domain/sessions/store.ts'
import { proofPurposes } from '../../../domain/vocabulary/purposes.ts'
import { toIso } from '../../../kernel/clock.ts'
import { failuresWindow, mostEventsListed } from '../../../kernel/limits.ts'
import { beginProof } from '../../../operations/check-proof.ts'
import * as ends from '../../../operations/end-session.ts'
import { proveInSession } from '../../../operations/prove-session.ts'
import { action, actionWithBody, isoTime } from '../../frame/action.ts'
import { clearToken, setToken } from '../../frame/cookies.ts'
import { requireSession } from '../../frame/current-session.ts'

const strength = z.object({ acr: z.string(), amr: z.array(z.string()), provenAt: isoTime })

export const showSession = action(
  {
    summary: 'Tells who is signed in, how, and what the session may do',
    problems: ['not_signed_in'],
    answer: strength.extend({
      account: z.object({ loginId: z.string(), displayName: z.string() }),
      secondFactor: z.enum(factorNames),
      signedInAt: isoTime,
      registerUntil: isoTime.nullable(),
      hold: z.object({ until: isoTime, reason: z.string() }).nullable(),
      expiresAt: isoTime,
    }),
  },
  async ({ deps, visit }) => {
    const session = await requireSession(deps, visit)
    const { account, acr } = session
    const hold = currentHold(account, deps.now())
    return {
      account: { loginId: account.loginId, displayName: account.displayName },
      secondFactor: account.secondFactor,
      acr,
      amr: [...amrOf(acr)],
      signedInAt: toIso(session.signedInAt),
      provenAt: toIso(session.provenAt),
      registerUntil: toIso(registrationOpenUntil(session, deps.now())),
      hold: hold && { until: toIso(hold.until), reason: hold.reason },
      expiresAt: toIso(sessionEnd(session)),
    }
  },
)

export const signOut = action(
  { summary: 'Signs out', problems: ['not_signed_in'], answer: null },
  async ({ deps, visit }) => {
    const session = await requireSession(deps, visit)
    await ends.signOut(deps, session, visit.get('caller'))
    clearToken(visit, 'session')
  },
)

export const proofOptions = actionWithBody(
  {
    summary: 'Asks for one passkey of the account, to prove the session for a purpose',
    problems: ['not_signed_in', 'no_such_passkey'],
    body: z.object({
      passkeyId: z.string().max(64),
      purpose: z.enum(proofPurposes),
    }),
    answer: requestOptions,
  },
  async ({ deps, visit, body }) => {
    const session = await requireSession(deps, visit)
    return beginProof(deps, session, body.purpose, body.passkeyId)
  },
)

export const prove = actionWithBody(
  {
    summary: 'Proves the session with the passkey that was asked for',
    problems: ['not_signed_in', 'passkey_not_verified', 'ceremony_expired', 'start_again'],
    body: authenticationAnswer,
    answer: strength,
  },
  async ({ deps, visit, body }) => {
    const session = await requireSession(deps, visit)
    const caller = visit.get('caller')
    const { token, provenAt } = await proveInSession(deps, session, body, caller)
    setToken(visit, 'session', token)
    const { acr, amr } = factors.passkey
    return { acr, amr: [...amr], provenAt: toIso(provenAt) }
  },
)

export const showActivity = action(
  {
    summary:
      "Lists what was done to the holder's account, the latest first, and counts what failed",
    problems: ['not_signed_in'],
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
  async ({ deps, visit }) => {
    const session = await requireSession(deps, visit)
    const events = await listActivity(deps, session.account.id, mostEventsListed)
    const failures = await countFailures(deps, session.account.id)
    return {
      events: events.map((event) => ({ ...event, at: toIso(event.at) })),
      failures: failures.map((kind) => ({ ...kind, lastAt: toIso(kind.lastAt) })),
      failuresSince: toIso(deps.now() - failuresWindow),
    }
  },
)

export const showSessions = action(
  {
    summary: "Lists the account's live sessions; the own one is marked",
    problems: ['not_signed_in'],
    answer: z.object({
      sessions: z.array(
        z.object({
          id: z.string(),
          current: z.boolean(),
          browser: z.string().nullable(),
          system: z.string().nullable(),
          signedInAt: isoTime,
          lastSeenAt: isoTime,
        }),
      ),
    }),
  },
  async ({ deps, visit }) => {
    const session = await requireSession(deps, visit)
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

export const removeSession = action(
  {
    summary: "Ends one of the account's sessions",
    problems: ['not_signed_in', 'not_found'],
    answer: null,
  },
  async ({ deps, visit }) => {
    const session = await requireSession(deps, visit)
    const id = visit.req.param('id') ?? ''
    await ends.endOneSession(deps, session, id, visit.get('caller'))
    if (id === session.id) clearToken(visit, 'session')
  },
)
