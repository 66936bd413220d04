// Rule 23: what ends sessions, on the server and at once.
import type { Deps } from '../deps.ts'
import type { Tx } from '../tables/tables.ts'
import { deleteSessions } from './store.ts'

type Clocked = Pick<Deps, 'now'>

/** Ends one session of an account; false when it has no such session. */
export async function endSession(
  tx: Tx,
  { now }: Clocked,
  accountId: string,
  sessionId: string,
): Promise<boolean> {
  return (await deleteSessions(tx, accountId, { only: sessionId, now: now() })) === 1
}

/** Ends all sessions of an account: it was locked, or it lost a passkey. Returns how many. */
export async function endAllSessions(tx: Tx, { now }: Clocked, accountId: string): Promise<number> {
  return deleteSessions(tx, accountId, { now: now() })
}

/** Ends the account's other sessions: its factor or its password has changed. Returns how many. */
export async function endOtherSessions(
  tx: Tx,
  { now }: Clocked,
  accountId: string,
  kept: string,
): Promise<number> {
  return deleteSessions(tx, accountId, { except: kept, now: now() })
}
