// Why something was done to an account: words of the domain, which the database keeps as they stand.

export type HoldReason =
  | 'first_passkey'
  | 'factor_switched_to_email'
  | 'last_passkey_removed'
  | 'account_reopened'
  | 'password_changed'
  | 'email_changed'

/** By guessing: wrong passwords in a row; by support: somebody's decision, which only support lifts. */
export type LockReason = 'guessing' | 'support'
