import type { Account } from '../../domain/accounts/account.ts'
import { findAccount } from '../../domain/accounts/store.ts'
import type { Deps } from '../../domain/deps.ts'
import { Problem } from '../../kernel/http/problem.ts'

/** The account of a login ID; 404 `not_found`. */
export async function requireAccount(deps: Pick<Deps, 'db'>, loginId: string): Promise<Account> {
  const account = await findAccount(deps, loginId)
  if (!account) throw new Problem('not_found')
  return account
}
