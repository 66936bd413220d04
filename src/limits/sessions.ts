// The limits of sign-ins, sessions and known browsers.
// Durations are in milliseconds, sizes in bytes.
import { days, hours, minutes } from '../kernel/clock.ts'

/** Rule 21. */
export const signInLifetime = 20 * minutes

/** Rule 22: a session ends when idle for `idleLifetime`, at the latest after `longestLifetime`. */
export const idleLifetime = 30 * minutes
export const longestLifetime = 12 * hours
/** How long before its end a page warns (WCAG 2.2.1 asks for 20 seconds or more). */
export const warnBeforeEnd = 2 * minutes
/** How long the end of a session is known: longer than any token made under the session lives. */
export const endedKept = longestLifetime + 1 * hours
/** The portal lists this many sessions, the most recently used. */
export const mostSessionsListed = 50

/** Rule 19. Beyond this number, an account forgets the browser that signed in longest ago. */
export const knownBrowserLifetime = 365 * days
export const mostKnownBrowsers = 32
/** A browser is known to this many accounts; those that signed in last stay in its cookie. */
export const mostTokensInCookie = 8
/** Of sign-ins whose second factor was not proven, the holder is told once in this time. */
export const unfinishedToldEach = 1 * hours
