import type { Tx } from '../tables/tables.ts'
import { replacePasswordHash, updateEmail, updatePasswordHash } from './store.ts'

/** Puts another password hash in place; the caller has moved the factors. */
export async function setPasswordHash(
  tx: Tx,
  accountId: string,
  passwordHash: string,
): Promise<void> {
  await updatePasswordHash(tx, accountId, passwordHash)
}

/** Keeps a password that was just right as a hash with today's parameters; false when it was changed meanwhile. */
export async function renewPasswordHash(
  tx: Tx,
  accountId: string,
  hashes: { old: string; new: string },
): Promise<boolean> {
  return replacePasswordHash(tx, accountId, hashes)
}

/** Puts another mail address in place; the caller has moved the factors. */
export async function setEmail(tx: Tx, accountId: string, email: string): Promise<void> {
  await updateEmail(tx, accountId, email)
}
