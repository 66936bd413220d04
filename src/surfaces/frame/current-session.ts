import type { Deps } from '../../domain/deps.ts'
import type { Session } from '../../domain/sessions/session.ts'
import { selectLiveSession, updateLastSeen } from '../../domain/sessions/store.ts'
import { minutes } from '../../kernel/clock.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { hashToken } from '../../kernel/secrets.ts'
import { readToken } from './cookies.ts'
import type { Visit } from './visit.ts'

/** The idle clock is moved at most this often, so that most requests only read. */
const lastSeenPrecision = 1 * minutes

/** The live session of this browser, or null. Reading it moves its idle clock. */
export async function currentSession(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  visit: Visit,
): Promise<Session | null> {
  const token = readToken(visit, 'session')
  if (!token) return null
  const session = await selectLiveSession(db, hashToken(token), now())
  if (!session) return null
  if (session.lastSeenAt > now() - lastSeenPrecision) return session
  await updateLastSeen(db, session.id, now())
  return { ...session, lastSeenAt: now() }
}

/** The live session of this browser; 401 `not_signed_in` without one. */
export async function requireSession(
  deps: Pick<Deps, 'db' | 'now'>,
  visit: Visit,
): Promise<Session> {
  const session = await currentSession(deps, visit)
  if (!session) throw new Problem('not_signed_in')
  return session
}
