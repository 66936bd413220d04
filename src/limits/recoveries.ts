// The limits of what is asked for without password or session (rules 43 and 44).
// Durations are in milliseconds, sizes in bytes.
import { days, hours, minutes, seconds } from '../kernel/clock.ts'
import type { Waits } from './passwords.ts'

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

/** Rule 44: mails with a login ID for one address. */
export const loginIdMails = { failures: 1, window: 1 * hours } as const
