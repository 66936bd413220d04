// Rule 9, account first: what changes an account's factors takes the account before it looks at anything.
import type { SecondFactor, Tx } from '../tables/tables.ts'
import type { Account } from './account.ts'
import { incrementFactorsVersion, lockRow, updateSecondFactor } from './store.ts'

/**
 * Begins a change of passkeys, second factor, password, address or lock: every sign-in, ceremony and
 * permission from before is void once this commits. Returns the account as it stands, after the move.
 */
export async function moveFactors(tx: Tx, accountId: string): Promise<Account> {
  return incrementFactorsVersion(tx, accountId)
}

/** The account as it stands, with every other transaction that moves or takes it kept waiting. */
export async function takeAccount(tx: Tx, accountId: string): Promise<Account> {
  return lockRow(tx, accountId)
}

/** Puts another second factor in force; the caller has moved the factors and checked the conditions. */
export async function setSecondFactor(
  tx: Tx,
  accountId: string,
  method: SecondFactor,
): Promise<void> {
  await updateSecondFactor(tx, accountId, method)
}
