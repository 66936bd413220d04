// Whether a node can sign anybody in: looked at by writing, in bounded time, and once at a time.
import type { Deps } from '../../domain/deps.ts'
import { selectDueSince } from '../../domain/outbox/store.ts'
import { dialectOf } from '../../domain/tables/database.ts'
import { writeProof } from '../../domain/tables/installation.ts'
import { seconds } from '../../kernel/clock.ts'
import { onceAtATime } from '../../kernel/once-at-a-time.ts'
import { mostClockOffset, mostOverdue } from '../../limits/node.ts'

const asked = { fresh: 1 * seconds, within: 2 * seconds } as const

interface Check {
  readonly ok: boolean
  /** What is so, in words for an operator. */
  readonly says: string
}

export const checkNames = ['drain', 'database', 'clock', 'mail', 'passwords'] as const

export type Readiness = Readonly<Record<(typeof checkNames)[number], Check>> & {
  /** Milliseconds that this node's clock is ahead of the database's; null when that is not known. */
  readonly clockOffset: number | null
}

interface NodeState {
  readonly isDraining: () => boolean
  /** Whether passwords can be hashed. */
  readonly hashes: () => boolean
}

type ReadyDeps = Pick<Deps, 'config' | 'db' | 'now'>

/** Makes the question whether this node is ready; it is answered within about two seconds, and never throws. */
export function readinessOf(deps: ReadyDeps, node: NodeState): () => Promise<Readiness> {
  const fromDatabase = onceAtATime(asked, () => lookAtDatabase(deps), unknownBecause)
  return async () => ({
    drain: node.isDraining()
      ? { ok: false, says: 'the node is stopping' }
      : { ok: true, says: 'the node is not stopping' },
    ...(await fromDatabase()),
    passwords: node.hashes()
      ? { ok: true, says: 'the password process runs' }
      : { ok: false, says: 'the password process cannot be started' },
  })
}

type FromDatabase = Omit<Readiness, 'drain' | 'passwords'>

async function lookAtDatabase({ config, db, now }: ReadyDeps): Promise<FromDatabase> {
  const dialect = dialectOf({ address: config.database })
  const before = now()
  const theirs = await writeProof(db, dialect, before)
  const after = now()
  const dueSince = await selectDueSince(db, 'codes', after)
  const offset = theirs === null ? null : offsetOf(before, theirs, after)
  const overdue = dueSince === null ? 0 : after - dueSince
  return {
    database: { ok: true, says: `a write took ${after - before} ms` },
    clock:
      offset === null
        ? { ok: true, says: "the database has this machine's clock" }
        : {
            ok: Math.abs(offset) <= mostClockOffset,
            says: `this node's clock is ${Math.abs(offset)} ms ${offset < 0 ? 'behind' : 'ahead of'} the database's`,
          },
    mail:
      dueSince === null
        ? { ok: true, says: 'no mail with a code is due' }
        : {
            ok: overdue <= mostOverdue,
            says: `a mail with a code has been due for ${Math.floor(overdue / seconds)} s`,
          },
    clockOffset: offset,
  }
}

/** By how much the node is ahead, at least: the database looked at some time between the two. */
function offsetOf(before: number, theirs: number, after: number): number {
  if (theirs < before) return before - theirs
  return theirs > after ? after - theirs : 0
}

function unknownBecause(why: string): FromDatabase {
  const unknown: Check = { ok: false, says: 'not known without the database' }
  return { database: { ok: false, says: why }, clock: unknown, mail: unknown, clockOffset: null }
}
