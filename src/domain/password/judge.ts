import { Problem } from '../../kernel/http/problem.ts'
import type { Account } from '../accounts/account.ts'
import type { Deps } from '../deps.ts'
import { isBreached } from './breached.ts'
import type { PasswordFault } from './rules.ts'

/**
 * The fault of a password that is to be set for an account; null when it may be set. 503 `busy` when the list
 * of breached ones cannot be read.
 */
export async function judgePassword(
  deps: Pick<Deps, 'config'>,
  password: string,
  account: Pick<Account, 'loginId' | 'email'>,
): Promise<PasswordFault | null> {
  // The list of common passwords is large: who sets none does without.
  const { findPasswordFault } = await import('./rules.ts')
  const fault = findPasswordFault(password, { ...account, brands: deps.config.brand.names })
  if (fault) return fault
  const breached = await isBreached(deps, password).catch((cause: unknown) => {
    throw new Problem('busy', { cause, extras: { retryAfterSeconds: 60 } })
  })
  return breached ? 'breached' : null
}

/** 400 `password_not_allowed`, with the fault in `why`. */
export function passwordNotAllowed(why: PasswordFault): Problem {
  return new Problem('password_not_allowed', { extras: { why } })
}
