// What waits in the database, for the metrics: found by an index, and counted no further than some thousands.
import { countLocked } from '../../domain/accounts/locked.ts'
import { countAlerts } from '../../domain/alerts/list.ts'
import type { Deps } from '../../domain/deps.ts'
import { countWaiting, selectDueSince, type LaneName } from '../../domain/outbox/store.ts'
import { countUndelivered } from '../../domain/outbox/undelivered.ts'
import { lockReasons, type LockReason } from '../../domain/vocabulary/reasons.ts'
import { seconds } from '../../kernel/clock.ts'
import { onceAtATime } from '../../kernel/once-at-a-time.ts'
import { alertsCounted } from '../../limits/desk.ts'

/** No count goes beyond it. */
export const mostCounted = 10_000

export interface Backlog {
  /** Mails that wait in each lane, and how many milliseconds the longest waiting one has been due. */
  readonly mails: readonly {
    readonly lane: LaneName
    readonly waiting: number
    readonly overdue: number
  }[]
  readonly undelivered: number
  /** What a supervisor of the desk should see, of the last day. */
  readonly alerts: number
  readonly locked: readonly { readonly reason: LockReason; readonly accounts: number }[]
}

const lanes: readonly LaneName[] = ['codes', 'notices']

const asked = { fresh: 5 * seconds, within: 2 * seconds } as const

/** Makes the question how much waits; null where the database does not say so in time. */
export function backlogOf(deps: Pick<Deps, 'db' | 'now'>): () => Promise<Backlog | null> {
  return onceAtATime<Backlog | null>(
    asked,
    () => countBacklog(deps),
    () => null,
  )
}

/** One statement after another: a scrape takes one connection from the customers, and no more. */
async function countBacklog({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<Backlog> {
  const mails = await Array.fromAsync(lanes, async (lane) => {
    const time = now()
    const dueSince = await selectDueSince(db, lane, time)
    const overdue = dueSince === null ? 0 : time - dueSince
    return { lane, waiting: await countWaiting(db, lane, mostCounted), overdue }
  })
  const undelivered = await countUndelivered(db, mostCounted)
  const locked = await Array.fromAsync(lockReasons, async (reason) => {
    return { reason, accounts: await countLocked(db, reason, mostCounted) }
  })
  const alerts = await countAlerts(db, now() - alertsCounted, mostCounted)
  return { mails, undelivered, locked, alerts }
}
