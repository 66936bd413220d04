import type { Database, Tx } from '../tables/tables.ts'
import type { CallNumber, PageCheck } from './call.ts'
import { selectLastCheck } from './checks-store.ts'
import { selectCallNumber } from './store.ts'

/** The browser at the page: the hash of its token for a number, and the sign-in and session that it has now. */
export interface AtPage {
  readonly tokenHash: string
  readonly signInId: string | null
  readonly sessionId: string | null
}

/**
 * The live number of a browser, with what its page asks or asked last. Nothing is asked where the sign-in or the
 * session is another one than that in which the number was shown.
 */
export async function findAtPage(
  db: Database | Tx,
  { tokenHash, signInId, sessionId }: AtPage,
  now: number,
): Promise<{ readonly call: CallNumber; readonly check: PageCheck | undefined } | undefined> {
  const call = await selectCallNumber(db, { tokenHash }, now)
  if (!call) return undefined
  const isThere = call.signInId === null ? call.sessionId === sessionId : call.signInId === signInId
  const mayAsk = call.accountId !== null && isThere
  const check = mayAsk ? await selectLastCheck(db, call.id) : undefined
  return { call, check }
}
