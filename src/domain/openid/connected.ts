// The applications that hold something of an account now, whoever they belong to.
import { seconds } from '../../kernel/clock.ts'
import { tokenLifetime } from '../../limits/openid.ts'
import type { Database } from '../tables/tables.ts'
import { signedInClient } from './records.ts'

const recordsOf = (db: Database, accountId: string) =>
  db
    .selectFrom('oidc_records')
    .innerJoin('sessions', 'sessions.id', 'oidc_records.session_id')
    .where('sessions.account_id', '=', accountId)

/**
 * The clients with a live grant of the account, and when each last got something: as it was granted, or with
 * its latest access token.
 */
export async function selectConnected(
  db: Database,
  accountId: string,
  now: number,
): Promise<ReadonlyMap<string, number>> {
  const live = recordsOf(db, accountId).where('oidc_records.expires_at', '>', now)
  const grants = await live
    .select(['client_id as clientId', 'payload'])
    .where('oidc_records.kind', '=', 'Grant')
    .execute()
  const tokens = await live
    .select(({ fn }) => ['client_id as clientId', fn.max('oidc_records.expires_at').as('latest')])
    .where('oidc_records.kind', '=', 'AccessToken')
    .groupBy('client_id')
    .execute()
  const issued = new Map(tokens.map(({ clientId, latest }) => [clientId, latest - tokenLifetime]))
  const usedAt = new Map<string, number>()
  for (const { clientId, payload } of grants) {
    if (clientId === null) continue
    const { iat } = JSON.parse(payload) as { iat: number }
    const before = usedAt.get(clientId) ?? 0
    usedAt.set(clientId, Math.max(before, iat * seconds, issued.get(clientId) ?? 0))
  }
  return usedAt
}

/** By which names a client knows the sessions of an account that it was signed in under. */
export async function selectSids(
  db: Database,
  accountId: string,
  clientId: string,
): Promise<readonly string[]> {
  const rows = await recordsOf(db, accountId)
    .select('payload')
    .where('oidc_records.kind', '=', signedInClient)
    .where('client_id', '=', clientId)
    .execute()
  return rows.map(({ payload }) => (JSON.parse(payload) as { sid: string }).sid)
}
