// Rule 9, account first: what changes an account's factors takes the account before it looks at anything.
import { Problem } from '../../kernel/http/problem.ts'
import type { Act } from '../act.ts'
import type { Account } from './account.ts'
import { incrementFactorsVersion, lockRow } from './store.ts'

/** An account as somebody saw it; without a version it may have changed since. */
interface SeenAccount {
  readonly id: string
  readonly factorsVersion?: number
}

/**
 * The account as it stands; every other act that holds it or changes its factors waits for this one. 409
 * `start_again` when its factors have changed since it was seen.
 */
export async function holdAccount(act: Act, seen: SeenAccount): Promise<Account> {
  const account = await lockRow(act.tx, seen.id)
  refuseOutrun(seen, account.factorsVersion)
  return account
}

/**
 * Begins a change of passkeys, second factor, password, address or lock: every sign-in, ceremony and
 * permission from before is void once the act commits. Returns the account with its new version. 409
 * `start_again` when its factors have changed since it was seen.
 */
export async function changeFactors(act: Act, seen: SeenAccount): Promise<Account> {
  const account = await incrementFactorsVersion(act.tx, seen.id)
  refuseOutrun(seen, account.factorsVersion - 1)
  return account
}

function refuseOutrun({ factorsVersion }: SeenAccount, version: number): void {
  if (factorsVersion !== undefined && factorsVersion !== version) throw new Problem('start_again')
}
