// A lock refuses every sign-in as a wrong password is refused; nobody learns of it but the holder, by mail.
import type { Account } from './account.ts'

/** Whether a sign-in is refused: a lock by guessing keeps no known browser out (rule 19). */
export function isLockedFor(account: Account, knownBrowser: string | null): boolean {
  if (account.lockedAt === null) return false
  return account.lockReason !== 'guessing' || knownBrowser === null
}
