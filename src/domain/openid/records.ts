// What applications were given and what is under way with them, as the OpenID library keeps it.
import { sql } from 'kysely'
import type { Database, Tx } from '../tables/tables.ts'

interface OidcRecord {
  readonly payload: string
  readonly consumedAt: number | null
}

export interface NewOidcRecord {
  readonly kind: string
  readonly idHash: string
  readonly payload: string
  readonly expiresAt: number
  /** The refresh token that this one follows. */
  readonly parentHash?: string | null
}

type OfSession = NewOidcRecord & { readonly sessionId: string | null }

/**
 * What belongs to a session that has ended is not found, wherever the session ended, nor what was made
 * from a grant that is gone, also when both were under way at once.
 */
export async function selectRecord(
  db: Database,
  kind: string,
  idHash: string,
  now: number,
): Promise<OidcRecord | undefined> {
  return db
    .selectFrom('oidc_records')
    .leftJoin('ended_sessions', 'ended_sessions.session_id', 'oidc_records.session_id')
    .select(['payload', 'consumed_at as consumedAt'])
    .where('oidc_records.kind', '=', kind)
    .where('oidc_records.id_hash', '=', idHash)
    .where('oidc_records.expires_at', '>', now)
    .where('ended_sessions.session_id', 'is', null)
    .where(({ or, eb, exists, selectFrom }) =>
      or([
        eb('grant_hash', 'is', null),
        exists(
          selectFrom('oidc_records as grant')
            .select('grant.id_hash')
            .where('grant.kind', '=', 'Grant')
            .whereRef('grant.id_hash', '=', 'oidc_records.grant_hash')
            .where('grant.expires_at', '>', now),
        ),
      ]),
    )
    .executeTakeFirst()
}

export async function upsertRecord(db: Database, record: OfSession): Promise<void> {
  const { payload, expiresAt } = record
  await db
    .insertInto('oidc_records')
    .values({
      kind: record.kind,
      id_hash: record.idHash,
      payload,
      session_id: record.sessionId,
      expires_at: expiresAt,
    })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'id_hash']).doUpdateSet({ payload, expires_at: expiresAt }),
    )
    .execute()
}

/**
 * Keeps what is made in a session of ours or from a grant, which has its session; false, and nothing
 * kept, where there is no such session any more.
 */
export async function upsertUnder(
  db: Database,
  { kind, idHash, payload, expiresAt, parentHash = null }: NewOidcRecord,
  origin: { readonly sessionId: string } | { readonly grantHash: string },
): Promise<boolean> {
  const grantHash = 'grantHash' in origin ? origin.grantHash : null
  const sessionId =
    'sessionId' in origin
      ? origin.sessionId
      : sql`(select session_id from oidc_records where kind = 'Grant' and id_hash = ${grantHash})`
  const { numAffectedRows } = await sql`
    insert into oidc_records (kind, id_hash, payload, grant_hash, parent_hash, session_id, expires_at)
    select ${kind}, ${idHash}, ${payload}, ${grantHash}, ${parentHash}, sessions.id, cast(${expiresAt} as bigint)
      from sessions where sessions.id = ${sessionId}
    on conflict (kind, id_hash)
      do update set payload = excluded.payload, expires_at = excluded.expires_at`.execute(db)
  return numAffectedRows === 1n
}

export async function hasGrant(db: Database, grantHash: string): Promise<boolean> {
  const row = await db
    .selectFrom('oidc_records')
    .select('id_hash')
    .where('kind', '=', 'Grant')
    .where('id_hash', '=', grantHash)
    .executeTakeFirst()
  return row !== undefined
}

