// What a request does, said from the very text that is signed: nothing else could tell it truly.
import { sayPlace } from '../../../domain/passkeys/place.ts'
import type { OperatorRole, RequestAct } from '../../../domain/vocabulary/desk.ts'
import { liftableLevels } from '../../../domain/vocabulary/life.ts'
import { formatTime } from '../../../kernel/time.ts'
import { texts } from '../../../text/texts.ts'
import type { DeskContext } from '../frame/context.ts'

type Fact = string | number | boolean | null | readonly Fact[] | { readonly [name: string]: Fact }
type Facts = { readonly [name: string]: Fact }

/** An act as the text states it. */
interface StatedAct {
  readonly act: RequestAct
  readonly values: Facts
  readonly before: Facts
  readonly after: Facts
}

interface StatedRequest {
  readonly account: { readonly loginId: string } | null
  readonly acts: readonly StatedAct[]
}

/** The sentences of each act, in order. */
export function inPlainWords(context: DeskContext, text: string): readonly (readonly string[])[] {
  const { account, acts = [] } = readStated(text)
  return acts.map((act, index) => [
    ...sentences[act.act](context, act, account?.loginId ?? '', acts.slice(index + 1)),
    ...effects(context, act),
    // All acts of a request state the same of the account.
    ...(index === 0 ? shutIn(context, act) : []),
  ])
}

/** Whom the text is about: a login ID, or the name of an operator. Erased ones tell nothing. */
export function aboutIn(text: string): string {
  const { account, acts: [first] = [] } = readStated(text)
  if (account) return account.loginId
  if (first?.act === 'reopen-many') return textOf(first.values['stoppedFrom'])
  return first ? nameIn(first.before, first.values) : '–'
}

function readStated(text: string): Partial<StatedRequest> {
  try {
    return JSON.parse(text) as StatedRequest
  } catch {
    return {}
  }
}

type Say = (
  context: DeskContext,
  act: StatedAct,
  loginId: string,
  later: readonly StatedAct[],
) => readonly string[]

const sentences: Readonly<Record<RequestAct, Say>> = {
  'remove-passkey': (context, { before }, loginId, later) => {
    const { plain } = context.texts
    const removed = plain.removePasskey(loginId, passkeyIn(context, before))
    // What stays is said with the last of them.
    if (later.some(({ act }) => act === 'remove-passkey')) return [removed]
    return [removed, before['lastLivePasskey'] === true ? plain.lastOne : plain.othersStay]
  },
  'resume-passkey': (context, { before }, loginId) => [
    context.texts.plain.resumePasskey(
      loginId,
      passkeyIn(context, before),
      timeOf(context, before['suspendedAt']),
    ),
  ],
  reopen: (context, { before }, loginId) => {
    const { plain } = context.texts
    const lock = within(before['lock'])
    const locked = () =>
      plain.reopen(loginId, timeOf(context, lock['since']), lockReasonIn(context, lock))
    return [
      ...('since' in lock ? [locked()] : []),
      ...('stoppedCodes' in before ? [plain.takeCodes(loginId)] : []),
    ]
  },
  'reopen-many': ({ texts: { plain }, ...context }, { values, before }) => [
    plain.reopenMany(textOf(values['stoppedFrom']), timeOf(context, values['since'])),
    plain.reopenManyCount(Array.isArray(before['accounts']) ? before['accounts'].length : 0),
  ],
  'change-email': ({ texts }, { before, after, values }, loginId) => [
    texts.plain.changeEmail(
      loginId,
      textOf(before['email']),
      textOf(after['email'] ?? values['email']),
    ),
  ],
  'activation-code': ({ texts: { plain } }, _, loginId) => [
    plain.activationCode(loginId),
    plain.activationGiven,
  ],
  'end-hold': (context, { before }, loginId) => [
    context.texts.plain.endHold(loginId, timeOf(context, within(before['hold'])['until'])),
  ],
  'add-operator': (context, { values }) => {
    const { plain } = context.texts
    const { loginId, name, roles } = values
    return [
      plain.addOperator(textOf(name), rolesIn(context, roles)),
      ...(typeof loginId === 'string' ? [plain.ownAccount(loginId)] : []),
      plain.twoHalves,
    ]
  },
  'change-roles': (context, { values, before, after }) => [
    context.texts.plain.changeRoles(
      nameIn(before, values),
      rolesIn(context, before['roles']),
      rolesIn(context, after['roles'] ?? values['roles']),
    ),
  ],
  'enrolment-code': ({ texts: { plain } }, { values, before }) => [
    plain.enrolmentCode(nameIn(before, values)),
    plain.twoHalves,
  ],
}

/** What follows for the customer, whatever the act is. */
function effects({ texts: { plain } }: DeskContext, { after }: StatedAct): readonly string[] {
  return [
    ...(after['sessions'] === 'ended' ? [plain.sessions] : []),
    ...(typeof after['hold'] === 'string' ? [plain.hold] : []),
  ]
}

/** How the account is shut; what `reopen` opens it says itself. */
function shutIn(context: DeskContext, { act, before }: StatedAct): readonly string[] {
  const { account, plain } = context.texts
  const [lock, stop] = [within(before['lock']), within(before['stop'])]
  const { lastStop } = before
  const level = liftableLevels.find((one) => one === stop['level'])
  const isNews = typeof lastStop === 'string' && ![lock['since'], stop['since']].includes(lastStop)
  return [
    ...(act !== 'reopen' && 'since' in lock
      ? [plain.locked(timeOf(context, lock['since']), lockReasonIn(context, lock))]
      : []),
    ...(level ? [account.stopped[level](timeOf(context, stop['since']))] : []),
    ...(isNews ? [plain.lastStop(timeOf(context, lastStop))] : []),
  ]
}

function lockReasonIn({ texts: { plain } }: DeskContext, { reason }: Facts): string {
  const reasons: Readonly<Record<string, string>> = plain.lockReasons
  return reasons[textOf(reason)] ?? plain.lockReasons.unknown
}

function passkeyIn(context: DeskContext, before: Facts): string {
  const { name, place, createdAt } = within(before['passkey'])
  const where = sayPlace(textOf(place), texts[context.language])
  return context.texts.plain.passkey(textOf(name), where, timeOf(context, createdAt))
}

function nameIn(before: Facts, values: Facts): string {
  const operator = within(before['operator'])
  return textOf(operator['name'] ?? before['name'] ?? values['name'] ?? values['operatorId'])
}

function rolesIn({ texts }: DeskContext, roles: Fact | undefined): string {
  const names: readonly Fact[] = Array.isArray(roles) ? roles : []
  return names
    .map((role) => texts.roles[role as OperatorRole] ?? textOf(role))
    .join(texts.frame.listed)
}

function timeOf({ timeZone }: Pick<DeskContext, 'timeZone'>, time: Fact | undefined): string {
  const text = textOf(time)
  return Number.isNaN(Date.parse(text)) ? text : formatTime(text, timeZone)
}

function within(fact: Fact | undefined): Facts {
  return typeof fact === 'object' && fact !== null && !Array.isArray(fact) ? (fact as Facts) : {}
}

function textOf(fact: Fact | undefined): string {
  if (typeof fact === 'string' || typeof fact === 'number') return String(fact)
  return fact === undefined || fact === null ? '–' : JSON.stringify(fact)
}
