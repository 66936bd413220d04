// How long is waited after how many failures, as tables to read at a glance.
import { days, hours, minutes, seconds } from '../../kernel/clock.ts'

export interface Waits {
  /** The wait that begins with this many failures, in milliseconds. */
  readonly after: ReadonlyMap<number, number>
  /** At this many it stops until somebody lifts it. */
  readonly stopAt: number
  /** Failures are forgotten when none was added for so long; null keeps them until they are lifted. */
  readonly forgetAfter: number | null
}

/** Longer than anything lives: a stop, not a wait. */
const untilLifted = 100 * 365 * days

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

/**
 * Rule 18: wrong passwords from one network, whatever the login ID. An IPv4 address is one; of IPv6 a
 * customer has a /64 at least, a household up to a /56 and a site up to a /48, so each of them counts.
 */
export const addressLimits: readonly AddressLimit[] = [
  { bits: 64, failures: 60, window: 10 * minutes },
  { bits: 56, failures: 240, window: 10 * minutes },
  { bits: 48, failures: 960, window: 10 * minutes },
]

interface AddressLimit {
  /** Of an IPv6 address; IPv4 has the first limit alone. */
  readonly bits: number
  readonly failures: number
  readonly window: number
}

/** Rule 20: how many passwords may be in hand at once, on one node. */
export const inHand = {
  /** From all browsers that do not know a login ID, for that ID; and from one that does. */
  ofLoginId: 2,
  /** From all browsers that know an account. */
  ofKnownBrowsers: 4,
  /** From browsers that are known, whatever the account, at one address. */
  ofAddress: 16,
} as const
