// The limits of passwords, and how wrong ones wait.
// Durations are in milliseconds, sizes in bytes.
import { days, hours, minutes, seconds } from '../kernel/clock.ts'

export const shortestPassword = 8
export const longestPassword = 256
export interface Waits {
  /** From a number of failures to the wait that begins with it. */
  readonly after: ReadonlyMap<number, number>
  /** At this many failures, tries are refused until the lock is lifted; never by default. */
  readonly stopAt?: number
  /** The wait of every further failure; none by default. */
  readonly thereafter?: number
  /** Failures are forgotten when none was added for this long; null keeps them until they are lifted. */
  readonly forgetAfter: number | null
}
/** Practically for ever. */
export const untilLifted = 100 * 365 * days

/** Rule 18: wrong passwords in a row. Counts last 24 hours (rule 17). */
export const passwordWaits = {
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
} satisfies Waits
/**
 * Rule 18: wrong passwords from one network, whatever the login ID. An IPv4 address is one network; an
 * IPv6 customer has a /64 at least, a household up to a /56, a site up to a /48, so all three count.
 */
export const addressLimits = [
  { bits: 64, failures: 60, window: 10 * minutes },
  { bits: 56, failures: 240, window: 10 * minutes },
  { bits: 48, failures: 960, window: 10 * minutes },
] as const satisfies readonly AddressLimit[]
export interface AddressLimit {
  /** The prefix of an IPv6 address; for IPv4 only the first limit applies. */
  readonly bits: number
  readonly failures: number
  readonly window: number
}

/** Rule 20: how many passwords one node checks or queues at once. */
export const inHand = {
  /** For one login ID, from all unknown browsers together; the same for each known browser. */
  ofLoginId: 2,
  /** For one account, from all its known browsers together. */
  ofKnownBrowsers: 4,
  /** From one address, by known browsers of any account. */
  ofAddress: 16,
} as const
/** About a second of work on one core; `keptForKnown` of the places are for known browsers only. */
export const longestQueue = 64
export const keptForKnown = 16
/** From when on the doctor calls a list of breached passwords old: it knows little of what is tried now. */
export const breachedListOld = 365 * days
