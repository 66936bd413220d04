import { days } from '../kernel/clock.ts'
import { longestEraseWait, longestTrail, shortestTrail } from '../limits/accounts.ts'
import { read, readWholeNumber, type Environment } from './environment.ts'

export interface Retention {
  /** How long a closed account may be opened again, and not be erased. */
  readonly eraseWait: number
  /** How much of the audit trail is kept; null for all of it. */
  readonly trail: number | null
}

export function readRetention(env: Environment): Retention {
  return Object.freeze({
    eraseWait: readWholeNumber(env, 'SEKISHO_ERASE_DAYS', 0, longestEraseWait / days) * days,
    trail:
      read(env, 'SEKISHO_TRAIL_DAYS') === null
        ? null
        : readWholeNumber(env, 'SEKISHO_TRAIL_DAYS', shortestTrail / days, longestTrail / days) *
          days,
  })
}
