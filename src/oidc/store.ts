import { sql } from 'kysely'
import type { Database, Tables, Tx } from '../storage/tables.ts'

export interface OidcRecord {
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

export type OidcKey = Tables['oidc_keys']

export async function selectKeys(db: Database | Tx, now: number): Promise<readonly OidcKey[]> {
  return db
    .selectFrom('oidc_keys')
    .selectAll()
    .where((row) => row.or([row('published_until', 'is', null), row('published_until', '>', now)]))
    .orderBy('signs_from', 'desc')
    .orderBy('alg')
    .orderBy('kid')
    .execute()
}

export async function insertKey(tx: Tx, key: OidcKey): Promise<void> {
  await tx.insertInto('oidc_keys').values(key).execute()
}

/** False when it is gone already. */
export async function deleteKey(tx: Tx, kid: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('oidc_keys')
    .where('kid', '=', kid)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

export async function resealKey(tx: Tx, kid: string, sealed: string): Promise<void> {
  await tx.updateTable('oidc_keys').set({ sealed }).where('kid', '=', kid).execute()
}

export async function retireKeys(tx: Tx, kids: readonly string[], until: number): Promise<void> {
  await tx
    .updateTable('oidc_keys')
    .set({ published_until: until })
    .where('kid', 'in', kids)
    .where('published_until', 'is', null)
    .execute()
}

export async function deleteKeysBefore(db: Database, time: number): Promise<void> {
  await db.deleteFrom('oidc_keys').where('published_until', '<', time).execute()
}

/** False when some node has done so before; a second one waits here until the first has committed. */
export async function claimFirstKeys(tx: Tx): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('installation')
    .values({ name: 'oidc-keys', value: 'made' })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Holds the keys until the transaction ends, so that of two who change them one sees what the other did. */
export async function takeKeys(tx: Tx): Promise<void> {
  await tx
    .updateTable('installation')
    .set((row) => ({ value: row.ref('value') }))
    .where('name', '=', 'oidc-keys')
    .execute()
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
