// The limits of what holders set, change and stop themselves (rules 42 to 46). Durations are in milliseconds.
import { days, hours, minutes } from './clock.ts'

/** Rule 43: the signs of an activation code, which has 80 bits, and how long it is good. */
export const activationCodeLength = 16
export const activationLifetime = 14 * days
/** Rule 21, for attempts to set a password without the one before it. */
export const recoveryLifetime = 20 * minutes
/** Rule 15: codes that are asked for without password or session, for one login ID. */
export const strangerCodes = { failures: 3, window: 30 * minutes } as const
/** Rule 44: mails with a login ID for one address, and new addresses of one account. */
export const loginIdMails = { failures: 1, window: 1 * hours } as const
export const newAddressesPerAccount = { failures: 3, window: 1 * days } as const
/** How long a new address waits for its code, and a former one goes on getting notices (rule 27). */
export const newAddressKept = 1 * days
export const formerEmailKept = 30 * days
/** Of sign-ins whose second factor was not proven, the holder is told once in this time. */
export const unfinishedToldEach = 1 * hours
/** Rule 46: stops from browsers that the account does not know, by one network; how long stops are remembered. */
export const stopsPerNetwork = { failures: 5, window: 1 * hours } as const
export const stopsKept = 365 * days
/** How many accounts one request reopens. */
export const mostReopened = 200
/** Rule 46: with e-mail as the factor, how long a stop stands before its holder lifts it. */
export const defaultStopWait = 24 * hours
export const longestStopWait = 30 * days
/** The shortest key of the broker's telephone computer. */
export const shortestTelephoneKey = 32
