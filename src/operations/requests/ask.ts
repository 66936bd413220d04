// What is dangerous begins with a request by one operator (rule 38).
import type { Account } from '../../domain/accounts/account.ts'
import { findAccount } from '../../domain/accounts/find.ts'
import { holdAccount } from '../../domain/accounts/hold-account.ts'
import { transact, type Act, type ActDeps, type Refusal } from '../../domain/act.ts'
import { asOperator } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import { checkedByPage } from '../../domain/calls/page-check.ts'
import { blockedByCase } from '../../domain/cases/store.ts'
import type { DeskOperator } from '../../domain/operators/operator.ts'
import { holdWorkingOperator, selectOperator } from '../../domain/operators/store.ts'
import { notify } from '../../domain/outbox/notify.ts'
import type { Subject } from '../../domain/requests/act-kind.ts'
import { selectOpenings } from '../../domain/requests/done.ts'
import { readingsOf } from '../../domain/requests/readings.ts'
import type { DeskRequest, IdentityCheck } from '../../domain/requests/request.ts'
import { insertRequest, selectFullAsked } from '../../domain/requests/store.ts'
import { digestOf } from '../../domain/requests/text.ts'
import {
  askerRole,
  excludeEachOther,
  hasRole,
  isOwnChange,
} from '../../domain/requests/two-persons.ts'
import { watchAsked } from '../../domain/requests/watch.ts'
import { pageCheckName } from '../../domain/vocabulary/calls.ts'
import { requestActs, type AccountAct, type RequestAct } from '../../domain/vocabulary/desk.ts'
import type { Caller } from '../../kernel/caller.ts'
import { canonicalJson } from '../../kernel/canonical-json.ts'
import { days, toIso } from '../../kernel/clock.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { isId, newId } from '../../kernel/secrets.ts'
import { mostClockDifference } from '../../limits/passkeys.ts'
import {
  asksPerAccount,
  identityCheckCounts,
  mostActs,
  pairRemembered,
  requestLifetime,
} from '../../limits/requests.ts'
import type { AskedNotice } from '../../text/asked-notices.ts'
import { findAccountById } from '../desk/find.ts'
import { refuseOwnAccount } from '../desk/own-account.ts'
import { refuseTooMany } from '../desk/too-many.ts'
import { bindAct, kindOf, type BoundAct } from './acts.ts'
import { signingOf, stateRequest } from './state-request.ts'

/** What an operator sends; each act has its values beside its name. */
interface AskInput {
  readonly accountId: string | null
  readonly acts: readonly { readonly act: string }[]
  readonly reason: string
  readonly ticket: string
  readonly checks: readonly IdentityCheck[]
}

/**
 * Asks for acts that are done together once another operator has approved them, and tells the holder. Throws 400
 * `invalid_request`, `checks_missing`; 403 `not_allowed`; 404 `not_found`; 409 `case_open`; 429 `too_many_requests`;
 * and whatever keeps one of the acts from being done.
 */
