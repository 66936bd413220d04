// The limits of looking at accounts, of cases and of alerts (rule 41).
// Durations are in milliseconds, sizes in bytes.
import { days, hours, minutes } from '../kernel/clock.ts'

/** Rule 41: what one operator may search for and ask to see, and the accounts that a search shows. */
export const searchesPerOperator = { most: 120, within: 1 * hours } as const
export const revealsPerOperator = { most: 20, within: 1 * hours } as const
export const mostFound = 20
/** How long a page shows what was masked. */
export const revealShownFor = 2 * minutes
export const shortestNamePrefix = 2
export const longestQuery = 1500
/** What a caller claims, as an operator writes it down. */
export const longestClaim = 2000
/** What a page of an account's events, of alerts and of looks has. */
export const deskPage = 50
/** What an export has at most of an account's events, and of each kind of looks and alerts. */
export const mostEventsExported = 5000
export const mostRowsExported = 5000
/** The metrics count the alerts of this time. */
export const alertsCounted = 1 * days
/** What a supervisor should see: removals by one pair, night, and an address changed after a recovery. */
export const manyByPair = { acts: 10, within: 24 * hours } as const
export const night = { from: 22, to: 6 } as const
export const recoveredLately = 30 * days
/** An operator who turns to the own account is one alert in this time. */
export const ownAccountToldEach = 1 * days
/** What a caller is told comes from the tries of this time; a dialog may have had no answer yet for so long. */
export const triesLookedAt = 1 * days
export const dialogTakes = 1 * minutes
