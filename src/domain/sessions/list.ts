import type { Deps } from '../deps.ts'
import { selectSessions, type SessionRow } from './store.ts'

export type { SessionRow } from './store.ts'

/** The live sessions of an account, the one used last first. */
export async function listSessions(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  accountId: string,
): Promise<SessionRow[]> {
  return selectSessions(db, accountId, now())
}
