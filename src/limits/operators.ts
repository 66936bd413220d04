// The limits of operators (rule 37).
// Durations are in milliseconds, sizes in bytes.
import { hours, minutes } from '../kernel/clock.ts'

/** Rule 37: an operator's session, codes for enrolment, and passkeys. */
export const operatorIdle = 15 * minutes
export const operatorLongest = 10 * hours
export const enrolmentLifetime = 24 * hours
/** The signs of half a code: 65 bits, of both halves 129 as their order is free. */
export const enrolmentHalf = 13
export const mostOperatorPasskeys = 3
export const longestOperatorName = 80
/** Wrong codes for enrolment from one address. */
export const enrolmentTries = { failures: 20, window: 10 * minutes } as const
/** How long the console shows that the command line has made or closed an operator. */
export const commandShownFor = 24 * hours
/** How many of these it lists; of those before them it says how many there are. */
export const mostCommandUses = 50
/** Fewer admins cannot replace each other's passkeys. */
export const fewestAdmins = 2