export async function askFor(
  deps: ActDeps,
  caller: Caller,
  asker: DeskOperator,
  input: AskInput,
): Promise<DeskRequest> {
  const bound = bindAll(input.acts)
  const names = bound.map(({ act }) => act)
  const [kind, ...others] = new Set(names.map(kindOf))
  if (kind === undefined || others.length > 0) throw invalid('acts', 'acts of two kinds')
  const isAlone = kind === 'operator' || names.includes('reopen-many')
  if (isAlone && bound.length > 1) throw invalid('acts', 'one at a time')
  const role = askerRole[kind]
  if (!hasRole(asker, role)) throw new Problem('not_allowed')
  const on = await findSubject(deps, bound, input)

  return transact(deps, asOperator(caller, asker), async (act) => {
    const account = on.account && (await holdAccount(act, { id: on.account.id }))
    const held = await holdWorkingOperator(act.tx, asker.id, [role])
    requireOfNow(input.checks, act.now)
    const checks = await checksOf(act, account, asker.id, bound, input.checks)
    if (kind === 'account' && account) requireChecks(act.config.desk.checks, checks)
    const request = {
      id: newId(),
      kind,
      askerId: asker.id,
      names,
      acts: bound.map(({ act, values }) => ({ act, values })),
      accountId: account?.id ?? null,
      operatorId: on.operator?.id ?? null,
      reason: input.reason,
      ticket: input.ticket,
      checks,
      askedAt: act.now,
      expiresAt: act.now + requestLifetime,
    }
    const refusal = await judgeAsking(act, held, request)
    if (refusal) return refusal
    const about = { request, bound, on: { ...on, account }, asker: held }
    const stating = { ...signingOf(act), ...about }
    const { text } = await stateRequest(readingsOf(act.tx), act.now, stating)
    const asked: DeskRequest = {
      ...request,
      text,
      digest: digestOf(text),
      state: 'waiting',
      approverId: null,
      decidedAt: null,
      takesEffectAt: null,
      doneAt: null,
      closedReason: null,
      receipt: null,
      askerHalf: null,
    }
    await insertRequest(act.tx, asked)
    const { id, accountId } = asked
    const detail = { request: id, acts: names.join(',') }
    record(act, { event: 'authz_request_asked', accountId, detail })
    if (kind === 'account' && account) tellHolder(act, account, names)
    await watchAsked(act, asked)
    return asked
  })
}

/** Refusals that depend on what others have done; some are remembered although the request is refused. */
async function judgeAsking(
  act: Act,
  asker: DeskOperator,
  request: Pick<DeskRequest, 'kind' | 'accountId' | 'operatorId' | 'names'>,
): Promise<Refusal | null> {
  const { tx, now, config } = act
  const { accountId, kind } = request
  const own = await refuseOwnAccount(act, asker, accountId)
  if (own) return own
  if (isOwnChange(request, asker)) {
    return act.refuse(new Problem('not_allowed', { extras: { why: 'own_change' } }))
  }
  const many = await selectFullAsked(tx, {
    askerId: asker.id,
    since: now - days,
    most: config.desk.mostRequests,
  })
  if (many !== null) return refuseTooMany(act, asker, { what: 'requests', until: many + days })
  if (kind !== 'account' || accountId === null) return null
  const { most, within } = asksPerAccount
  const since = now - within
  const manyOfOne = await selectFullAsked(tx, { askerId: asker.id, accountId, since, most })
  if (manyOfOne !== null) {
    const until = manyOfOne + within
    return refuseTooMany(act, asker, { what: 'requests', accountId, until })
  }
  if (excludeEachOther(request, await selectOpenings(tx, [accountId], now - pairRemembered))) {
    throw new Problem('not_allowed', { extras: { why: 'excluded' } })
  }
  if (await blockedByCase(tx, accountId)) throw new Problem('case_open')
  return null
}

function bindAll(acts: AskInput['acts']): readonly BoundAct[] {
  if (acts.length === 0 || acts.length > mostActs) throw invalid('acts', `1 to ${mostActs} acts`)
  const bound = acts.map((given, index) => {
    const one = bindAct(given.act, given)
    if (one === null) throw invalid(`acts.${index}.act`, `one of: ${requestActs.join(', ')}`)
    if ('perform' in one) return one
    throw invalid(
      one.map((place) => `acts.${index}.${place}`),
      'not allowed',
    )
  })
  requireOnce(bound)
  return bound.toSorted((one, other) => placeOf(one) - placeOf(other))
}

/**
 * The order in which they are done, whatever the order they came in: a passkey that is live again keeps the removal of
 * another from being that of the last; whether a code may be issued depends on what was done to the passkeys before,
 * and whether somebody can sign in, too.
 */
const order: readonly RequestAct[] = [
  'resume-passkey',
  'remove-passkey',
  'change-email',
  'end-hold',
  'activation-code',
  'reopen',
]

function placeOf({ act }: BoundAct): number {
  return order.indexOf(act)
}

