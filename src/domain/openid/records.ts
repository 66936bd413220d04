// The records of oidc-provider: grants, codes and tokens of clients, and requests that are under way.
import { sql } from 'kysely'
import { deleteBatch } from '../tables/batch.ts'
import type { Database, Tx } from '../tables/tables.ts'

/** A record for each client that was signed in under a session of ours, with the client's `sid`. */
export const signedInClient = 'SignedInClient'

interface OidcRecord {
  readonly payload: string
  readonly consumedAt: number | null
}

export interface NewOidcRecord {
  readonly kind: string
  readonly idHash: string
  /** The client that the record is about; null where it is about none, or about several. */
  readonly clientId: string | null
  readonly payload: string
  readonly expiresAt: number
  /** The refresh token that this one replaces. */
  readonly parentHash?: string | null
}

type OfSession = NewOidcRecord & { readonly sessionId: string | null }

/**
 * A live record. A record of an ended session is not found, on whatever node the session ended, nor is one
 * of a grant that is gone, also when both were made at the same time.
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
  const { clientId, payload, expiresAt } = record
  await db
    .insertInto('oidc_records')
    .values({
      kind: record.kind,
      id_hash: record.idHash,
      client_id: clientId,
      payload,
      session_id: record.sessionId,
      expires_at: expiresAt,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['kind', 'id_hash'])
        .doUpdateSet({ client_id: clientId, payload, expires_at: expiresAt }),
    )
    .execute()
}

/**
 * Stores a record under a session, or under a grant, which has a session. False, and nothing stored, when
 * that session has ended.
 */
export async function upsertUnder(
  db: Database,
  { kind, idHash, clientId, payload, expiresAt, parentHash = null }: NewOidcRecord,
  origin: { readonly sessionId: string } | { readonly grantHash: string },
): Promise<boolean> {
  const grantHash = 'grantHash' in origin ? origin.grantHash : null
  const sessionId =
    'sessionId' in origin
      ? origin.sessionId
      : sql`(select session_id from oidc_records where kind = 'Grant' and id_hash = ${grantHash})`
  const { numAffectedRows } = await sql`
    insert into oidc_records
      (kind, id_hash, client_id, payload, grant_hash, parent_hash, session_id, expires_at)
    select ${kind}, ${idHash}, ${clientId}, ${payload}, ${grantHash}, ${parentHash}, sessions.id,
      cast(${expiresAt} as bigint)
      from sessions where sessions.id = ${sessionId}
    on conflict (kind, id_hash) do update set client_id = excluded.client_id,
      payload = excluded.payload, expires_at = excluded.expires_at`.execute(db)
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

/** False when the record exists already, such as that of a proof which is sent twice. */
export async function insertRecordOnce(db: Database, record: OfSession): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('oidc_records')
    .values({
      kind: record.kind,
      id_hash: record.idHash,
      client_id: record.clientId,
      payload: record.payload,
      session_id: record.sessionId,
      expires_at: record.expiresAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Marks a record as used, in one statement; false when it was used before. */
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

/** Of several records that replace one, lets the first that asks go on; false for the others. */
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

/** Deletes a grant with its codes and tokens. */
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

export function deleteExpiredRecords(db: Database, now: number): Promise<number> {
  const where = sql`expires_at < ${now}`
  return deleteBatch(db, {
    table: 'oidc_records',
    key: ['kind', 'id_hash'],
    where,
    by: 'expires_at',
  })
}

/** Deletes the records of a session, and returns the payloads of those of one kind. */
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

/** Deletes what the client was given and every request of it that is under way. */
export async function deleteRecordsOf(tx: Tx, clientId: string): Promise<void> {
  await tx.deleteFrom('oidc_records').where('client_id', '=', clientId).execute()
}

/** Ends what the client holds of one account, or of all: its grants with every code and token. */
export async function deleteGrants(tx: Tx, clientId: string, accountId?: string): Promise<void> {
  const held = tx
    .deleteFrom('oidc_records')
    .where('client_id', '=', clientId)
    .where('kind', 'in', ['Grant', 'AuthorizationCode', 'AccessToken', 'RefreshToken'])
  if (accountId === undefined) {
    await held.execute()
    return
  }
  const sessions = tx.selectFrom('sessions').select('id').where('account_id', '=', accountId)
  await held.where('session_id', 'in', sessions).execute()
}
