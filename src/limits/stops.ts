// The limits of the holder's stop (rule 46).
// Durations are in milliseconds, sizes in bytes.
import { days, hours, minutes } from '../kernel/clock.ts'

/** Rule 46: stops from browsers that the account does not know, by one network; how long stops are remembered. */
export const stopsPerNetwork = { failures: 5, window: 1 * hours } as const
export const stopsKept = 365 * days
/** So many stops that strangers may have sent are a burst, of which a supervisor hears once in this time. */
export const manyStops = { stops: 20, within: 1 * hours } as const
/** Of the telephone computer: the stops of one login ID and level, and the wrong keys of one address. */
export const telephoneStops = { failures: 10, window: 1 * hours } as const
export const telephoneKeys = { failures: 10, window: 10 * minutes } as const
/** How many accounts one request reopens. */
export const mostReopened = 200
/** An IP address or a network as it is typed. */
export const longestNetwork = 64

/** Rule 46: with e-mail as the factor, how long a stop stands before its holder lifts it. */
export const defaultStopWait = 24 * hours
export const longestStopWait = 30 * days
/** A key of the broker's telephone computer that is shorter than this is a guess, of which the doctor warns. */
export const shortestTelephoneKey = 32
