// A session's idle clock, which moves with the work that is done in it.
import type { Deps } from '../../domain/deps.ts'
import type { Database, Tx } from '../../domain/tables/tables.ts'
import { minutes } from '../../kernel/clock.ts'
import { Problem, problemOf } from '../../kernel/http/problem.ts'
import type { SurfaceDeps } from './site.ts'

/** The idle clock is moved at most this often, so that most requests only read. */
const lastSeenPrecision = 1 * minutes

/** Moves the clock of one session. */
export type MoveClock = (where: Database | Tx) => Promise<void>

/** Whether the clock of a session that was seen then is to be moved. */
export function isClockDue({ lastSeenAt }: { lastSeenAt: number }, { now }: Pick<Deps, 'now'>) {
  return lastSeenAt <= now() - lastSeenPrecision
}

/**
 * Does `work`, and moves the clock where `move` is given: in the commit of the work's act, or in one of its own when
 * there was none.
 */
export async function moveAlongside<T>(
  deps: SurfaceDeps,
  move: MoveClock | undefined,
  work: (deps: SurfaceDeps) => Promise<T>,
): Promise<T> {
  if (!move) return work(deps)
  let hasMoved = false
  const moveOnce = async (where: Database | Tx) => {
    if (!hasMoved) await move(where)
    hasMoved = true
  }
  // Any other error is thrown on at once: a database that has just failed is not asked again.
  const outcome = await work({ ...deps, alongside: moveOnce }).catch(problemOf)
  await moveOnce(deps.db)
  if (outcome instanceof Problem) throw outcome
  return outcome
}
