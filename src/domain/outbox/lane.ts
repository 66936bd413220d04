// A lane of the outbox sends a limited number of mails at once; each one done makes room for the next.
import type { Logger } from 'pino'
import type { OutboxRow } from './store.ts'

interface LaneWork {
  /** The mails that are due, at most `most`. */
  readonly due: (most: number) => Promise<readonly OutboxRow[]>
  /** Sends one of them; false when another node has taken it. Throws only when the database fails. */
  readonly send: (row: OutboxRow) => Promise<boolean>
}

export interface LaneLimits {
  readonly hands: number
  /** How many mails may begin between two turns. */
  readonly perTurn: number
}

export interface Lane {
  /** Looks for mails now. */
  wake(): void
  /** Begins another turn, and looks. */
  turn(): void
  /** Begins no further mail; resolves when those in hand are done. */
  stop(): Promise<void>
}

/** A lane that looks for mails when woken, at each turn, and whenever a mail is done. */
export function startLane(work: LaneWork, limits: LaneLimits, log: Logger): Lane {
  let stopped = false
  let left = limits.perTurn
  let again = false
  let looking: Promise<void> | null = null
  const inHand = new Map<string, Promise<void>>()

  const take = async () => {
    const most = Math.min(limits.hands - inHand.size, left)
    if (most <= 0) return
    for (const row of await work.due(most)) {
      if (inHand.has(row.id)) continue
      left -= 1
      inHand.set(row.id, sendOne(row))
    }
  }
  const sendOne = async (row: OutboxRow) => {
    try {
      if (!(await work.send(row))) left += 1
    } catch (error) {
      // Waits for the next turn: while the database is down, the lane would retry without a pause.
      log.error({ err: error }, 'the outbox cannot be written')
      left = 0
    }
    inHand.delete(row.id)
    look()
  }
  const look = () => {
    if (stopped) return
    again = looking !== null
    looking ??= take()
      .catch((error: unknown) => {
        log.error({ err: error }, 'the outbox cannot be read')
        left = 0
      })
      .finally(() => {
        looking = null
        if (again) look()
      })
  }
  return {
    wake: look,
    turn() {
      left = limits.perTurn
      look()
    },
    async stop() {
      stopped = true
      await looking
      await Promise.all(inHand.values())
    },
  }
}
