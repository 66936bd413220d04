// Rule 23: sessions end on the server, at once.
import type { Act } from '../act.ts'
import { deleteSessions } from './store.ts'

/** Ends one session of an account; false when it has no such session. */
export async function endSession(
  { tx, now }: Act,
  accountId: string,
  id: string,
): Promise<boolean> {
  return (await deleteSessions(tx, accountId, { only: id, now })) === 1
}

/** Ends all sessions of an account, after a lock or a lost passkey, say. Returns how many. */
export async function endAllSessions({ tx, now }: Act, accountId: string): Promise<number> {
  return deleteSessions(tx, accountId, { now })
}

/** Ends the account's sessions except `kept`, after a change of its factor. Returns how many. */
export async function endOtherSessions(
  { tx, now }: Act,
  accountId: string,
  kept: string,
): Promise<number> {
  return deleteSessions(tx, accountId, { except: kept, now })
}
