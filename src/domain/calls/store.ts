import { sql } from 'kysely'
import { deleteBatch } from '../tables/batch.ts'
import type { Database, Tx } from '../tables/tables.ts'
import type { CallNumber, StuckPage } from './call.ts'

interface NewCallNumber extends Omit<CallNumber, 'operatorId'> {
  readonly numberHash: string
  readonly tokenHash: string
}

/** False when the number is taken. */
export async function insertCallNumber(tx: Tx, call: NewCallNumber): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('call_numbers')
    .values({
      id: call.id,
      number_hash: call.numberHash,
      token_hash: call.tokenHash,
      page: call.page,
      failure: call.failure,
      ...{ browser: call.browser, system: call.system, app: call.app },
      sign_in_id: call.signInId,
      session_id: call.sessionId,
      account_id: call.accountId,
      made_at: call.madeAt,
      expires_at: call.expiresAt,
    })
    .onConflict((conflict) => conflict.column('number_hash').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Deletes what this browser, this sign-in and this session have shown before. */
export async function deleteFormerNumbers(
  tx: Tx,
  {
    tokenHash,
    signInId,
    sessionId,
  }: Pick<StuckPage, 'signInId' | 'sessionId'> & { readonly tokenHash: string | null },
): Promise<void> {
  for (const [column, value] of [
    ['token_hash', tokenHash],
    ['sign_in_id', signInId],
    ['session_id', sessionId],
  ] as const) {
    if (value !== null) await tx.deleteFrom('call_numbers').where(column, '=', value).execute()
  }
}

export async function selectCallNumber(
  db: Database | Tx,
  by: { readonly numberHashes: readonly string[] } | { readonly tokenHash: string },
  now: number,
): Promise<CallNumber | undefined> {
  const ofNumber = 'numberHashes' in by
  return db
    .selectFrom('call_numbers')
    .select(['id', 'page', 'failure', 'browser', 'system', 'app'])
    .select(['sign_in_id as signInId', 'session_id as sessionId', 'account_id as accountId'])
    .select(['operator_id as operatorId', 'made_at as madeAt', 'expires_at as expiresAt'])
    .where(
      ofNumber ? 'number_hash' : 'token_hash',
      'in',
      ofNumber ? by.numberHashes : [by.tokenHash],
    )
    .where('expires_at', '>', now)
    .executeTakeFirst()
}

export async function updateLookedBy(tx: Tx, id: string, operatorId: string): Promise<void> {
  await tx
    .updateTable('call_numbers')
    .set({ operator_id: operatorId })
    .where('id', '=', id)
    .execute()
}

/** The number that a browser shows is over, as its sign-in has succeeded. */
export function numberDeletion(tx: Tx, tokenHash: string) {
  return tx.deleteFrom('call_numbers').where('token_hash', '=', tokenHash)
}

export async function deleteNumbersOf(tx: Tx, accountId: string): Promise<void> {
  await tx.deleteFrom('call_numbers').where('account_id', '=', accountId).execute()
}

export function deleteNumbersBefore(db: Database, time: number): Promise<number> {
  const where = sql`expires_at < ${time}`
  return deleteBatch(db, { table: 'call_numbers', key: ['id'], where, by: 'expires_at' })
}
