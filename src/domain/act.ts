// An act is one transaction with its actor, its time and its after-effects. What leaves an event or a mail goes
// through one.
import type { Compilable } from 'kysely'
import { runUnread } from '../kernel/db/unread.ts'
import type { Problem } from '../kernel/http/problem.ts'
import type { Keys } from '../kernel/secrets.ts'
import type { Config } from '../settings/config.ts'
import type { By } from './actor.ts'
import type { Closing, OperatorClosing } from './closings.ts'
import type { Deps, Happening } from './deps.ts'
import type { Tx } from './tables/tables.ts'

export type ActDeps = Pick<
  Deps,
  'config' | 'db' | 'keys' | 'now' | 'wakeSender' | 'alongside' | 'heard' | 'keepClosed'
>

export interface Act {
  readonly tx: Tx
  readonly by: By
  /**
   * The moment of the act in milliseconds, the same for every row that it writes: when it is first read,
   * which is after the wait for rows that another act holds.
   */
  readonly now: number
  readonly config: Config
  readonly keys: Keys
  /** Defers a write that nothing in the act reads to the commit, in order of the calls. */
  later(write: () => Compilable): void
  /** Says that this has to stay closed after a restore; it is kept once the act has committed. */
  closes(closing: Closing | OperatorClosing): void
  /** Makes the mail sender look into the outbox once the act has committed. */
  wakeSender(): void
  /** Told to the node's metrics once the act has committed. */
  readonly happened: (what: Happening) => void
  /** To be returned by `work`: commits, then refuses. A throw would roll back instead (rule 25). */
  refuse(problem: Problem): Refusal
}

/** A problem with which an act refuses what it has judged. */
export class Refusal {
  readonly problem: Problem
  constructor(problem: Problem) {
    this.problem = problem
  }
}

/**
 * Runs `work` in one transaction and returns its result after the commit. Throws the problem of
 * `act.refuse` after the commit, and rethrows an error of `work` after the rollback. `work` may await
 * only database calls, and only through its act.
 */
export async function transact<T>(
  { config, db, keys, now, wakeSender, alongside, heard, keepClosed }: ActDeps,
  by: By,
  work: (act: Act) => Promise<T | Refusal>,
): Promise<T> {
  const closed: (Closing | OperatorClosing)[] = []
  let wakes = false
  const happenings: Happening[] = []
  let moment: number | undefined
  const result = await db.transaction().execute(async (tx) => {
    const writes: (() => Compilable)[] = []
    const outcome = await work({
      ...{ tx, by, config, keys },
      get now() {
        return (moment ??= now())
      },
      later: (write) => void writes.push(write),
      closes: (closing) => void closed.push(closing),
      wakeSender: () => (wakes = true),
      happened: (what) => void happenings.push(what),
      refuse: (problem) => new Refusal(problem),
    })
    for (const write of writes) await runUnread(tx, write())
    await alongside?.(tx)
    return outcome
  })
  if (wakes) wakeSender()
  if (heard) happenings.forEach(heard)
  if (closed.length > 0) await keepClosed?.(closed)
  if (result instanceof Refusal) throw result.problem
  return result
}
