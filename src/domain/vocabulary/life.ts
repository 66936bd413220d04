// Domain words of an account's life, stored in the database as they are.

/** How much the holder has stopped, the least first: each stops what those before it stop, and more (rule 46). */
export const stopLevels = ['withdrawal', 'trading', 'sign-in'] as const
export type StopLevel = (typeof stopLevels)[number]
/** The levels that the holder lifts; the last one is a lock, which two members of support lift. */
export const liftableLevels = ['withdrawal', 'trading'] as const satisfies readonly StopLevel[]
export type LiftableLevel = (typeof liftableLevels)[number]

/** Whence a stop came: a session, a browser that the account knew or did not know, or the telephone. */
export const stopWays = ['session', 'known-browser', 'unknown-browser', 'telephone'] as const
export type StopWay = (typeof stopWays)[number]

/** How a password is set without the one before it. */
export const recoveryKinds = ['activation', 'forgotten'] as const
export type RecoveryKind = (typeof recoveryKinds)[number]
/** What a recovery waits for; `support`: only an activation code leads on. */
export type RecoveryStep = 'email-code' | 'passkey' | 'password' | 'activation'

/** Which of an account's addresses a new one is to be. */
export type AddressKind = 'email' | 'notice-email'
