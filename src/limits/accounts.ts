// The limits of an account: what it is called, its hold, its end and its trail.
// Durations are in milliseconds, sizes in bytes.
import { days, hours } from '../kernel/clock.ts'

export const shortestLoginId = 3
export const longestLoginId = 64
/** A login ID as it is typed, before it is brought into its form, and a mail address: its two parts have limits too. */
export const longestTypedLoginId = 256
export const longestAddress = 320

/** Rule 11, unless the settings say otherwise. */
export const defaultHold = 24 * hours
export const longestHold = 30 * days
/** How long a closed account can be opened again before it may be erased, unless the settings say otherwise. */
export const defaultEraseWait = 14 * days
export const longestEraseWait = 3650 * days
/** The audit trail is evidence: no setting makes it shorter, and by default nothing of it is deleted. */
export const shortestTrail = 365 * days
export const longestTrail = 36_500 * days
/** The latest events of an account that the API lists, and those that the portal shows. */
export const mostEventsListed = 50
export const mostEventsShown = 20
/** Failed tries are counted over this window, up to this number. */
export const failuresWindow = 30 * days
export const mostFailures = 100
/** Rule 44. */
export const newAddressesPerAccount = { failures: 3, window: 1 * days } as const
/** How long a new address waits for its code, and a former one goes on getting notices (rule 27). */
export const newAddressKept = 1 * days
export const formerEmailKept = 30 * days
