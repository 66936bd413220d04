import { Problem } from '../ground/problem.ts'
import type { Account } from '../accounts/account.ts'
import { findAccount } from '../accounts/find.ts'
import type { Deps } from '../deps.ts'

/** The account of a login ID; 404 `not_found`. */
export async function requireAccount(deps: Pick<Deps, 'db'>, loginId: string): Promise<Account> {
  const account = await findAccount(deps, loginId)
  if (!account) throw new Problem('not_found', 404)
  return account
}
