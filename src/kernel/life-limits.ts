// The limits of what holders set, change and stop themselves (rules 42 to 46). Durations are in milliseconds.
import { days, hours, minutes, seconds } from './clock.ts'
import type { Waits } from './limits.ts'

/** Rule 43: the signs of an activation code, which has 80 bits, and how long it is good. */
export const activationCodeLength = 16
export const activationLifetime = 14 * days
/** Rule 21, for attempts to set a password without the one before it. */
export const recoveryLifetime = 20 * minutes
/** Rule 15: codes that are asked for without password or session, for one login ID. */
export const strangerCodes = { failures: 3, window: 30 * minutes } as const
/** Wrong ones for one login ID, over all attempts: they wait as rule 14 says, and are forgotten after the longest. */
export const strangerWaits: Waits = {
  after: new Map(
    [10, 20, 30, 40, 50, 60].map((count, step) => [count, Math.min(2 ** step, 24) * hours]),
  ),
  forgetAfter: 24 * hours,
}
/** Rules 18 and 43: wrong activation codes in a row for one login ID; they never stop for good. */
export const activationWaits: Waits = {
  after: new Map(
    [30 * seconds, 1 * minutes, 2 * minutes, 4 * minutes, 8 * minutes, 15 * minutes].map(
      (wait, step) => [5 + step, wait],
    ),
  ),
  thereafter: 15 * minutes,
  forgetAfter: 24 * hours,
}
/** Questions without password or session, from one IPv4 address or IPv6 /64. */
export const recoveriesPerNetwork = { failures: 240, window: 10 * minutes } as const
/** The shortest time in which such a question is answered, or a password refused, whoever has what it names. */
export const evenAnswer = 150
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
/** So many stops that strangers may have sent are a burst, of which a supervisor hears once in this time. */
export const manyStops = { stops: 20, within: 1 * hours } as const
/** Of the telephone computer: the stops of one login ID and level, and the wrong keys of one address. */
export const telephoneStops = { failures: 10, window: 1 * hours } as const
export const telephoneKeys = { failures: 10, window: 10 * minutes } as const
/** How many accounts one request reopens. */
export const mostReopened = 200
/** How often a page of requests is read on, as what was asked for is void once its holder has changed it. */
export const mostRequestReads = 20
/** Rule 46: with e-mail as the factor, how long a stop stands before its holder lifts it. */
export const defaultStopWait = 24 * hours
export const longestStopWait = 30 * days
/** From when on the doctor calls a list of breached passwords old: it knows little of what is tried now. */
export const breachedListOld = 365 * days
/** A key of the broker's telephone computer that is shorter than this is a guess, of which the doctor warns. */
export const shortestTelephoneKey = 32
