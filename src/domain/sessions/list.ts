import { idleLifetime, longestLifetime, mostSessionsListed } from '../../limits/sessions.ts'
import type { Database } from '../tables/tables.ts'

interface SessionRow {
  readonly id: string
  readonly signedInAt: number
  readonly lastSeenAt: number
  readonly browser: string | null
  readonly system: string | null
  /** Whether its pages have run out, and only applications that were signed in under it go on. */
  readonly applicationsOnly: boolean
}

/** The account's sessions that are live, or under which an application holds something; the one used last first. */
export async function selectSessions(
  db: Database,
  accountId: string,
  now: number,
): Promise<SessionRow[]> {
  const rows = await db
    .selectFrom('sessions')
    .select(['id', 'browser', 'system'])
    .select(['signed_in_at as signedInAt', 'last_seen_at as lastSeenAt'])
    .where('account_id', '=', accountId)
    .where('signed_in_at', '>', now - longestLifetime)
    .where(({ or, eb, exists, selectFrom }) =>
      or([
        eb('last_seen_at', '>', now - idleLifetime),
        exists(
          selectFrom('oidc_records')
            .select('id_hash')
            .where('kind', '=', 'Grant')
            .whereRef('session_id', '=', 'sessions.id')
            .where('expires_at', '>', now),
        ),
      ]),
    )
    .orderBy('last_seen_at', 'desc')
    .limit(mostSessionsListed)
    .execute()
  return rows.map((row) => ({ ...row, applicationsOnly: row.lastSeenAt <= now - idleLifetime }))
}
