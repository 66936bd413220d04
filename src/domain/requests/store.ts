import { sql } from 'kysely'
import { statement } from '../../kernel/db/statement.ts'
import { requestLifetime } from '../../limits/requests.ts'
import { readableBy } from '../accounts/own-account.ts'
import type { DeskOperator } from '../operators/operator.ts'
import { batchSize, inBatch } from '../tables/batch.ts'
import type { Place } from '../tables/place.ts'
import type { Database, Tables, Tx } from '../tables/tables.ts'
import type { RequestAct, RequestKind, RequestState } from '../vocabulary/desk.ts'
import type { DeskRequest, IdentityCheck, StoredAct } from './request.ts'

export const requestColumns = [
  'id',
  'kind',
  'account_id as accountId',
  'operator_id as operatorId',
  'asker_id as askerId',
  'names',
  'acts',
  'reason',
  'ticket',
  'checks',
  'text',
  'digest',
  'state',
  'asked_at as askedAt',
  'expires_at as expiresAt',
  'approver_id as approverId',
  'decided_at as decidedAt',
  'takes_effect_at as takesEffectAt',
  'done_at as doneAt',
  'closed_reason as closedReason',
  'receipt',
  'asker_half as askerHalf',
] as const

type Packed = 'names' | 'acts' | 'checks'
type Row = Omit<DeskRequest, Packed> & Record<Packed, string>

export function readRequest(row: Row): DeskRequest {
  return {
    ...row,
    names: JSON.parse(row.names) as RequestAct[],
    acts: JSON.parse(row.acts) as StoredAct[],
    checks: JSON.parse(row.checks) as IdentityCheck[],
  }
}

export async function insertRequest(tx: Tx, request: DeskRequest): Promise<void> {
  await tx
    .insertInto('requests')
    .values({
      id: request.id,
      kind: request.kind,
      account_id: request.accountId,
      operator_id: request.operatorId,
      asker_id: request.askerId,
      names: JSON.stringify(request.names),
      acts: JSON.stringify(request.acts),
      reason: request.reason,
      ticket: request.ticket,
      checks: JSON.stringify(request.checks),
      text: request.text,
      digest: request.digest,
      state: request.state,
      asked_at: request.askedAt,
      expires_at: request.expiresAt,
      approver_id: request.approverId,
      decided_at: request.decidedAt,
      takes_effect_at: request.takesEffectAt,
      done_at: request.doneAt,
      closed_reason: request.closedReason,
      receipt: request.receipt,
      asker_half: request.askerHalf,
    })
    .execute()
}

export async function selectRequest(
  db: Database | Tx,
  id: string,
): Promise<DeskRequest | undefined> {
  const row = await byId.first(db, { id })
  return row && readRequest(row)
}

const byId = statement((db: Database, { id }: { id: string }) =>
  db.selectFrom('requests').select(requestColumns).where('id', '=', id),
)

/** Holds the row: of two who decide at once, the second reads what the first has decided. */
export async function holdRequest(tx: Tx, id: string): Promise<DeskRequest | undefined> {
  const row = await held.first(tx, { id })
  return row && readRequest(row)
}

const held = statement((db: Database, { id }: { id: string }) =>
  db.selectFrom('requests').select(requestColumns).where('id', '=', id).forNoKeyUpdate(),
)

type Change = Partial<Omit<Tables['requests'], 'id' | 'kind' | 'text' | 'digest'>>

