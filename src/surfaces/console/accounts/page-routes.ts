import { z } from 'zod'
import { currentHold } from '../../../domain/accounts/withdrawal-hold.ts'
import { eventKinds } from '../../../domain/audit/timeline.ts'
import { factorNames, type Factor } from '../../../domain/factors/factors.ts'
import { mailStatesAtDesk } from '../../../domain/outbox/of-account.ts'
import { currentStop } from '../../../domain/stops/level.ts'
import { brokerCallPurposes } from '../../../domain/vocabulary/calls.ts'
import { accountReaders, requestActs, requestStates } from '../../../domain/vocabulary/desk.ts'
import { liftableLevels } from '../../../domain/vocabulary/life.ts'
import { toIso } from '../../../kernel/clock.ts'
import { formatTime, zoneIn } from '../../../kernel/time.ts'
import { accountAtDesk, readAccountPage } from '../../../operations/looks/account-page.ts'
import { advice as adviceEn } from '../../../text/advice/en.ts'
import { advice as adviceJa } from '../../../text/advice/ja.ts'
import { texts } from '../../../text/texts.ts'
import { invalidRequest, isoTime, type AnswerOf } from '../../frame/action.ts'
import type { Visit } from '../../frame/visit.ts'
import { readBefore, writePlace } from '../frame/pages-of.ts'
import { operatorAction } from '../frame/session.ts'
import { operatorView, viewOperator } from '../operators/operator-view.ts'
import { accountLine, viewAccountLine } from './account-line.ts'
import { eventView, readEvents } from './events.ts'
import * as views from './views.ts'

const maybe = z.string().nullable()
const from = { browser: maybe, system: maybe }

/** What each factor has a sign-in wait for. */
const waitsFor = { email: 'email-code', passkey: 'passkey' } as const satisfies Record<
  Factor,
  string
>

const pageAnswer = accountLine.extend({
  secondFactor: z.enum(factorNames),
  lock: z.object({ since: isoTime, reason: z.string() }).nullable(),
  /** Whether codes of some purpose are refused until support lifts it (rule 14). */
  codesStopped: z.boolean(),
  hold: z.object({ until: isoTime, reason: z.string() }).nullable(),
  /** The end of its activation code, also when that has passed; null where it has none. */
  activationUntil: isoTime.nullable(),
  /** What its holder has stopped and can lift; the strongest stop is a lock. */
  stop: z.object({ level: z.enum(liftableLevels), since: isoTime }).nullable(),
  call: z.object({ purpose: z.enum(brokerCallPurposes), expiresAt: isoTime }).nullable(),
  passkeys: z.array(views.passkeyAtDesk),
  sessions: z.array(
    z.object({
      ...{ id: z.string(), signedInAt: isoTime, lastSeenAt: isoTime, ...from },
      applicationsOnly: z.boolean(),
    }),
  ),
  signIns: z.array(
    z.object({
      ...{ id: z.string(), startedAt: isoTime, expiresAt: isoTime, ...from, address: maybe },
      waitsFor: z.enum(Object.values(waitsFor)),
      codeTries: z.number(),
    }),
  ),
  mails: z.array(
    z.object({
      ...{ kind: z.string(), state: z.enum(mailStatesAtDesk), writtenAt: isoTime },
      ...{ at: isoTime.nullable(), reason: maybe, refused: z.boolean() },
    }),
  ),
  requests: z.array(
    z.object({
      ...{ id: z.string(), acts: z.array(z.enum(requestActs)) },
      ...{ state: z.enum(requestStates), askedAt: isoTime, expiresAt: isoTime },
      takesEffectAt: isoTime.nullable(),
      asker: operatorView,
      approver: operatorView.nullable(),
    }),
  ),
  cases: z.array(views.caseView),
  advice: z.array(z.object({ cause: z.string(), text: z.string() })),
})

/** Looking changes nothing: the console's log says who did, and what is personal stays masked. */
export const showAccount = operatorAction(
  accountReaders,
  {
    summary: 'Shows how an account stands, masked, and what to tell the caller',
    problems: ['not_found'],
    answer: pageAnswer,
  },
  async ({ deps, visit, session }) => {
    const page = await readAccountPage(deps, session.operator, visit.req.param('id') ?? '')
    const { account, names, now } = page
    const language = visit.get('language')
    const { lockedAt, lockReason } = account
    const hold = currentHold(account, now)
    const stop = currentStop(account)
    return {
      ...viewAccountLine(account),
      secondFactor: account.secondFactor,
      lock: lockedAt === null ? null : { since: toIso(lockedAt), reason: lockReason ?? '' },
      codesStopped: page.codesStopped,
      hold: hold && { until: toIso(hold.until), reason: hold.reason },
      stop: stop && { level: stop.level, since: toIso(stop.since) },
      activationUntil: toIso(account.activationUntil),
      call: page.call
        ? { purpose: page.call.purpose, expiresAt: toIso(page.call.expiresAt) }
        : null,
      passkeys: page.passkeys.map((one) => views.viewPasskeyAtDesk(one, texts[language])),
      sessions: page.sessions.map((one) => ({
        ...one,
        signedInAt: toIso(one.signedInAt),
        lastSeenAt: toIso(one.lastSeenAt),
      })),
      signIns: page.signIns.map(({ createdAt, expiresAt, ...one }) => ({
        ...one,
        startedAt: toIso(createdAt),
        expiresAt: toIso(expiresAt),
        waitsFor: waitsFor[account.secondFactor],
      })),
      mails: page.mails.map(({ id: _, ...mail }) => ({
        ...mail,
        writtenAt: toIso(mail.writtenAt),
        at: toIso(mail.at),
      })),
      requests: page.requests.map((one) => ({
        ...{ id: one.id, acts: [...one.names], state: one.state },
        ...{ askedAt: toIso(one.askedAt), expiresAt: toIso(one.expiresAt) },
        takesEffectAt: toIso(one.takesEffectAt),
        asker: viewOperator(one.askerId, names),
        approver: viewOperator(one.approverId, names),
      })),
      cases: page.cases.map((one) => views.viewCase(one, names)),
      advice: page.advice.map(({ cause, count = 0, at = now }) => {
        const time = formatTime(at, zoneIn(language, deps.config.timeZone))
        const words = language === 'ja' ? adviceJa : adviceEn
        return { cause, text: words[cause]({ count, time }) }
      }),
    }
  },
)

export type AccountView = AnswerOf<typeof showAccount>
export type PasskeyAtDesk = AccountView['passkeys'][number]

export const showEvents = operatorAction(
  accountReaders,
  {
    summary: 'Lists all that happened to an account, the latest first, by kind',
    problems: ['not_found'],
    answer: z.object({ events: z.array(eventView), next: maybe }),
  },
  async ({ deps, visit, session }) => {
    const { id } = await accountAtDesk(deps, session.operator, visit.req.param('id') ?? '')
    const place = { kind: readKind(visit), before: readBefore(visit) }
    const { events, next } = await readEvents(deps.db, id, place)
    return { events, next: writePlace(next) }
  },
)

export type EventsView = AnswerOf<typeof showEvents>

function readKind(visit: Visit) {
  const asked = visit.req.query('kind')
  const kind = eventKinds.find((one) => one === asked)
  if (asked !== undefined && !kind) {
    throw invalidRequest([{ path: 'kind', message: `is none of ${eventKinds.join(', ')}` }])
  }
  return kind ?? null
}
