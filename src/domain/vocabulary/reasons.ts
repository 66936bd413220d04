// The reasons of holds and locks: domain words, stored in the database as they are.

export type HoldReason =
  | 'first_passkey'
  | 'factor_switched_to_email'
  | 'last_passkey_removed'
  | 'passkey_resumed'
  | 'account_reopened'
  | 'password_changed'
  | 'email_changed'

/** `guessing`: wrong passwords in a row; `support` and `holder`: their decision, which only support can lift. */
export const lockReasons = ['guessing', 'support', 'holder'] as const
/** Also `closed`: the contract has ended; `erased`: nothing of its holder is left. */
export type LockReason = (typeof lockReasons)[number] | 'closed' | 'erased'

/**
 * Why a session ended before its time, as its own browser may be told. `signed_out`: there; `elsewhere`: from
 * the holder's list of sessions; `settings`: the holder changed the second factor, the password or the address;
 * `stopped`: the holder's stop (rule 46); `support`: whatever an operator did.
 */
export type SessionEndReason =
  'signed_out' | 'elsewhere' | 'replaced' | 'settings' | 'stopped' | 'support'
