// The limits of a node and of what it reads.
// Durations are in milliseconds, sizes in bytes.
import { days, minutes, seconds } from '../kernel/clock.ts'
import { mostClockDifference } from './passkeys.ts'

/** How long a reader may rely on `security.txt` without asking again. */
export const contactHolds = 30 * days
/** The longest request body is the answer to a registration. */
export const largestBody = 128 * 1024
/** How long a request's head, and the whole request, may take to arrive. */
export const headWithin = 10 * seconds
export const requestWithin = 15 * seconds
/**
 * How long a stopping node goes on answering, each time with the end of the connection. Proxies keep idle
 * connections for less, so that none of them is in use when it closes.
 */
export const drainFor = 4 * seconds
/** After the drain a node waits no longer for what it has begun: a killed one leaves nothing half done either. */
export const endWithin = 5 * seconds
/** A node whose clock is further from the database's is not ready: two of them are twice as far apart. */
export const mostClockOffset = mostClockDifference / 2
/** A node is not ready while a mail with a code has been due for longer. */
export const mostOverdue = 2 * minutes
export const largestLogo = 64 * 1024
export const longestAnnouncement = 300
/** Every node shows a change of the announcements within this time. */
export const boardLooksEvery = 10 * seconds
export const shortestSecret = 32
