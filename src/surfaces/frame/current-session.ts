import type { Deps } from '../../domain/deps.ts'
import { selectEndReason } from '../../domain/sessions/ended.ts'
import { selectLiveSession } from '../../domain/sessions/live.ts'
import { sessionEnd, type Session } from '../../domain/sessions/session.ts'
import { updateLastSeen } from '../../domain/sessions/store.ts'
import type { SessionEndReason } from '../../domain/vocabulary/reasons.ts'
import { toIso } from '../../kernel/clock.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { hashToken } from '../../kernel/secrets.ts'
import { texts } from '../../text/texts.ts'
import { readToken } from './cookies.ts'
import { isClockDue, moveAlongside, type MoveClock } from './idle-clock.ts'
import type { SurfaceDeps } from './site.ts'
import type { Visit } from './visit.ts'

interface Seen {
  readonly session: Session | null
  /** Moves the session's idle clock, where that is due. */
  readonly move?: MoveClock
}

/** The live session of this browser, or null, as it is when nobody uses it: its idle clock stands. */
export async function peekAtSession(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  visit: Visit,
): Promise<Session | null> {
  const token = readToken(visit, 'session')
  return (token && (await selectLiveSession(db, hashToken(token), now()))) || null
}

/** The live session of this browser, or null. Whoever looks has to move its idle clock. */
export async function lookForSession(deps: Pick<Deps, 'db' | 'now'>, visit: Visit): Promise<Seen> {
  const { now } = deps
  const found = await peekAtSession(deps, visit)
  if (!found) return { session: null }
  if (!isClockDue(found, deps)) return { session: found }
  return {
    session: { ...found, lastSeenAt: now() },
    move: (where) => updateLastSeen(where, found.id, now()),
  }
}

/** The live session of this browser, or null. Its idle clock moves in a commit of its own. */
export async function currentSession(
  deps: Pick<Deps, 'db' | 'now'>,
  visit: Visit,
): Promise<Session | null> {
  const { session, move } = await lookForSession(deps, visit)
  await move?.(deps.db)
  return session
}

/** How this browser's session ended; null where it has none that could have. Only its own token tells. */
export async function findSessionEnd(
  { db }: Pick<Deps, 'db'>,
  visit: Visit,
): Promise<SessionEndReason | 'run_out' | null> {
  const token = readToken(visit, 'session')
  return token === undefined ? null : ((await selectEndReason(db, hashToken(token))) ?? 'run_out')
}

/**
 * 401 `not_signed_in`; after a session it says how that ended, in `ended` and in words. 403
 * `password_change_needed` for a session that is good for nothing else.
 */
export async function notSignedIn(deps: Pick<Deps, 'db' | 'now'>, visit: Visit): Promise<Problem> {
  if ((await peekAtSession(deps, visit))?.passwordBreached) {
    return new Problem('password_change_needed')
  }
  const ended = await findSessionEnd(deps, visit)
  if (ended === null) return new Problem('not_signed_in')
  const detail = texts[visit.get('language')].sessionEnds[ended]
  return new Problem('not_signed_in', { extras: { ended, detail } })
}

/**
 * Does `work` for the live session of this browser; 401 `not_signed_in` without one. The answer says when
 * the session ends if it is not used again. The idle clock moves in the commit of the work's act, or in one
 * of its own when there was none.
 */
export async function withSession<T>(
  deps: SurfaceDeps,
  visit: Visit,
  work: (session: Session, deps: SurfaceDeps) => Promise<T>,
): Promise<T> {
  const { session, move } = await lookForSession(deps, visit)
  if (!session) throw await notSignedIn(deps, visit)
  visit.header('X-Session-Ends', toIso(sessionEnd(session)))
  return moveAlongside(deps, move, (given) => work(session, given))
}
