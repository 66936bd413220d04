// The applications that hold something of an account now, whoever they belong to.
import { seconds } from '../../kernel/clock.ts'
import type { Database } from '../tables/tables.ts'
import { signedInClient } from './records.ts'

const recordsOf = (db: Database, accountId: string) =>
  db
    .selectFrom('oidc_records')
    .innerJoin('sessions', 'sessions.id', 'oidc_records.session_id')
    .where('sessions.account_id', '=', accountId)

/** The clients with a live grant of the account, and when each was last granted or issued something. */
export async function selectConnected(
  db: Database,
  accountId: string,
  now: number,
): Promise<ReadonlyMap<string, number>> {
  const grants = await recordsOf(db, accountId)
    .select(['client_id as clientId', 'payload', 'consumed_at as issuedAt'])
    .where('oidc_records.kind', '=', 'Grant')
    .where('oidc_records.expires_at', '>', now)
    .execute()
  const usedAt = new Map<string, number>()
  for (const { clientId, payload, issuedAt } of grants) {
    if (clientId === null) continue
    const { iat } = JSON.parse(payload) as { iat: number }
    const before = usedAt.get(clientId) ?? 0
    usedAt.set(clientId, Math.max(before, issuedAt ?? iat * seconds))
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
