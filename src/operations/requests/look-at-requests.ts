// Requests as the console shows them: whole, or as rows of a list.
import { holdAccount } from '../../domain/accounts/hold-account.ts'
import { openLetter, selectMark, takeSealed } from '../../domain/accounts/letters.ts'
import { transact, type Act, type ActDeps } from '../../domain/act.ts'
import { asOperator } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import type { Deps } from '../../domain/deps.ts'
import { isCodeLive } from '../../domain/operators/enrolment-codes.ts'
import { operatorNames } from '../../domain/operators/names.ts'
import type { DeskOperator } from '../../domain/operators/operator.ts'
import { holdWorkingOperator } from '../../domain/operators/store.ts'
import { readingsOf } from '../../domain/requests/readings.ts'
import type { DeskRequest } from '../../domain/requests/request.ts'
import { selectRequests, takeAskerHalf } from '../../domain/requests/store.ts'
import {
  askerRole,
  hasRole,
  isOwnAccount,
  whyNotApprove,
  type Obstacle,
  type Remembered,
} from '../../domain/requests/two-persons.ts'
import type { Place } from '../../domain/tables/place.ts'
import {
  accountReaders,
  requestKinds,
  type OperatorRole,
  type RequestKind,
  type RequestState,
} from '../../domain/vocabulary/desk.ts'
import type { Caller } from '../../kernel/caller.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { mostRequestReads, mostRequestsListed } from '../../limits/requests.ts'
import { findRequest } from '../desk/find.ts'
import { shownStates, signingOf } from './state-request.ts'
import { areApproversIn, readRemembered } from './who-approves.ts'

type LookDeps = Pick<Deps, 'db' | 'now' | 'config'>

/** An operator by name, as others at the desk see one. */
export interface Named {
  readonly id: string
  readonly name: string
}

export interface ListedRequest {
  readonly request: DeskRequest
  readonly state: RequestState
  readonly asker: Named
  readonly approver: Named | null
  /** Whether somebody is signed in now who could approve it; of one that waits for no approval, false. */
  readonly approverSignedIn: boolean
}

interface SeenRequest extends ListedRequest {
  /** Why the one who looks may not approve it, in a fixed word, or null. */
  readonly obstacle: Obstacle | null
  /** Whether a code, or her half of one, waits for the one who looks. */
  readonly hasCode: boolean
}

/** What only who asked sees, once. */
interface TakenCode {
  /** Her half of a code for enrolment. */
  readonly codeHalf: string | null
  /** A code for a customer's new password. */
  readonly activationCode: string | null
}

export interface ShownRequest extends SeenRequest, TakenCode {}

/** The kinds of requests that an operator works with: an admin's are the operators, and nothing else. */
function kindsSeenBy({ roles }: Pick<DeskOperator, 'roles'>): readonly RequestKind[] {
  return requestKinds.filter((kind) => roles.some((role) => seenBy[kind].includes(role)))
}

const seenBy: Readonly<Record<RequestKind, readonly OperatorRole[]>> = {
  account: accountReaders,
  operator: ['admin', 'auditor'],
}

interface Wanted {
  readonly state?: RequestState | undefined
  readonly accountId?: string | undefined
  readonly before?: Place | undefined
}

interface ListedPage {
  readonly requests: readonly ListedRequest[]
  /** Where the next page begins. */
  readonly next: Place | null
}

/**
 * A page of the requests that the operator may see, the newest first. One that is not what its text states any more is
 * shown as lapsed, which its approval would say, and waits for nobody: where a state is wanted, it is read on until the
 * page is full.
 */
export async function listRequests(
  deps: LookDeps,
  operator: DeskOperator,
  wanted: Wanted,
): Promise<ListedPage> {
  const found: ListedRequest[] = []
  let next: Place | null = wanted.before ?? null
  for (let reads = 0; reads < mostRequestReads; reads++) {
    const read = await readOn(deps, operator, { ...wanted, before: next ?? undefined })
    const { state: asked } = wanted
    found.push(...read.requests.filter(({ state }) => asked === undefined || state === asked))
    next = read.next
    if (next === null || found.length >= mostRequestsListed) break
  }
  const requests = found.slice(0, mostRequestsListed)
  const last = requests.at(-1)
  return { requests, next: found.length > requests.length && last ? placeOf(last.request) : next }
}

/** The next of those that are stored as the wanted state is, in whatever state they are shown. */
async function readOn(deps: LookDeps, operator: DeskOperator, wanted: Wanted): Promise<ListedPage> {
  const { db } = deps
  const now = deps.now()
  const most = mostRequestsListed + 1
  const pages = await Promise.all(
    kindsSeenBy(operator).map((kind) =>
      selectRequests(db, { ...wanted, kind, most, now, reader: operator }),
    ),
  )
  const all = pages.flat().toSorted(newestFirst)
  const requests = all.slice(0, mostRequestsListed)
  const last = requests.at(-1)
  return {
    requests: await withNames(deps, requests, now),
    next: all.length > requests.length && last ? placeOf(last) : null,
  }
}

function placeOf({ askedAt, id }: DeskRequest): Place {
  return { at: askedAt, id }
}

