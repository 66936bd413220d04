// A request's text, made from its row and the state of the moment: when it is asked for, when somebody looks, and
// within the transaction of its approval (rule 39).
import type { Account } from '../../domain/accounts/account.ts'
import type { Deps } from '../../domain/deps.ts'
import type { DeskOperator } from '../../domain/operators/operator.ts'
import type { States, Subject } from '../../domain/requests/act-kind.ts'
import type { Readings } from '../../domain/requests/readings.ts'
import {
  isOpen,
  shownState,
  type DeskRequest,
  type StoredAct,
} from '../../domain/requests/request.ts'
import { digestOf, makeText, statedIn } from '../../domain/requests/text.ts'
import type { RequestState } from '../../domain/vocabulary/desk.ts'
import type { Json } from '../../kernel/canonical-json.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { bindAct, type BoundAct } from './acts.ts'

type Stated = Pick<DeskRequest, 'id' | 'reason' | 'ticket' | 'checks' | 'askedAt' | 'expiresAt'>

/** What a request is made of: its row, its acts, whom it is about, and who asks for it at which console. */
interface Stating {
  readonly origin: string
  readonly request: Stated
  readonly bound: readonly BoundAct[]
  readonly on: Subject
  readonly asker: Pick<DeskOperator, 'id' | 'name'>
  /** How long what it opens waits once it is approved. */
  readonly wait: number
  /** What its text states of each act, where it has one. */
  readonly befores?: readonly (Json | undefined)[]
}

/** An act with what the text states of it. */
interface StatedAct {
  readonly one: BoundAct
  readonly states: States
}

interface Statement {
  readonly text: string
  readonly acts: readonly StatedAct[]
}

/**
 * The text of a request about a subject. Throws a Problem where one of its acts cannot be, or takes away the hold
 * that another of them begins.
 */
export async function stateRequest(
  from: Readings,
  now: number,
  { origin, request, bound, on, asker, wait, befores = [] }: Stating,
): Promise<Statement> {
  const stated: (StoredAct & StatedAct)[] = []
  for (const [index, one] of bound.entries()) {
    const { act, values } = one
    const before = befores[index]
    const states = await one.states(from, on, {
      ...{ now, doneFrom: now + wait },
      askedAt: request.askedAt,
      earlier: stated,
      together: bound,
      ...(before !== undefined && { before }),
    })
    stated.push({ act, values, one, states })
  }
  requireHolds(stated)
  const text = makeText(origin, request, stated, { account: on.account, asker })
  return { text, acts: stated }
}

/** Rule 11: a hold that a request begins is ended by another request alone, whatever the order of its acts. */
function requireHolds(stated: readonly (StoredAct & StatedAct)[]): void {
  const ends = stated.findIndex(({ act }) => act === 'end-hold')
  if (ends < 0 || !stated.some(({ states }) => beginsHold(states))) return
  const errors = [{ path: `acts.${ends}.act`, message: 'not with an act that begins a hold' }]
  throw new Problem('invalid_request', { extras: { errors, why: 'hold_begun' } })
}

function beginsHold({ after }: States): boolean {
  const { hold = null } = after as { readonly hold?: Json }
  return hold !== null
}

/** What a stored request is about, with its acts ready to be performed. */
export interface Restated {
  readonly acts: readonly StatedAct[]
  readonly on: Subject
}

/** The console at which a request is approved: its receipt names the origin that the text states. */
interface Signing {
  readonly origin: string
  /** How long what is approved there waits. */
  readonly wait: number
}

export function signingOf({ config }: Pick<Deps, 'config'>): Signing {
  return { origin: config.console.origin, wait: config.desk.waitMilliseconds }
}

interface Restating {
  /** The one held by the act; without it the account is read. */
  readonly account?: Account | null
  /** Where it is still to be signed. */
  readonly signing?: Signing
}

/** The request as it stands now, or null when it is not what its text states any more, or is signed elsewhere. */
export async function restate(
  from: Readings,
  now: number,
  request: DeskRequest,
  asker: Pick<DeskOperator, 'id' | 'name'>,
  { account, signing }: Restating = {},
): Promise<Restated | null> {
  const bound = boundActs(request)
  if (bound === null) return null
  const on = await subjectOf(from, request, account)
  // Whatever is not as it was signed makes another digest.
  const { origin, befores } = statedIn(request.text)
  if (signing && signing.origin !== origin) return null
  try {
    const { text, acts } = await stateRequest(from, now, {
      ...{ origin, request, bound, on, asker, befores },
      wait: signing?.wait ?? 0,
    })
    return digestOf(text) === request.digest ? { acts, on } : null
  } catch (error) {
    // An act that cannot be any more: its passkey is gone, say.
    if (error instanceof Problem) return null
    throw error
  }
}

/** The ids of those among these requests that are not what their texts state any more. */
export async function findVoid(
  from: Readings,
  now: number,
  requests: readonly DeskRequest[],
  names: ReadonlyMap<string, string>,
  signing?: Signing,
): Promise<ReadonlySet<string>> {
  const restated = await Promise.all(
    requests.map((request) => {
      const { askerId: id } = request
      return restate(from, now, request, { id, name: names.get(id) ?? '' }, signing && { signing })
    }),
  )
  return new Set(requests.filter((_, index) => restated[index] === null).map(({ id }) => id))
}

/** The state in which each of these requests is shown: one that is void is lapsed, which its approval would say. */
export async function shownStates(
  from: Readings,
  now: number,
  requests: readonly DeskRequest[],
  names: ReadonlyMap<string, string>,
  signing: Signing,
): Promise<(request: DeskRequest) => RequestState> {
  const open = requests.filter((request) => isOpen(request, now))
  const isVoid = await findVoid(from, now, open, names, signing)
  return (request) => (isVoid.has(request.id) ? 'lapsed' : shownState(request, now))
}

/** The acts of a stored request; null when they were erased, or are known no more. */
function boundActs({ acts }: Pick<DeskRequest, 'acts'>): readonly BoundAct[] | null {
  const bound = acts.flatMap(({ act, values }) => {
    const one = bindAct(act, values)
    return one && 'perform' in one ? [one] : []
  })
  return bound.length > 0 && bound.length === acts.length ? bound : null
}

async function subjectOf(
  from: Readings,
  { accountId, operatorId }: Pick<DeskRequest, 'accountId' | 'operatorId'>,
  held?: Account | null,
): Promise<Subject> {
  const account = held ?? (accountId === null ? null : ((await from.account(accountId)) ?? null))
  const operators = operatorId === null ? [] : await from.operators()
  return { account, operator: operators.find(({ id }) => id === operatorId) ?? null }
}