/** The same act cannot be done twice, but to different passkeys: what the second states would never be so. */
function requireOnce(bound: readonly BoundAct[]): void {
  const seen = new Set<string>()
  for (const [index, { act, values }] of bound.entries()) {
    const what = canonicalJson([act, values['passkeyId'] ?? null])
    if (seen.has(what)) throw invalid(`acts.${index}.act`, 'twice')
    seen.add(what)
  }
}

/** The account or operator that the acts are about; 404 `not_found` where there is none. */
async function findSubject(
  deps: Pick<ActDeps, 'db'>,
  bound: readonly BoundAct[],
  { accountId }: AskInput,
): Promise<Subject> {
  const [first] = bound
  if (!first) throw invalid('acts', 'none')
  if (first.act === 'reopen-many') {
    if (accountId !== null) throw invalid('accountId', 'not with this act')
    return { account: null, operator: null }
  }
  if (kindOf(first.act) === 'account') {
    if (accountId === null) throw invalid('accountId', 'missing')
    const account = await findAccountById(deps.db, accountId)
    if (account.lockReason === 'erased') throw new Problem('not_found')
    return { account, operator: null }
  }
  if (accountId !== null) throw invalid('accountId', 'not with this act')
  const { operatorId, loginId } = first.values
  const operator =
    typeof operatorId === 'string' && isId(operatorId)
      ? await selectOperator(deps.db, operatorId)
      : null
  if (operator === undefined) throw new Problem('not_found')
  // An operator's own account as a customer: its erasure reaches what was written of it here.
  const account = typeof loginId === 'string' ? await findAccount(deps, loginId) : null
  return { account: account ?? null, operator }
}

/**
 * The checks that the asker says were done, but for the one by the caller's page: that one the server itself sets,
 * where the holder has proven it for each of the acts.
 */
async function checksOf(
  { tx, now }: Act,
  account: Account | null,
  operatorId: string,
  bound: readonly BoundAct[],
  said: readonly IdentityCheck[],
): Promise<readonly IdentityCheck[]> {
  const byHand = said.filter(({ check }) => check !== pageCheckName)
  if (!account) return byHand
  const of = { account, operatorId, acts: bound, now }
  const at = await checkedByPage(tx, of)
  if (at === undefined) return byHand
  return [...byHand, { check: pageCheckName, method: 'passkey', at: toIso(at) }]
}

/** Throws 400 `invalid_request` for a check that is said to have been done later than now, or long ago. */
function requireOfNow(said: readonly IdentityCheck[], now: number): void {
  const wrong = [...said.entries()].filter(([, { at }]) => {
    const age = at === undefined ? 0 : now - Date.parse(at)
    return age < -mostClockDifference || age > identityCheckCounts
  })
  if (wrong.length === 0) return
  throw invalid(
    wrong.map(([index]) => `checks.${index}.at`),
    'not within the last day',
  )
}

/** Throws 400 `checks_missing` with the names of those that were not done. */
function requireChecks(needed: readonly string[], done: readonly IdentityCheck[]): void {
  const missing = needed.filter((one) => !done.some(({ check }) => check === one))
  if (missing.length > 0) throw new Problem('checks_missing', { extras: { missing } })
}

/** A notice for each act, in our own words; nothing that an operator wrote. */
function tellHolder(act: Act, account: Account, names: readonly RequestAct[]): void {
  for (const name of new Set(names)) {
    const notice = notices[name as AccountAct]
    if (notice) notify(act, account, notice)
  }
}

const notices: Readonly<Record<AccountAct, AskedNotice | null>> = {
  'remove-passkey': 'asked_remove_passkey',
  'resume-passkey': 'asked_resume_passkey',
  reopen: 'asked_reopen',
  // They hear when it is done: docs/decisions/0036-the-brake.md.
  'reopen-many': null,
  'change-email': 'asked_change_email',
  'activation-code': 'asked_activation_code',
  'end-hold': 'asked_end_hold',
}

function invalid(paths: string | readonly string[], message: string): Problem {
  const errors = [paths].flat().map((path) => ({ path, message }))
  return new Problem('invalid_request', { extras: { errors } })
}
