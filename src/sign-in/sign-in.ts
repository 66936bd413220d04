import type { Account } from '../accounts/account.ts'
import { minutes } from '../ground/clock.ts'

/** Rule 21. */
export const signInLifetime = 20 * minutes

/** One attempt to sign in: the password was right, the second factor is to be proven. */
export interface SignIn {
  readonly id: string
  readonly account: Account
  readonly continueTo: string
}
