// The limits of mails on their way.
// Durations are in milliseconds, sizes in bytes.
import { days, minutes, seconds } from '../kernel/clock.ts'

/**
 * Rule 26. Each lane has `hands` connections of its own, so a code never waits for notices. Notices are
 * paced, so that a mass command does not use up the mail server's quota.
 */
export const mailLanes = {
  codes: { hands: 8, perTurn: Number.POSITIVE_INFINITY },
  notices: { hands: 4, perTurn: 20 },
} as const
/** Plus the second until the next turn: within the five seconds of rule 26. */
export const firstMailRetry = 4 * seconds
export const longestMailRetry = 1 * minutes
/** The waits after the first and second permanent refusal; at the third the mail is given up. */
export const retriesAfterRefusal = [firstMailRetry, 4 * minutes] as const
/** A node that has a mail in hand says so again each second; after this long without, another takes it. */
export const mailForsakenAfter = 5 * seconds
/**
 * A mail that the server has refused for this long since its first refusal is given up. A server that
 * is down refuses nothing: its mails wait.
 */
export const refusedMailKept = 1 * days
/** How long it is known that a mail was sent, or was too late; its text is wiped at once. */
export const mailKept = 7 * days
export const undeliveredKept = 30 * days
