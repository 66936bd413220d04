// The limits of telephone calls to support, and of calls by the broker.
// Durations are in milliseconds, sizes in bytes.
import { hours, minutes } from '../kernel/clock.ts'

/** The calls of the broker to one holder. */
export const brokerCallsPerAccount = { failures: 10, window: 24 * hours } as const
/** How long a number that a caller reads out is good, and how many one network may ask for. */
export const callNumberLifetime = 15 * minutes
export const callNumbersPerNetwork = { failures: 20, window: 10 * minutes } as const
/** Numbers that are none, typed by one operator. */
export const wrongCallNumbers = { failures: 5, window: 10 * minutes } as const
/** What failed lately, that support sees of a caller. */
export const mostTriesShown = 5
export const triesShownFor = 24 * hours
/** Those of each kind among which they are looked for: strangers may have caused most of them. */
export const triesLookedThrough = 1000
/** Identity checks through a page: how many for an account, and how long one that is done counts. */
export const pageChecksPerAccount = { failures: 3, window: 24 * hours } as const
export const pageCheckCounts = 30 * minutes
/** How long the portal shows that the broker is calling. */
export const brokerCallLifetime = 30 * minutes