/** False when it was there already, such as a proof that is sent twice. */
export async function insertRecordOnce(db: Database, record: OfSession): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('oidc_records')
    .values({
      kind: record.kind,
      id_hash: record.idHash,
      payload: record.payload,
      session_id: record.sessionId,
      expires_at: record.expiresAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Marks as used, in one statement; false when it was used before. */
export async function consumeRecord(
  db: Database,
  kind: string,
  idHash: string,
  now: number,
  usedBy: string | null = null,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('oidc_records')
    .set({ consumed_at: now, used_by: usedBy })
    .where('kind', '=', kind)
    .where('id_hash', '=', idHash)
    .where('consumed_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface Consumption {
  readonly consumedAt: number | null
  readonly usedBy: string | null
  readonly parentHash: string | null
  readonly continuedBy: string | null
  readonly grantHash: string | null
}

export async function selectConsumption(
  db: Database,
  kind: string,
  idHash: string,
): Promise<Consumption | undefined> {
  return db
    .selectFrom('oidc_records')
    .select(['consumed_at as consumedAt', 'used_by as usedBy', 'grant_hash as grantHash'])
    .select(['parent_hash as parentHash', 'continued_by as continuedBy'])
    .where('kind', '=', kind)
    .where('id_hash', '=', idHash)
    .executeTakeFirst()
}

/** Lets one record, and no other, go on from the one that both follow; false for the others. */
export async function continueFrom(
  db: Database,
  kind: string,
  parentHash: string,
  idHash: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('oidc_records')
    .set({ continued_by: idHash })
    .where('kind', '=', kind)
    .where('id_hash', '=', parentHash)
    .where((row) => row.or([row('continued_by', 'is', null), row('continued_by', '=', idHash)]))
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function deleteRecord(db: Database, kind: string, idHash: string): Promise<void> {
  await db
    .deleteFrom('oidc_records')
    .where('kind', '=', kind)
    .where('id_hash', '=', idHash)
    .execute()
}

/** A grant and all that was made from it. */
export async function deleteGrant(db: Database, grantHash: string): Promise<void> {
  await db
    .deleteFrom('oidc_records')
    .where((row) =>
      row.or([
        row('grant_hash', '=', grantHash),
        row.and([row('kind', '=', 'Grant'), row('id_hash', '=', grantHash)]),
      ]),
    )
    .execute()
}

export async function deleteExpiredRecords(db: Database, now: number): Promise<void> {
  await db.deleteFrom('oidc_records').where('expires_at', '<', now).execute()
}

/** Removes what was made under a session and returns the payloads of one kind. */
export async function takeSessionRecords(
  tx: Tx,
  sessionId: string,
  wanted: string,
): Promise<readonly string[]> {
  const rows = await tx
    .deleteFrom('oidc_records')
    .where('session_id', '=', sessionId)
    .returning(['kind', 'payload'])
    .execute()
  return rows.filter(({ kind }) => kind === wanted).map(({ payload }) => payload)
}

/** What a client was given and what is under way with it. */
export async function deleteRecordsOf(tx: Tx, clientId: string): Promise<void> {
  await tx
    .deleteFrom('oidc_records')
    .where(({ eb, or }) =>
      or([
        eb('payload', 'like', `%"clientId":"${clientId}"%`),
        eb('payload', 'like', `%"client_id":"${clientId}"%`),
      ]),
    )
    .execute()
}

/** What a client holds, of one account or of all: grants with every code and token, tokens first. */
export async function deleteGrants(tx: Tx, clientId: string, accountId?: string): Promise<void> {
  let grants = tx
    .selectFrom('oidc_records')
    .select('id_hash')
    .where('kind', '=', 'Grant')
    .where('payload', 'like', `%"clientId":"${clientId}"%`)
  if (accountId !== undefined) {
    const sessions = tx.selectFrom('sessions').select('id').where('account_id', '=', accountId)
    grants = grants.where('session_id', 'in', sessions)
  }
  await tx.deleteFrom('oidc_records').where('grant_hash', 'in', grants).execute()
  await tx
    .deleteFrom('oidc_records')
    .where('kind', '=', 'Grant')
    .where('id_hash', 'in', grants)
    .execute()
}
