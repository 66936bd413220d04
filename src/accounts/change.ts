import type { Tx } from '../storage/tables.ts'
import { updateEmail, updatePasswordHash } from './store.ts'

/** Puts another password hash in place; the caller has moved the factors. */
export async function setPasswordHash(
  tx: Tx,
  accountId: string,
  passwordHash: string,
): Promise<void> {
  await updatePasswordHash(tx, accountId, passwordHash)
}

/** Puts another mail address in place; the caller has moved the factors. */
export async function setEmail(tx: Tx, accountId: string, email: string): Promise<void> {
  await updateEmail(tx, accountId, email)
}
