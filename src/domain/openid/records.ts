// The records of oidc-provider: grants, codes and tokens of clients, and requests that are under way.
// Transactions take rows in one order, else two would wait for each other: a consent, the session, its grant,
// and what was given under the grant.
import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely'
import { Problem } from '../../kernel/http/problem.ts'
import { deleteBatch } from '../tables/batch.ts'
import type { Database, Tables, Tx } from '../tables/tables.ts'
import { holder } from './hold-owner.ts'

/** A record for each client that was signed in under a session of ours, with the client's `sid`. */
export const signedInClient = 'SignedInClient'

/** A record for each session and client whose question was answered by a press there. */
export const pressedClient = 'Pressed'

export interface RecordName {
  readonly kind: string
  readonly idHash: string
}

export interface NewOidcRecord extends RecordName {
  /** The client that the record is about; null where it is about none, or about several. */
  readonly clientId: string | null
  readonly payload: string
  readonly expiresAt: number
  /** The session that the record ends with, where it has no grant. */
  readonly sessionId?: string | null
  /** The grant that the record ends with. */
  readonly grantHash?: string
  /** The refresh token that this one replaces. */
  readonly parentHash?: string | null
}

export interface Consumption {
  readonly consumedAt: number | null
  readonly usedBy: string | null
  readonly parentHash: string | null
  readonly continuedBy: string | null
  readonly grantHash: string | null
}

export interface OidcRecord extends Consumption {
  readonly payload: string
}

const consumption = [
  ...['oidc_records.consumed_at as consumedAt', 'oidc_records.used_by as usedBy'],
  ...['oidc_records.parent_hash as parentHash', 'oidc_records.continued_by as continuedBy'],
  'oidc_records.grant_hash as grantHash',
] as const

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
    .select([...consumption, 'payload'])
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

/**
 * Saves the records of one request. A grant, and what is given under one, needs a live session (rule 33),
 * which cannot end before the transaction does: throws `not_signed_in` without. Another record of an ended
 * session is left out.
 */
export async function saveRecords(
  tx: Tx,
  records: readonly NewOidcRecord[],
  hold = holder(tx),
): Promise<void> {
  const rows = []
  for (const record of records) {
    const made = records.find(({ kind, idHash }) => kind === 'Grant' && idHash === record.grantHash)
    const { kind, grantHash, sessionId = null } = made ?? record
    const isOwned = grantHash !== undefined || sessionId !== null
    const session_id = isOwned ? await hold({ sessionId, grantHash }) : null
    if (session_id !== null || !isOwned) rows.push({ ...rowOf(record), session_id })
    else if (kind === 'Grant' || grantHash) throw new Problem('not_signed_in')
  }
  if (rows.length === 0) return
  await tx
    .insertInto('oidc_records')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['kind', 'id_hash']).doUpdateSet(({ ref }) => ({
        client_id: ref('excluded.client_id'),
        payload: ref('excluded.payload'),
        expires_at: ref('excluded.expires_at'),
      })),
    )
    .execute()
}

function rowOf(record: NewOidcRecord) {
  return {
    kind: record.kind,
    id_hash: record.idHash,
    client_id: record.clientId,
    payload: record.payload,
    grant_hash: record.grantHash ?? null,
    parent_hash: record.parentHash ?? null,
    expires_at: record.expiresAt,
  }
}

/** False when the record exists already, such as that of a proof which is sent twice. */
export async function insertRecordOnce(tx: Tx, record: NewOidcRecord): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('oidc_records')
    .values(rowOf(record))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Marks a record as used, in one statement; false when it was used before. */
