// The operator's session of a browser at the console, and the roles that a call needs.
import type { z } from 'zod'
import { operatorSessionEnd, type OperatorSession } from '../../../domain/operators/operator.ts'
import { selectOperatorSession, updateOperatorSeen } from '../../../domain/operators/sessions.ts'
import type { Database, Tx } from '../../../domain/tables/tables.ts'
import type { OperatorRole } from '../../../domain/vocabulary/desk.ts'
import { toIso } from '../../../kernel/clock.ts'
import { Problem, problemOf } from '../../../kernel/http/problem.ts'
import { hashToken } from '../../../kernel/secrets.ts'
import {
  action,
  type Action,
  type ActionRequest,
  type ActionWords,
  type ValueOf,
} from '../../frame/action.ts'
import { readToken } from '../../frame/cookies.ts'
import { lastSeenPrecision } from '../../frame/current-session.ts'
import type { SurfaceDeps } from '../../frame/site.ts'
import type { Visit } from '../../frame/visit.ts'

/** The live session of this browser, or null; its idle clock stands. */
export async function peekAtOperator(visit: Visit): Promise<OperatorSession | null> {
  const { db, now } = visit.get('deps')
  const token = readToken(visit, 'session')
  return (token && (await selectOperatorSession(db, hashToken(token), now()))) || null
}

/**
 * Works for an operator who is signed in and has one of the roles; null asks for none. The roles are read anew
 * with each call. The session's idle clock moves with the act of the work, or in a commit of its own; it stands
 * for what a page asks by itself.
 * Throws 401 `not_signed_in`, 403 `not_allowed`.
 */
export async function withOperator<T>(
  visit: Visit,
  roles: readonly OperatorRole[] | null,
  work: (session: OperatorSession, deps: SurfaceDeps) => Promise<T>,
  idleClock: 'moves' | 'stands' = 'moves',
): Promise<T> {
  const deps = visit.get('deps')
  const found = await peekAtOperator(visit)
  if (!found) throw new Problem('not_signed_in')
  // Whoever looks at an account leaves this line, and nothing else.
  visit.set('operator', found.operator.id)
  const now = deps.now()
  const isDue = idleClock === 'moves' && found.lastSeenAt <= now - lastSeenPrecision
  const session = isDue ? { ...found, lastSeenAt: now } : found
  visit.header('X-Session-Ends', toIso(operatorSessionEnd(session)))
  const allowed = roles === null || roles.some((role) => found.operator.roles.includes(role))
  let hasMoved = !isDue
  const moveOnce = async (db: Database | Tx) => {
    if (!hasMoved) await updateOperatorSeen(db, found.id, now)
    hasMoved = true
  }
  // Any other error is thrown on at once: a database that has just failed is not asked again.
  const outcome = allowed
    ? await work(session, isDue ? { ...deps, alongside: moveOnce } : deps).catch(problemOf)
    : new Problem('not_allowed')
  await moveOnce(deps.db)
  if (outcome instanceof Problem) throw outcome
  return outcome
}

interface Seat {
  readonly session: OperatorSession
  readonly deps: SurfaceDeps
}

/** Of the calls that are being answered. */
const seats = new WeakMap<Visit, Seat>()

function seatOf(visit: Visit): Seat {
  const seat = seats.get(visit)
  if (!seat) throw new TypeError('nobody has looked who is signed in')
  return seat
}

type ForOperator<Body> = ActionRequest<Body> & { readonly session: OperatorSession }

/**
 * An action for operators with one of the roles; null: for everybody who is signed in. Who it is comes first:
 * nobody else's body is read.
 */
export function operatorAction<A extends z.ZodType | null, Body = undefined>(
  roles: readonly OperatorRole[] | null,
  words: ActionWords<A, Body>,
  handle: (request: ForOperator<Body>) => Promise<ValueOf<A>>,
  idleClock: 'moves' | 'stands' = 'moves',
): Action<A> {
  const refused = roles === null ? [] : (['not_allowed'] as const)
  const problems = ['not_signed_in', ...refused, ...(words.problems ?? [])] as const
  const { read, respond, ...described } = action({ ...words, problems }, (request) =>
    handle({ ...request, ...seatOf(request.visit) }),
  )
  const seated =
    <T>(answer: (visit: Visit) => Promise<T>) =>
    (visit: Visit) =>
      withOperator(
        visit,
        roles,
        (session, deps) => {
          seats.set(visit, { session, deps })
          return answer(visit)
        },
        idleClock,
      )
  return { ...described, read: seated(read), respond: seated(respond) }
}
