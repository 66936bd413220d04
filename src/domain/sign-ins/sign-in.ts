import { Problem } from '../../kernel/http/problem.ts'
import type { Account } from '../accounts/account.ts'

/** An unfinished sign-in: the password was right, the second factor is still to be proven. */
export interface SignIn {
  readonly id: string
  readonly account: Account
  readonly continueTo: string
  /** Whether the password stands on the list of breached ones (rule 42). */
  readonly passwordBreached: boolean
}

export function noSignIn(): Problem {
  return new Problem('no_sign_in')
}
