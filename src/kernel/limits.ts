// Every limit that a person or a document reads, once. Texts, mails, help and manual fill it in, and
// test/limits.test.ts compares the documents. Lengths of time are in milliseconds, sizes in bytes.
import { days, hours, minutes, seconds } from './clock.ts'

/** Rule 1, of a passkey's name and of an account's passkeys. */
export const longestPasskeyName = 40
export const mostLivePasskeys = 20
/** Rule 5. Also the `timeout` that the browser is given (WebAuthn Level 3, §15.1). */
export const ceremonyLifetime = 5 * minutes
/** Rule 7: the first passkey is bound by e-mail alone, so the password must be fresh too. */
export const freshSignIn = 15 * minutes
/** Rule 8: how long a proof serves its one action, and how long the permission to register lasts. */
export const permissionLifetime = 10 * minutes

/** Rule 11, unless the settings say otherwise. */
export const defaultHold = 24 * hours

/** Rule 13. */
export const codeLifetime = 10 * minutes
/** Rule 14: wrong tries that one sign-in or session has. */
export const triesPerOwner = 5
/** Rule 15. */
export const resendWait = 30 * seconds
export const unusedCodesWindow = 30 * minutes
export const unusedCodesPerAccount = 5

export const shortestLoginId = 3
export const longestLoginId = 64
export const shortestPassword = 8
export const longestPassword = 256

/** Rule 21. */
export const signInLifetime = 20 * minutes
/** Rule 22: a session that nobody uses ends, and so does one that is used all day. */
export const idleLifetime = 30 * minutes
export const longestLifetime = 12 * hours
/** Of the live sessions of an account, the ones used last are listed. */
export const mostSessionsListed = 50
/** What was tried in vain is counted so far back, and so far up. */
export const failuresWindow = 30 * days
export const mostFailures = 100

export interface Waits {
  /** The wait that begins with this many failures. */
  readonly after: ReadonlyMap<number, number>
  /** At this many it stops until somebody lifts it. */
  readonly stopAt: number
  /** Failures are forgotten when none was added for so long; null keeps them until they are lifted. */
  readonly forgetAfter: number | null
}

/** Longer than anything lives: a stop, not a wait. */
export const untilLifted = 100 * 365 * days

/** Rule 18: wrong passwords in a row. Counts last 24 hours (rule 17). */
export const passwordWaits: Waits = {
  after: new Map([
    [5, 30 * seconds],
    [6, 1 * minutes],
    [7, 2 * minutes],
    [8, 4 * minutes],
    [9, 8 * minutes],
    [10, 24 * hours],
  ]),
  stopAt: 10,
  forgetAfter: 24 * hours,
}

/** Rule 14: wrong codes of one purpose without a right one, over all sign-ins and sessions. */
export const codeWaits: Waits = {
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
}

/**
 * Rule 18: wrong passwords from one network, whatever the login ID. An IPv4 address is one; of IPv6 a
 * customer has a /64 at least, a household up to a /56 and a site up to a /48, so each of them counts.
 */
export const addressLimits = [
  { bits: 64, failures: 60, window: 10 * minutes },
  { bits: 56, failures: 240, window: 10 * minutes },
  { bits: 48, failures: 960, window: 10 * minutes },
] as const satisfies readonly AddressLimit[]

export interface AddressLimit {
  /** Of an IPv6 address; IPv4 has the first limit alone. */
  readonly bits: number
  readonly failures: number
  readonly window: number
}

/** Rule 19. Beyond so many of one account, the browser is forgotten that signed in longest ago. */
export const knownBrowserLifetime = 365 * days
export const mostKnownBrowsers = 32

/** Rule 20: how many passwords may be in hand at once, on one node. */
export const inHand = {
  /** From all browsers that do not know a login ID, for that ID; and from one that does. */
  ofLoginId: 2,
  /** From all browsers that know an account. */
  ofKnownBrowsers: 4,
  /** From browsers that are known, whatever the account, at one address. */
  ofAddress: 16,
} as const
/** About a second of work on one core; the last places are kept for known browsers. */
export const longestQueue = 64
export const keptForKnown = 16

/** No body of ours is longer than a registration's answer. */
export const largestBody = 128 * 1024
/** How long a request may take to come in: its head, and all of it. */
export const headWithin = 10 * seconds
export const requestWithin = 15 * seconds
export const largestLogo = 64 * 1024
export const longestAnnouncement = 300
/** A change of the announcements is seen on every node within so long. */
export const boardLooksEvery = 10 * seconds
export const shortestSecret = 32
export const mostConnections = 20
/** How long a node looks for a database that takes writes, and how long a writer waits on SQLite. */
export const connectWithin = 10 * seconds
export const writerWaits = 5 * seconds

/**
 * Rule 26. Each lane has connections of its own, one for each hand: a code waits for no notice, however
 * many there are. Notices are paced, so that a mass command does not use up what the mail server allows.
 */
export const mailLanes = {
  codes: { hands: 8, perTurn: Number.POSITIVE_INFINITY },
  notices: { hands: 4, perTurn: 20 },
} as const
/** With the second until somebody looks, within the five of rule 26. */
export const firstMailRetry = 4 * seconds
export const longestMailRetry = 1 * minutes
/** After a first and a second refusal for good; the third is the last word. */
export const retriesAfterRefusal = [firstMailRetry, 4 * minutes] as const
/** Longer than one try takes, so that no other node sends a mail that is on its way. */
export const mailLease = 2 * minutes
/**
 * A mail that the server will not have for so long, counted from its first word about it, it will not
 * have. One that is down says nothing, and is waited for.
 */
export const refusedMailKept = 1 * days
/** How long it is on record that a mail was given up. */
export const undeliveredKept = 30 * days

/** Of the tokens that applications get. What they are granted ends with the session's last moment. */
export const authorizationCodeLifetime = 60 * seconds
export const tokenLifetime = 10 * minutes
/** A lost answer may be asked for again: so long the previous refresh token is still taken. */
export const refreshGrace = 30 * seconds
/** A new key is published before it signs, so that every node and every client has seen it. */
export const keyPublishedBefore = 10 * minutes
/** Longer than anything that was signed lives; clients keep key sets for a day at most. */
export const keyPublishedAfter = 2 * days
/** FAPI 2.0, §5.3.2.1: what says that it was made later than this from now is refused. */
export const mostAhead = 1 * minutes
/** How long applications may keep what was discovered, and the keys. */
export const discoveryKept = 5 * minutes
/** How long an application is told, again and again, that a session has ended. */
export const logoutToldFor = 12 * hours
