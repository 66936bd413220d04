// The limits of codes by e-mail.
// Durations are in milliseconds, sizes in bytes.
import { hours, minutes, seconds } from '../kernel/clock.ts'
import { type Waits, untilLifted } from './passwords.ts'

/** Rule 13. */
export const codeLifetime = 10 * minutes

/** Rule 14: the wrong codes that one sign-in or session may send. */
export const triesPerOwner = 5

/** Rule 15. */
export const resendWait = 30 * seconds
export const unusedCodesWindow = 30 * minutes
export const unusedCodesPerAccount = 5

/** Rule 14: wrong codes of one purpose without a right one, over all sign-ins and sessions. */
export const codeWaits = {
  after: new Map([
    [10, 1 * hours],
    [20, 2 * hours],
    [30, 4 * hours],
    [40, 8 * hours],
    [50, 16 * hours],
    [60, 24 * hours],
    [70, 24 * hours],
    [80, 24 * hours],
    [90, 24 * hours],
    [100, untilLifted],
  ]),
  stopAt: 100,
  forgetAfter: null,
} satisfies Waits
