// Where a caller's page stands now, which may have gone on since its number was shown.
import { mostTriesShown, triesLookedThrough, triesShownFor } from '../../limits/calls.ts'
import { idleLifetime, longestLifetime } from '../../limits/sessions.ts'
import { countedEvents } from '../audit/events.ts'
import { selectOfBrowser } from '../audit/store.ts'
import { factors } from '../factors/factors.ts'
import type { Database } from '../tables/tables.ts'
import { isUnbound } from '../vocabulary/calls.ts'
import type { CallNumber } from './call.ts'

/** Where a sign-in stands, `signed-in` in a session, outside of both the page itself; null where they have ended. */
export async function findStep(
  db: Database,
  { page, signInId, sessionId }: Pick<CallNumber, 'page' | 'signInId' | 'sessionId'>,
  now: number,
): Promise<string | null> {
  if (signInId !== null) {
    const row = await db
      .selectFrom('sign_ins')
      .innerJoin('accounts', (join) =>
        join
          .onRef('accounts.id', '=', 'sign_ins.account_id')
          .onRef('accounts.factors_version', '=', 'sign_ins.factors_version'),
      )
      .select('accounts.second_factor as factor')
      .where('sign_ins.id', '=', signInId)
      .where('sign_ins.expires_at', '>', now)
      .executeTakeFirst()
    return row ? factors[row.factor].step : null
  }
  if (sessionId === null) return isUnbound(page) ? page : 'sign-in'
  const session = await db
    .selectFrom('sessions')
    .select('id')
    .where('id', '=', sessionId)
    .where('last_seen_at', '>', now - idleLifetime)
    .where('signed_in_at', '>', now - longestLifetime)
    .executeTakeFirst()
  return session ? 'signed-in' : null
}

interface Try {
  readonly event: (typeof countedEvents)[number]
  readonly at: number
  readonly detail: Readonly<Record<string, unknown>>
}

/** What failed lately with a browser of that kind, the latest first: what others tried is not the caller's. */
export async function listTries(
  db: Database,
  accountId: string,
  { browser, system }: Pick<CallNumber, 'browser' | 'system'>,
  now: number,
): Promise<readonly Try[]> {
  const rows = await selectOfBrowser(db, accountId, countedEvents, {
    ...{ browser, system, most: mostTriesShown },
    ...{ after: now - triesShownFor, ofEach: triesLookedThrough },
  })
  return rows.map((row) => ({
    event: row.event as Try['event'],
    at: row.at,
    detail: JSON.parse(row.detail) as Try['detail'],
  }))
}
