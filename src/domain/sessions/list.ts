import { idleLifetime, longestLifetime, mostSessionsListed } from '../../limits/sessions.ts'
import type { Database } from '../tables/tables.ts'

interface SessionRow {
  readonly id: string
  readonly signedInAt: number
  readonly lastSeenAt: number
  readonly browser: string | null
  readonly system: string | null
}

/** The account's live sessions, the one used last first. */
export async function selectSessions(
  db: Database,
  accountId: string,
  now: number,
): Promise<SessionRow[]> {
  return db
    .selectFrom('sessions')
    .select(['id', 'browser', 'system'])
    .select(['signed_in_at as signedInAt', 'last_seen_at as lastSeenAt'])
    .where('account_id', '=', accountId)
    .where('last_seen_at', '>', now - idleLifetime)
    .where('signed_in_at', '>', now - longestLifetime)
    .orderBy('last_seen_at', 'desc')
    .limit(mostSessionsListed)
    .execute()
}
