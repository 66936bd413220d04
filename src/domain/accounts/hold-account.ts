// Rule 9, account first: a change of an account's factors holds the account's row before it reads.
import { Problem } from '../../kernel/http/problem.ts'
import type { Act } from '../act.ts'
import type { Account } from './account.ts'
import { incrementFactorsVersion, holdRow } from './store.ts'

/** An account as read earlier. Without a version, changes since then do not matter. */
interface SeenAccount {
  readonly id: string
  readonly factorsVersion?: number
}

/**
 * Holds the account's row and returns it; other acts that hold it or change its factors wait for this
 * one. 409 `start_again` when its factors have changed since it was read.
 */
export async function holdAccount(act: Act, seen: SeenAccount): Promise<Account> {
  const account = await holdRow(act.tx, seen.id)
  refuseOutrun(seen, account.factorsVersion)
  return account
}

/**
 * Begins a change of passkeys, second factor, password, address or lock: every earlier sign-in, ceremony
 * and permission is void once the act commits. Returns the account with its new version. 409
 * `start_again` when its factors have changed since it was read; 404 `not_found` when it was erased.
 */
export async function changeFactors(act: Act, seen: SeenAccount): Promise<Account> {
  const account = await incrementFactorsVersion(act.tx, seen.id)
  refuseOutrun(seen, account.factorsVersion - 1)
  if (account.lockReason === 'erased') throw new Problem('not_found')
  return account
}

function refuseOutrun({ factorsVersion }: SeenAccount, version: number): void {
  if (factorsVersion !== undefined && factorsVersion !== version) throw new Problem('start_again')
}
