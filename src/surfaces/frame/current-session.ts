import type { Deps } from '../../domain/deps.ts'
import type { Session } from '../../domain/sessions/session.ts'
import { selectLiveSession, updateLastSeen } from '../../domain/sessions/store.ts'
import type { Database, Tx } from '../../domain/tables/tables.ts'
import { minutes } from '../../kernel/clock.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { hashToken } from '../../kernel/secrets.ts'
import { readToken } from './cookies.ts'
import type { SurfaceDeps } from './site.ts'
import type { Visit } from './visit.ts'

/** The idle clock is moved at most this often, so that most requests only read. */
const lastSeenPrecision = 1 * minutes

/** The live session of this browser, or null. Reading it moves its idle clock. */
export async function currentSession(
  deps: Pick<Deps, 'db' | 'now'>,
  visit: Visit,
): Promise<Session | null> {
  const session = await readSession(deps, visit)
  if (!session || !isDue(session, deps.now())) return session
  await updateLastSeen(deps.db, session.id, deps.now())
  return { ...session, lastSeenAt: deps.now() }
}

/**
 * Does `work` for the live session of this browser; 401 `not_signed_in` without one. The idle clock moves
 * in the commit of the work's act, or in one of its own when there was none.
 */
export async function withSession<T>(
  deps: SurfaceDeps,
  visit: Visit,
  work: (session: Session, deps: SurfaceDeps) => Promise<T>,
): Promise<T> {
  const session = await readSession(deps, visit)
  if (!session) throw new Problem('not_signed_in')
  if (!isDue(session, deps.now())) return work(session, deps)
  let hasMoved = false
  const move = async (db: Database | Tx) => {
    if (!hasMoved) await updateLastSeen(db, session.id, deps.now())
    hasMoved = true
  }
  try {
    return await work({ ...session, lastSeenAt: deps.now() }, { ...deps, alongside: move })
  } finally {
    await move(deps.db)
  }
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

async function readSession(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  visit: Visit,
): Promise<Session | null> {
  const token = readToken(visit, 'session')
  if (!token) return null
  return (await selectLiveSession(db, hashToken(token), now())) ?? null
}

function isDue({ lastSeenAt }: Session, now: number): boolean {
  return lastSeenAt <= now - lastSeenPrecision
}
