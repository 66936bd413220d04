import { sql } from 'kysely'
import { deleteBatch } from '../tables/batch.ts'
import type { Database, Tx } from '../tables/tables.ts'
import type { PageCheckState } from '../vocabulary/calls.ts'
import type { CheckedAct, PageCheck } from './call.ts'

const columns = [
  'id',
  'call_id as callId',
  'account_id as accountId',
  'operator_id as operatorId',
  'act',
  'subject',
  'digits_hash as digitsHash',
  'state',
  'asked_at as askedAt',
  'expires_at as expiresAt',
  'done_at as doneAt',
  'passkey_id as passkeyId',
] as const

export async function insertPageCheck(tx: Tx, check: PageCheck): Promise<void> {
  await tx
    .insertInto('page_checks')
    .values({
      id: check.id,
      call_id: check.callId,
      account_id: check.accountId,
      operator_id: check.operatorId,
      act: check.act,
      subject: check.subject,
      digits_hash: check.digitsHash,
      state: check.state,
      asked_at: check.askedAt,
      expires_at: check.expiresAt,
      done_at: check.doneAt,
      passkey_id: check.passkeyId,
    })
    .execute()
}

/** What a number's page asks, else what it asked last. */
export async function selectLastCheck(
  db: Database | Tx,
  callId: string,
): Promise<PageCheck | undefined> {
  return (
    db
      .selectFrom('page_checks')
      .select(columns)
      .where('call_id', '=', callId)
      // One at most is open, whatever was asked in the same moment.
      .orderBy(sql`case when state in ('asked', 'heard') then 0 else 1 end`)
      .orderBy('asked_at', 'desc')
      .limit(1)
      .executeTakeFirst()
  )
}

interface DoneCheck extends CheckedAct {
  readonly doneAt: number
  readonly passkeyId: string
}

/** What was proven through pages for this account and this operator after a moment, the latest first. */
export async function selectDone(
  db: Database | Tx,
  { accountId, operatorId }: Pick<PageCheck, 'accountId' | 'operatorId'>,
  after: number,
): Promise<readonly DoneCheck[]> {
  const rows = await db
    .selectFrom('page_checks')
    .select(['act', 'subject', 'done_at as doneAt', 'passkey_id as passkeyId'])
    .where('account_id', '=', accountId)
    .where('operator_id', '=', operatorId)
    .where('state', '=', 'done')
    .where('done_at', '>', after)
    .orderBy('done_at', 'desc')
    .execute()
  return rows.flatMap(({ doneAt, passkeyId, ...about }) =>
    doneAt === null || passkeyId === null ? [] : [{ ...about, doneAt, passkeyId }],
  )
}

/** Whether a check was done for this operator on this call. */
export async function isDoneFor(db: Database | Tx, callId: string, operatorId: string) {
  const row = await db
    .selectFrom('page_checks')
    .select('id')
    .where('call_id', '=', callId)
    .where('operator_id', '=', operatorId)
    .where('state', '=', 'done')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Moves a check on; false where it is in none of those states any more. */
export async function updateCheckState(
  tx: Tx,
  id: string,
  from: readonly PageCheckState[],
  to: PageCheckState,
  done: { readonly at: number; readonly passkeyId: string } | null = null,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('page_checks')
    .set({ state: to, done_at: done?.at ?? null, passkey_id: done?.passkeyId ?? null })
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** What was proven through pages for this account proves nothing any more, to whomever: its holder did not call. */
export async function denyDoneChecks(tx: Tx, accountId: string): Promise<void> {
  await tx
    .updateTable('page_checks')
    .set({ state: 'denied', done_at: null, passkey_id: null })
    .where('account_id', '=', accountId)
    .where('state', '=', 'done')
    .execute()
}

/** Ends what a number still asks: a new check takes its place. */
export async function replaceOpenChecks(tx: Tx, callId: string): Promise<void> {
  await tx
    .updateTable('page_checks')
    .set({ state: 'replaced' })
    .where('call_id', '=', callId)
    .where('state', 'in', ['asked', 'heard'])
    .execute()
}

export async function deleteChecksOf(tx: Tx, accountId: string): Promise<void> {
  await tx.deleteFrom('page_checks').where('account_id', '=', accountId).execute()
}

export function deleteChecksBefore(db: Database, time: number): Promise<number> {
  const where = sql`expires_at < ${time}`
  return deleteBatch(db, { table: 'page_checks', key: ['id'], where, by: 'expires_at' })
}
