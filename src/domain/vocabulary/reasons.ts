// The reasons of holds and locks: domain words, stored in the database as they are.

export type HoldReason =
  | 'first_passkey'
  | 'factor_switched_to_email'
  | 'last_passkey_removed'
  | 'passkey_resumed'
  | 'account_reopened'
  | 'password_changed'
  | 'email_changed'

/** `guessing`: wrong passwords in a row; `support`: support's decision, which only support can lift. */
export const lockReasons = ['guessing', 'support'] as const
/** Also `closed`: the contract has ended; `erased`: nothing of its holder is left. */
export type LockReason = (typeof lockReasons)[number] | 'closed' | 'erased'

/**
 * Why a session ended before its time, as its own browser may be told. `signed_out`: there; `elsewhere`: from
 * the holder's list of sessions; `settings`: the holder switched the second factor; `support`: whatever an
 * operator did.
 */
export type SessionEndReason = 'signed_out' | 'elsewhere' | 'replaced' | 'settings' | 'support'