export async function consumeRecord(
  tx: Tx,
  { kind, idHash }: RecordName,
  now: number,
  usedBy: string | null = null,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('oidc_records')
    .set({ consumed_at: now, used_by: usedBy })
    .where('kind', '=', kind)
    .where('id_hash', '=', idHash)
    .where('consumed_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Notes that something was issued under a grant. */
export async function updateLastIssued(tx: Tx, grantHash: string, now: number): Promise<void> {
  await tx
    .updateTable('oidc_records')
    .set({ consumed_at: now })
    .where('kind', '=', 'Grant')
    .where('id_hash', '=', grantHash)
    .execute()
}

export async function selectConsumption(
  tx: Tx,
  { kind, idHash }: RecordName,
): Promise<Consumption | undefined> {
  return tx
    .selectFrom('oidc_records')
    .select(consumption)
    .where('kind', '=', kind)
    .where('id_hash', '=', idHash)
    .executeTakeFirst()
}

/** Of several records that replace one, lets the first that asks go on; false for the others. */
export async function continueFrom(tx: Tx, parent: RecordName, idHash: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('oidc_records')
    .set({ continued_by: idHash })
    .where('kind', '=', parent.kind)
    .where('id_hash', '=', parent.idHash)
    .where((row) => row.or([row('continued_by', 'is', null), row('continued_by', '=', idHash)]))
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function deleteRecord(tx: Tx, { kind, idHash }: RecordName): Promise<void> {
  await tx
    .deleteFrom('oidc_records')
    .where('kind', '=', kind)
    .where('id_hash', '=', idHash)
    .execute()
}

/** Deletes a grant with its codes and tokens. */
export async function deleteGrant(tx: Tx, grantHash: string): Promise<void> {
  await takeGrants(tx, (row) => row('id_hash', '=', grantHash))
  await tx
    .deleteFrom('oidc_records')
    .where((row) =>
      row.or([
        row('grant_hash', '=', grantHash),
        row.and([row('kind', '=', 'Grant'), row('id_hash', '=', grantHash)]),
      ]),
    )
    .execute()
}

type Which = (row: ExpressionBuilder<Tables, 'oidc_records'>) => Expression<SqlBool>

/** Takes grants for their deletion, before anything that was given under them; returns how many. */
async function takeGrants(tx: Tx, which: Which): Promise<number> {
  const grants = tx.selectFrom('oidc_records').select('id_hash').where('kind', '=', 'Grant')
  return (await grants.where(which).orderBy('id_hash').forNoKeyUpdate().execute()).length
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

/** Deletes a batch of the records of one kind; returns how many. */
export function deleteSomeRecords(db: Database, kind: string): Promise<number> {
  const where = sql`kind = ${kind}`
  return deleteBatch(db, { table: 'oidc_records', key: ['kind', 'id_hash'], where, by: 'id_hash' })
}

/** Deletes the records of a session, and returns the payloads of those of one kind. */
export async function takeSessionRecords(
  tx: Tx,
  sessionId: string,
  wanted: string,
): Promise<readonly string[]> {
  const which: Which = (row) => row('session_id', '=', sessionId)
  await takeGrants(tx, which)
  const deleted = tx.deleteFrom('oidc_records').where(which)
  const rows = await deleted.returning(['kind', 'payload']).execute()
  return rows.filter(({ kind }) => kind === wanted).map(({ payload }) => payload)
}

/** Deletes what the client was given and every request of it that is under way. */
export async function deleteRecordsOf(tx: Tx, clientId: string): Promise<void> {
  const which: Which = (row) => row('client_id', '=', clientId)
  await takeGrants(tx, which)
  await tx.deleteFrom('oidc_records').where(which).execute()
}

/**
 * Ends what the client holds of one account, or of all: its grants, which it counts, with every code and token,
 * and what was pressed for it.
 */
export async function deleteGrants(tx: Tx, clientId: string, accountId?: string): Promise<number> {
  const which: Which = (row) => {
    const isOf = row('client_id', '=', clientId)
    if (accountId === undefined) return isOf
    const sessions = row.selectFrom('sessions').select('id').where('account_id', '=', accountId)
    return isOf.and('session_id', 'in', sessions)
  }
  const grants = await takeGrants(tx, which)
  await tx
    .deleteFrom('oidc_records')
    .where('kind', 'in', [
      'Grant',
      'AuthorizationCode',
      'AccessToken',
      'RefreshToken',
      pressedClient,
    ])
    .where(which)
    .execute()
  return grants
}
