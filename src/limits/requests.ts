// The limits of requests and approvals (rule 38).
// Durations are in milliseconds, sizes in bytes.
import { days, hours } from '../kernel/clock.ts'

/** Rule 38: how long a request waits for its approval, and how long a pair is remembered. */
export const requestLifetime = 24 * hours
export const pairRemembered = 24 * hours
/** How long ago an identity check may have been done that a request names. */
export const identityCheckCounts = 24 * hours
/** The acts of one request. */
export const mostActs = 10
export const mostRequestsListed = 50
export const defaultRequestsADay = 50
export const mostRequestsADay = 1000
export const longestRecoveryWait = 30 * days
/** What one operator may ask for one account, of which its holder is told each time. */
export const asksPerAccount = { most: 10, within: 24 * hours } as const
/** What operators write: why, and for which ticket. */
export const longestReason = 500
export const longestTicket = 60
/** How long it is known which account a ticket was. */
export const ticketRemembered = 90 * days
/** How often a page of requests is read on, as what was asked for is void once its holder has changed it. */
export const mostRequestReads = 20
