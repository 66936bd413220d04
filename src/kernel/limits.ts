// The limits that texts and documents state, each defined once, here or in life-limits.ts. Texts, mails, help and
// manual fill them in; test/limits.test.ts compares the documents, and lists the lengths of time that stand
// elsewhere. Durations are in milliseconds, sizes in bytes.
import { days, hours, minutes, seconds } from './clock.ts'

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

/** Rule 11, unless the settings say otherwise. */
export const defaultHold = 24 * hours
export const longestHold = 30 * days

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
/** Fewer admins cannot replace each other's passkeys. */
export const fewestAdmins = 2
/** Rule 38: how long a request waits for its approval, and how long a pair is remembered. */
export const requestLifetime = 24 * hours
export const pairRemembered = 24 * hours
/** How long ago an identity check may have been done that a request names. */
export const identityCheckCounts = 24 * hours
/** The acts of one request. */
export const mostActs = 10
export const mostRequestsListed = 50
export const defaultRequestsADay = 50
export const mostRequestsADay = 1000
export const longestRecoveryWait = 30 * days
/** What one operator may ask for one account, of which its holder is told each time; and calls to one holder. */
export const asksPerAccount = { most: 10, within: 24 * hours } as const
export const brokerCallsPerAccount = { failures: 10, window: 24 * hours } as const
/** What operators write: why, and for which ticket. */
export const longestReason = 500
export const longestTicket = 60

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
/** How long it is known which account a ticket was. */
export const ticketRemembered = 90 * days

/** How long a number that a caller reads out is good, and how many one network may ask for. */
export const callNumberLifetime = 15 * minutes
export const callNumbersPerNetwork = { failures: 20, window: 10 * minutes } as const
/** Numbers that are none, typed by one operator. */
export const wrongCallNumbers = { failures: 5, window: 10 * minutes } as const
/** What failed lately, that support sees of a caller. */
export const mostTriesShown = 5
export const triesShownFor = 24 * hours
/** Identity checks through a page: how many for an account, and how long one that is done counts. */
export const pageChecksPerAccount = { failures: 3, window: 24 * hours } as const
export const pageCheckCounts = 30 * minutes
/** How long the portal shows that the broker is calling. */
export const brokerCallLifetime = 30 * minutes

/** How long a reader may rely on `security.txt` without asking again. */
export const contactHolds = 30 * days

/** How long a closed account can be opened again before it may be erased, unless the settings say otherwise. */
export const defaultEraseWait = 14 * days
export const longestEraseWait = 3650 * days
/** The audit trail is evidence: no setting makes it shorter, and by default nothing of it is deleted. */
export const shortestTrail = 365 * days
export const longestTrail = 36_500 * days

/** Rule 13. */
export const codeLifetime = 10 * minutes
/** Rule 14: the wrong codes that one sign-in or session may send. */
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
/** Rule 22: a session ends when idle for `idleLifetime`, at the latest after `longestLifetime`. */
export const idleLifetime = 30 * minutes
export const longestLifetime = 12 * hours
/** How long before its end a page warns (WCAG 2.2.1 asks for 20 seconds or more). */
export const warnBeforeEnd = 2 * minutes
/** How long the end of a session is known: longer than any token made under the session lives. */
export const endedKept = longestLifetime + 1 * hours
/** The portal lists this many live sessions, the most recently used. */
export const mostSessionsListed = 50
/** The latest events of an account that the API lists, and those that the portal shows. */
export const mostEventsListed = 50
export const mostEventsShown = 20
/** Failed tries are counted over this window, up to this number. */
export const failuresWindow = 30 * days
export const mostFailures = 100

export interface Waits {
  /** From a number of failures to the wait that begins with it. */
  readonly after: ReadonlyMap<number, number>
  /** At this many failures, tries are refused until the lock is lifted; never by default. */
  readonly stopAt?: number
  /** The wait of every further failure; none by default. */
  readonly thereafter?: number
  /** Failures are forgotten when none was added for this long; null keeps them until they are lifted. */
  readonly forgetAfter: number | null
}

/** Practically for ever. */
export const untilLifted = 100 * 365 * days

/** Rule 18: wrong passwords in a row. Counts last 24 hours (rule 17). */
export const passwordWaits = {
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
} satisfies Waits

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

/**
 * Rule 18: wrong passwords from one network, whatever the login ID. An IPv4 address is one network; an
 * IPv6 customer has a /64 at least, a household up to a /56, a site up to a /48, so all three count.
 */
export const addressLimits = [
  { bits: 64, failures: 60, window: 10 * minutes },
  { bits: 56, failures: 240, window: 10 * minutes },
  { bits: 48, failures: 960, window: 10 * minutes },
] as const satisfies readonly AddressLimit[]

export interface AddressLimit {
  /** The prefix of an IPv6 address; for IPv4 only the first limit applies. */
  readonly bits: number
  readonly failures: number
  readonly window: number
}

/** Rule 19. Beyond this number, an account forgets the browser that signed in longest ago. */
export const knownBrowserLifetime = 365 * days
export const mostKnownBrowsers = 32
/** A browser is known to this many accounts; those that signed in last stay in its cookie. */
export const mostTokensInCookie = 8

/** Rule 20: how many passwords one node checks or queues at once. */
export const inHand = {
  /** For one login ID, from all unknown browsers together; the same for each known browser. */
  ofLoginId: 2,
  /** For one account, from all its known browsers together. */
  ofKnownBrowsers: 4,
  /** From one address, by known browsers of any account. */
  ofAddress: 16,
} as const
/** About a second of work on one core; `keptForKnown` of the places are for known browsers only. */
export const longestQueue = 64
export const keptForKnown = 16

/** The longest request body is the answer to a registration. */
export const largestBody = 128 * 1024
/** How long a request's head, and the whole request, may take to arrive. */
export const headWithin = 10 * seconds
export const requestWithin = 15 * seconds
/**
 * How long a stopping node goes on answering, each time with the end of the connection. Proxies keep idle
 * connections for less, so that none of them is in use when it closes.
 */
export const drainFor = 4 * seconds
/** After the drain a node waits no longer for what it has begun: a killed one leaves nothing half done either. */
export const endWithin = 5 * seconds
/** A node whose clock is further from the database's is not ready: two of them are twice as far apart. */
export const mostClockOffset = mostClockDifference / 2
/** A node is not ready while a mail with a code has been due for longer. */
export const mostOverdue = 2 * minutes
export const largestLogo = 64 * 1024
export const longestAnnouncement = 300
/** Every node shows a change of the announcements within this time. */
export const boardLooksEvery = 10 * seconds
export const shortestSecret = 32
export const mostConnections = 20
/** How long a node looks for a writable database host, and how long a writer waits on SQLite. */
export const connectWithin = 10 * seconds
export const writerWaits = 5 * seconds
/** The writer of SQLite moves pages into the file itself only where the thread that does it was left behind. */
export const mostLogPages = 10_000

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
/** How long a mail that was given up stays listed. */
/** How long it is known that a mail was sent, or was too late; its text is wiped at once. */
export const mailKept = 7 * days
export const undeliveredKept = 30 * days

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
