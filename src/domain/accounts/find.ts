import type { Deps } from '../deps.ts'
import type { Account } from './account.ts'
import { isLoginId, normaliseLoginId } from './login-id.ts'
import { selectByLoginId } from './store.ts'

/** The account of a login ID as somebody typed it, with the hash of its password. */
export async function findAccount(
  { db }: Pick<Deps, 'db'>,
  loginId: string,
): Promise<(Account & { passwordHash: string }) | undefined> {
  const normalised = normaliseLoginId(loginId)
  // What is no login ID may hold characters that a database refuses to look for.
  return isLoginId(normalised) ? selectByLoginId(db, normalised) : undefined
}
