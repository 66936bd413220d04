import { accountColumns, type Account } from '../accounts/account.ts'
import type { Session } from '../sessions/session.ts'
import type { Database } from '../tables/tables.ts'

/** The session under which a grant was made, and its account, as both are now. */
interface GrantSession extends Pick<Session, 'signedInAt' | 'newBrowser' | 'factorSince'> {
  readonly account: Account
}

/** The session of a live grant, by the hash of the grant's id. */
export async function selectGrantSession(
  db: Database,
  grantHash: string,
): Promise<GrantSession | undefined> {
  const row = await db
    .selectFrom('oidc_records')
    .innerJoin('sessions', 'sessions.id', 'oidc_records.session_id')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .select(accountColumns)
    .select([
      'sessions.signed_in_at as signedInAt',
      'sessions.new_browser as newBrowser',
      'sessions.factor_since as factorSince',
    ])
    .where('oidc_records.kind', '=', 'Grant')
    .where('oidc_records.id_hash', '=', grantHash)
    .executeTakeFirst()
  if (!row) return undefined
  const { signedInAt, newBrowser, factorSince, ...account } = row
  return { account, signedInAt, factorSince, newBrowser: newBrowser === 1 }
}
