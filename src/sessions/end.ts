// Rule 23: what ends sessions, on the server and at once.
import type { Deps } from '../deps.ts'
import type { Database, Tx } from '../storage/tables.ts'
import type { Session } from './session.ts'
import { deleteSessions } from './store.ts'

/** Ends one session of an account; false when it has no such session. */
export async function endSession(
  db: Database | Tx,
  accountId: string,
  sessionId: string,
): Promise<boolean> {
  return (await deleteSessions(db, accountId, { only: sessionId })) === 1
}

/** Ends all sessions of an account: it was locked, or it lost a passkey. Returns how many. */
export async function endAllSessions(tx: Tx, accountId: string): Promise<number> {
  return deleteSessions(tx, accountId)
}

/** Ends the account's other sessions: its factor or its password has changed. Returns how many. */
export async function endOtherSessions(tx: Tx, accountId: string, kept: string): Promise<number> {
  return deleteSessions(tx, accountId, { except: kept })
}

/** Signs out: this session is over, whoever still holds its token. */
export async function signOut({ db }: Pick<Deps, 'db'>, session: Session): Promise<void> {
  await deleteSessions(db, session.account.id, { only: session.id })
}