function newestFirst(one: DeskRequest, other: DeskRequest): number {
  return other.askedAt - one.askedAt || (one.id < other.id ? 1 : -1)
}

async function withNames(
  deps: LookDeps,
  requests: readonly DeskRequest[],
  now: number,
  known?: Remembered,
): Promise<readonly ListedRequest[]> {
  const { db } = deps
  const names = await operatorNames(db)
  const named = (id: string): Named => ({ id, name: names.get(id) ?? '' })
  const stateOf = await shownStates(readingsOf(db), now, requests, names, signingOf(deps))
  const open = requests.filter((request) => stateOf(request) === 'waiting')
  const approversIn = await areApproversIn(db, open, now, known)
  return requests.map((request) => ({
    request,
    state: stateOf(request),
    asker: named(request.askerId),
    approver: request.approverId === null ? null : named(request.approverId),
    approverSignedIn: approversIn[open.indexOf(request)] ?? false,
  }))
}

/** A request as `listRequests` shows it, and more. Throws 403 `not_allowed`; 404 `not_found`. */
export async function lookAtRequest(
  deps: LookDeps,
  operator: DeskOperator,
  id: string,
): Promise<SeenRequest> {
  const { db } = deps
  const now = deps.now()
  const request = await findRequest(db, id)
  if (!kindsSeenBy(operator).includes(request.kind)) throw new Problem('not_allowed')
  if (isOwnAccount(request, operator)) throw new Problem('not_allowed')
  const remembered = await readRemembered(db, [request.accountId], now)
  const [listed] = await withNames(deps, [request], now, remembered)
  if (!listed) throw new Problem('not_found')
  return {
    ...listed,
    obstacle: whyNotApprove(request, operator, remembered),
    hasCode: await hasCode(deps, operator, request),
  }
}

/** Whether a code waits for who asked for it; one may have ended, or have gone into a letter. */
async function hasCode(
  { db, now }: LookDeps,
  operator: DeskOperator,
  request: DeskRequest,
): Promise<boolean> {
  if (!isForHer(request, operator)) return false
  const { kind, accountId, operatorId, askerHalf, doneAt: givenAt } = request
  if (kind === 'operator' || accountId === null) {
    if (operatorId === null || givenAt === null) return false
    return isCodeLive(db, { operatorId, givenAt }, now())
  }
  return (await selectMark(db, accountId)) === askerHalf
}

/** Whether a request brought its asker, and nobody else, a code that she has not looked for yet and may still see. */
function isForHer({ kind, askerHalf, askerId }: DeskRequest, operator: DeskOperator): boolean {
  return askerHalf !== null && askerId === operator.id && hasRole(operator, askerRole[kind])
}

/** As `lookAtRequest`; who asked for a code, and may still ask for one, sees it, or her half of it, once. */
export async function showRequest(
  deps: ActDeps,
  caller: Caller,
  operator: DeskOperator,
  id: string,
): Promise<ShownRequest> {
  const seen = await lookAtRequest(deps, operator, id)
  const { request } = seen
  if (!seen.hasCode) return { ...seen, codeHalf: null, activationCode: null }
  const by = asOperator(caller, operator)
  return { ...seen, ...(await transact(deps, by, (act) => takeCode(act, request))) }
}

async function takeCode(act: Act, request: DeskRequest): Promise<TakenCode> {
  const { id, kind, accountId, askerId } = request
  const { tx, keys } = act
  const nothing = { codeHalf: null, activationCode: null }
  // The account first, as whoever decides about the request does.
  if (kind === 'account' && accountId !== null) await holdAccount(act, { id: accountId })
  await holdWorkingOperator(tx, askerId, [askerRole[kind]])
  const half = await takeAskerHalf(tx, request)
  if (half === null) return nothing
  if (kind === 'operator' || accountId === null) {
    record(act, { event: 'authz_request_half_taken', detail: { request: id } })
    return { ...nothing, codeHalf: keys.unseal('enrolment-half', id, half) }
  }
  const sealed = await takeSealed(tx, accountId, half)
  if (sealed === null) return nothing
  const detail = { way: 'asker', request: id } as const
  record(act, { event: 'authn_activation_given', accountId, detail })
  return { ...nothing, activationCode: openLetter(keys, accountId, sealed) }
}

/** What is worth knowing before something is asked for. */
interface BeforeAsking {
  readonly approverSignedIn: boolean
  readonly openedLately: boolean
}

/** For who is about to ask for an act: whether somebody could approve it now. */
export async function lookBeforeAsking(
  deps: Pick<Deps, 'db' | 'now'>,
  operator: DeskOperator,
  {
    accountId = null,
    operatorId = null,
  }: { readonly accountId?: string | null; readonly operatorId?: string | null } = {},
): Promise<BeforeAsking> {
  const kind = accountId !== null || !operator.roles.includes('admin') ? 'account' : 'operator'
  const request = { kind, askerId: operator.id, accountId, operatorId, names: [] } as const
  const { db } = deps
  const now = deps.now()
  const remembered = await readRemembered(db, [accountId], now)
  const [approverSignedIn = false] = await areApproversIn(db, [request], now, remembered)
  return { approverSignedIn, openedLately: remembered.openings.length > 0 }
}