/** Moves a request that is still in one of these states; false when somebody else has moved it. */
export async function moveRequest(
  tx: Tx,
  id: string,
  from: readonly RequestState[],
  change: Change & { readonly state: RequestState },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('requests')
    .set(change)
    .where('id', '=', id)
    .where('state', 'in', [...from])
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Takes the sealed half of a code away, which is shown once; null when it is gone. */
export async function takeAskerHalf(
  tx: Tx,
  { id, askerHalf }: Pick<DeskRequest, 'id' | 'askerHalf'>,
): Promise<string | null> {
  if (askerHalf === null) return null
  const { numUpdatedRows } = await tx
    .updateTable('requests')
    .set({ asker_half: null })
    .where('id', '=', id)
    .where('asker_half', 'is not', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n ? askerHalf : null
}

interface Asking {
  readonly askerId: string
  readonly accountId?: string
  readonly since: number
  readonly most: number
}

/**
 * When the oldest of an operator's latest `most` requests since a moment was, of all or for one account; null if there
 * were fewer.
 */
export async function selectFullAsked(
  tx: Tx,
  { askerId, accountId, since, most }: Asking,
): Promise<number | null> {
  let query = tx
    .selectFrom('requests')
    .select('asked_at as at')
    .where('asker_id', '=', askerId)
    .where('asked_at', '>', since)
  if (accountId !== undefined) query = query.where('account_id', '=', accountId)
  const rows = await query.orderBy('asked_at', 'desc').limit(most).execute()
  return rows.length < most ? null : (rows.at(-1)?.at ?? null)
}

interface Page {
  readonly kind: RequestKind
  /** In which they may be shown: of lapsed ones, some are stored as waiting. */
  readonly state?: RequestState | undefined
  readonly accountId?: string | undefined
  /** Where the page begins. */
  readonly before?: Place | undefined
  readonly most: number
  readonly now: number
  /** Who reads them, where they are not of one account. */
  readonly reader?: DeskOperator | undefined
}

/** The requests of one kind, the newest first; those whose time is over wait no more, and may be void before. */
export async function selectRequests(db: Database, page: Page): Promise<readonly DeskRequest[]> {
  const { kind, state, accountId, before, most, now, reader } = page
  let query = db.selectFrom('requests').select(requestColumns).where('kind', '=', kind)
  if (state === 'lapsed') query = query.where('state', 'in', ['lapsed', 'waiting'])
  else if (state !== undefined) query = query.where('state', '=', state)
  if (state === 'waiting') query = query.where('expires_at', '>', now)
  if (accountId !== undefined) query = query.where('account_id', '=', accountId)
  if (reader) query = query.where(readableBy(reader))
  if (before) {
    const { at: askedAt, id } = before
    query = query.where((row) => row(row.refTuple('asked_at', 'id'), '<', row.tuple(askedAt, id)))
  }
  const rows = await query.orderBy('asked_at', 'desc').orderBy('id', 'desc').limit(most).execute()
  return rows.map(readRequest)
}

/** Moves every request for an account that is in one of these states; returns their ids. */
export async function moveRequestsOf(
  tx: Tx,
  accountId: string,
  change: Change & { readonly state: RequestState },
  {
    from,
    kinds,
  }: { readonly from: readonly RequestState[]; readonly kinds: readonly RequestKind[] },
): Promise<readonly string[]> {
  const rows = await tx
    .updateTable('requests')
    .set(change)
    .where('account_id', '=', accountId)
    .where('state', 'in', [...from])
    .where('kind', 'in', [...kinds])
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Takes away the codes of one kind of requests, or their halves, that nobody has fetched while the code lived. */
export function wipeHalvesOf(kind: RequestKind) {
  /** Of what was done before a time; returns how many. */
  return async (db: Database, before: number): Promise<number> => {
    const where = sql`asker_half is not null and kind = ${kind} and done_at <= ${before}`
    const { numUpdatedRows } = await db
      .updateTable('requests')
      .set({ asker_half: null })
      .where(inBatch({ table: 'requests', key: ['id'], where, by: 'done_at' }))
      .executeTakeFirst()
    return Number(numUpdatedRows)
  }
}

/** Requests that wait for approval though their time is over. */
export async function selectExpired(db: Database, before: number): Promise<readonly DeskRequest[]> {
  const rows = await db
    .selectFrom('requests')
    .select(requestColumns)
    .where('state', '=', 'waiting')
    .where('kind', 'in', ['account', 'operator'])
    // The index has when it was asked for, which is as long before its end for every request.
    .where('asked_at', '<=', before - requestLifetime)
    // Two nodes take them in one order.
    .orderBy('asked_at')
    .orderBy('id')
    .limit(batchSize)
    .execute()
  return rows.map(readRequest)
}

/**
 * Leaves of the requests of an erased account the names of the acts, the digest, times and operators: a digest
 * says nothing to who has not got the text.
 */
export async function wipeRequestsOf(tx: Tx, accountId: string): Promise<void> {
  await tx
    .updateTable('requests')
    .set({
      ...{ acts: '[]', reason: '', ticket: '', checks: '[]', text: '' },
      ...{ closed_reason: null, receipt: null, asker_half: null },
    })
    .where('account_id', '=', accountId)
    .execute()
}
