// How long is waited after how many failures, as tables to read at a glance.
import { days, hours, minutes, seconds } from '../ground/clock.ts'

export interface Waits {
  /** The wait that begins with this many failures, in milliseconds. */
  readonly after: ReadonlyMap<number, number>
  /** At this many it stops until somebody lifts it. */
  readonly stopAt: number
  /** Failures are forgotten when none was added for so long; null keeps them until they are lifted. */
  readonly forgetAfter: number | null
}

/** Longer than anything lives: a stop, not a wait. */
export const untilLifted = 100 * 365 * days

/** Rule 18: wrong passwords in a row. Counts last 24 hours (rule 17). */
export const passwordWaits: Waits = {
  after: new Map([
    [5, 30 * seconds],
    [6, 1 * minutes],
    [7, 2 * minutes],
    [8, 4 * minutes],
    [9, 8 * minutes],
    [10, 24 * hours],
  ]),
  stopAt: 10,
  forgetAfter: 24 * hours,
}

/** Rule 14: wrong codes of one purpose without a right one, over all sign-ins and sessions. */
export const codeWaits: Waits = {
  after: new Map([
    [10, 1 * hours],
    [20, 2 * hours],
    [30, 4 * hours],
    [40, 8 * hours],
    [50, 16 * hours],
    [60, 24 * hours],
    [70, 24 * hours],
    [80, 24 * hours],
    [90, 24 * hours],
    [100, untilLifted],
  ]),
  stopAt: 100,
  forgetAfter: null,
}

/** Rule 18: wrong passwords from one address, whatever the login ID. */
export const addressLimit = { failures: 60, window: 10 * minutes } as const
