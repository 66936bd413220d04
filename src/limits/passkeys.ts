// The limits of passkeys and their ceremonies.
// Durations are in milliseconds, sizes in bytes.
import { hours, minutes } from '../kernel/clock.ts'

/** Rule 1: the characters of a passkey's name, and the live passkeys of an account. */
export const longestPasskeyName = 40
export const mostLivePasskeys = 20
/** Bytes of a name in UTF-8: a challenge carries it. Only signs that NFKC joins need more than four each. */
export const mostPasskeyNameBytes = 240

/** Rule 4: bytes of a credential ID (WebAuthn Level 3, §7.1 step 25), bits of an RSA key. */
export const longestCredentialId = 1023
export const rsaBits = { fewest: 2048, most: 4096 } as const

/** Rule 5. Also the `timeout` that the browser is given (WebAuthn Level 3, §15.1). */
export const ceremonyLifetime = 5 * minutes
/** How far the clock of the node that made a challenge may be ahead of the one that reads it. */
export const mostClockDifference = 1 * minutes

/** Rule 5: bytes of a challenge, and how long a spent one stays on record after its end. */
export const mostChallengeBytes = 350
export const spentKept = 1 * hours

/** Rule 7: the first passkey is bound by e-mail alone, so the password must be fresh too. */
export const freshSignIn = 15 * minutes

/** Rule 8: how long a proof, or the permission to register, is valid. */
export const permissionLifetime = 10 * minutes
