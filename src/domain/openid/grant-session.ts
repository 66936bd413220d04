import type { Database } from '../tables/tables.ts'

/** When the session of a live grant began, by the hash of the grant's id. */
export async function selectSignedInAt(
  db: Database,
  grantHash: string,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('oidc_records')
    .innerJoin('sessions', 'sessions.id', 'oidc_records.session_id')
    .select('sessions.signed_in_at as signedInAt')
    .where('oidc_records.kind', '=', 'Grant')
    .where('oidc_records.id_hash', '=', grantHash)
    .executeTakeFirst()
  return row?.signedInAt
}
