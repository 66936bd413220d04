// The operator's session of a browser at the console, and the roles that a call needs.
import type { z } from 'zod'
import {
  operatorSessionEnd,
  type DeskOperator,
  type OperatorSession,
} from '../../../domain/operators/operator.ts'
import { selectOperatorSession, updateOperatorSeen } from '../../../domain/operators/sessions.ts'
import type { OperatorRole } from '../../../domain/vocabulary/desk.ts'
import { toIso } from '../../../kernel/clock.ts'
import { Problem, type RefusalCode } from '../../../kernel/http/problem.ts'
import { hashToken } from '../../../kernel/secrets.ts'
import {
  action,
  type Action,
  type ActionRequest,
  type ActionWords,
  type ValueOf,
} from '../../frame/action.ts'
import { readToken } from '../../frame/cookies.ts'
import { isClockDue, moveAlongside, type MoveClock } from '../../frame/idle-clock.ts'
import type { SurfaceDeps } from '../../frame/site.ts'
import type { Visit } from '../../frame/visit.ts'

/** The live session of this browser, or null; its idle clock stands. */
export async function peekAtOperator(visit: Visit): Promise<OperatorSession | null> {
  const { db, now } = visit.get('deps')
  const token = readToken(visit, 'session')
  return (token && (await selectOperatorSession(db, hashToken(token), now()))) || null
}

/** Who is signed in, while a visit is answered. */
interface Seat {
  readonly session: OperatorSession
  readonly deps: SurfaceDeps
}

/** Of the visits that are being answered. */
const seats = new WeakMap<Visit, Seat>()

function seatOf(visit: Visit): Seat {
  const seat = seats.get(visit)
  if (!seat) throw new TypeError('nobody has looked who is signed in')
  return seat
}

/**
 * Works for an operator who is signed in and has one of the roles; null asks for none. The roles are read anew
 * with each call, and once for a page and all that it reads. The session's idle clock moves with the act of the
 * work, or in a commit of its own; it stands for what a page asks by itself.
 * Throws 401 `not_signed_in`, 403 `not_allowed`.
 */
export async function withOperator<T>(
  visit: Visit,
  roles: readonly OperatorRole[] | null,
  work: (session: OperatorSession, deps: SurfaceDeps) => Promise<T>,
  idleClock: 'moves' | 'stands' = 'moves',
): Promise<T> {
  const workAt = async ({ session, deps }: Seat) => {
    if (!isAllowed(session.operator, roles)) throw new Problem('not_allowed')
    return work(session, deps)
  }
  const taken = seats.get(visit)
  if (taken) return workAt(taken)
  const deps = visit.get('deps')
  const found = await peekAtOperator(visit)
  if (!found) throw new Problem('not_signed_in')
  // Whoever looks at an account leaves this line, and nothing else.
  visit.set('operator', found.operator.id)
  const now = deps.now()
  const isDue = idleClock === 'moves' && isClockDue(found, deps)
  const session = isDue ? { ...found, lastSeenAt: now } : found
  visit.header('X-Session-Ends', toIso(operatorSessionEnd(session)))
  const move: MoveClock = (where) => updateOperatorSeen(where, found.id, now)
  return moveAlongside(deps, isDue ? move : undefined, (given) => {
    const seat = { session, deps: given }
    seats.set(visit, seat)
    return workAt(seat)
  })
}

/** Whether the operator has one of the roles; null asks for none. */
export function isAllowed(
  operator: Pick<DeskOperator, 'roles'>,
  roles: readonly OperatorRole[] | null,
): boolean {
  return roles === null || roles.some((role) => operator.roles.includes(role))
}

interface OperatorWords<A, Body> extends ActionWords<A, Body> {
  /**
   * It is a reading that leaves a record. As a link elsewhere must not make an operator leave one, it is refused
   * from there like a write, with 403 `cross_site`.
   */
  readonly leavesRecord?: true
  /** `stands`: a page asks it by itself, and nobody need sit there. */
  readonly idleClock?: 'stands'
}

type ForOperator<Body> = ActionRequest<Body> & { readonly session: OperatorSession }

/**
 * An action for operators with one of the roles; null: for everybody who is signed in. Who it is comes first:
 * nobody else's body is read.
 */
export function operatorAction<A extends z.ZodType | null, Body = undefined>(
  roles: readonly OperatorRole[] | null,
  { leavesRecord, idleClock, ...words }: OperatorWords<A, Body>,
  handle: (request: ForOperator<Body>) => Promise<ValueOf<A>>,
): Action<A> {
  const problems: RefusalCode[] = ['not_signed_in', ...(words.problems ?? [])]
  if (roles !== null) problems.push('not_allowed')
  if (leavesRecord) problems.push('cross_site')
  const { read, respond, ...described } = action({ ...words, problems }, async (request) => {
    if (leavesRecord) onlyFromHere(request.visit)
    return handle({ ...request, ...seatOf(request.visit) })
  })
  const seated =
    <T>(answer: (visit: Visit) => Promise<T>) =>
    (visit: Visit) =>
      withOperator(visit, roles, () => answer(visit), idleClock)
  return { ...described, read: seated(read), respond: seated(respond) }
}

function onlyFromHere(visit: Visit): void {
  const site = visit.req.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin') throw new Problem('cross_site')
}
