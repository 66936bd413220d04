// The reasons of holds and locks: domain words, stored in the database as they are.

export type HoldReason =
  | 'first_passkey'
  | 'factor_switched_to_email'
  | 'last_passkey_removed'
  | 'account_reopened'
  | 'password_changed'
  | 'email_changed'

/** `guessing`: wrong passwords in a row; `support`: support's decision, which only support can lift. */
export const lockReasons = ['guessing', 'support'] as const
/** Also `closed`: the contract has ended; `erased`: nothing of its holder is left. */
export type LockReason = (typeof lockReasons)[number] | 'closed' | 'erased'
