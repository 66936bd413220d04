// The one way to change something: who acts, when, and what follows, in one transaction.
import type { Problem } from '../kernel/http/problem.ts'
import type { Keys } from '../kernel/secrets.ts'
import type { Config } from '../settings/config.ts'
import type { By } from './actor.ts'
import type { Deps } from './deps.ts'
import type { Tx } from './tables/tables.ts'

export type ActDeps = Pick<Deps, 'config' | 'db' | 'keys' | 'now' | 'wakeSender'>

export interface Act {
  readonly tx: Tx
  readonly by: By
  /** The moment of the act in milliseconds, the same for all that it writes. */
  readonly now: number
  readonly config: Config
  readonly keys: Keys
  /** Writes at the end of the transaction what nothing in the act reads, in the order of the calls. */
  later(write: (tx: Tx) => Promise<unknown>): void
  /** Has the mail sender look into the outbox once the act has committed. */
  wakeSender(): void
  /** To be returned: commits all that was written, then refuses. What is thrown undoes it (rule 25). */
  refuse(problem: Problem): Refusal
}

class Refusal {
  readonly problem: Problem
  constructor(problem: Problem) {
    this.problem = problem
  }
}

/**
 * Runs `work` in one transaction and returns what it returned once that has committed. Throws the
 * problem of `act.refuse` after the commit, and whatever `work` throws after a rollback. `work` awaits
 * nothing but the database, and that through its act alone.
 */
export async function transact<T>(
  { config, db, keys, now, wakeSender }: ActDeps,
  by: By,
  work: (act: Act) => Promise<T | Refusal>,
): Promise<T> {
  let wakes = false
  const result = await db.transaction().execute(async (tx) => {
    const writes: ((tx: Tx) => Promise<unknown>)[] = []
    const outcome = await work({
      ...{ tx, by, config, keys, now: now() },
      later: (write) => void writes.push(write),
      wakeSender: () => (wakes = true),
      refuse: (problem) => new Refusal(problem),
    })
    for (const write of writes) await write(tx)
    return outcome
  })
  if (wakes) wakeSender()
  if (result instanceof Refusal) throw result.problem
  return result
}
