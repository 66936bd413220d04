// The limits of OpenID Connect.
// Durations are in milliseconds, sizes in bytes.
import { days, hours, minutes, seconds } from '../kernel/clock.ts'

/** The tokens of clients. Every grant ends with its session. */
export const authorizationCodeLifetime = 60 * seconds
export const tokenLifetime = 10 * minutes
/** If an answer was lost, the previous refresh token is accepted again for this long. */
export const refreshGrace = 30 * seconds
/** A new key is published this long before it signs, so that every node and client knows it. */
export const keyPublishedBefore = 10 * minutes
/** Longer than any signed token lives; clients cache key sets for a day at most. */
export const keyPublishedAfter = 2 * days
/** FAPI 2.0, §5.3.2.1: an `iat` or `nbf` further in the future is refused. */
export const mostAhead = 1 * minutes
/** How long clients may cache the discovery document and the keys. */
export const discoveryKept = 5 * minutes
/** How long a client may take to answer a logout token, unless the settings say otherwise. */
export const defaultLogoutWithin = 10 * seconds
export const longestLogoutWithin = 20 * seconds
/** How long a back-channel logout is retried. */
export const logoutToldFor = 12 * hours
