import { sql } from 'kysely'
import { accountColumns } from '../accounts/account.ts'
import { inBatch } from '../tables/batch.ts'
import type { Database, Tx } from '../tables/tables.ts'
import type { RecoveryKind, RecoveryStep } from '../vocabulary/life.ts'
import type { Recovery } from './recovery.ts'

interface NewRecovery {
  readonly id: string
  readonly tokenHash: string
  readonly kind: RecoveryKind
  readonly account: { readonly id: string; readonly factorsVersion: number } | null
  readonly loginIdHash: string
  readonly createdAt: number
  readonly expiresAt: number
}

export async function insertRecovery(tx: Tx, recovery: NewRecovery): Promise<void> {
  await tx
    .insertInto('recoveries')
    .values({
      id: recovery.id,
      token_hash: recovery.tokenHash,
      kind: recovery.kind,
      account_id: recovery.account?.id ?? null,
      factors_version: recovery.account?.factorsVersion ?? null,
      login_id_hash: recovery.loginIdHash,
      step: 'email-code',
      created_at: recovery.createdAt,
      code_at: recovery.createdAt,
      expires_at: recovery.expiresAt,
    })
    .execute()
}

/**
 * The live recovery of a token. Before its code it goes on without an account whose factors have changed, or that
 * was locked: who asks for it must not learn that (rule 44). After it, it has ended.
 */
export async function selectLiveRecovery(
  db: Database,
  tokenHash: string,
  kind: RecoveryKind,
  now: number,
): Promise<Recovery | undefined> {
  const row = await db
    .selectFrom('recoveries')
    .leftJoin('accounts', (join) =>
      join
        .onRef('accounts.id', '=', 'recoveries.account_id')
        .onRef('accounts.factors_version', '=', 'recoveries.factors_version')
        .on('accounts.locked_at', 'is', null),
    )
    .select(['recoveries.id as recoveryId', 'recoveries.step', 'recoveries.code_at as codeAt'])
    .select('recoveries.login_id_hash as loginIdHash')
    .select(accountColumns)
    .where('recoveries.token_hash', '=', tokenHash)
    .where('recoveries.kind', '=', kind)
    .where('recoveries.expires_at', '>', now)
    .executeTakeFirst()
  if (!row) return undefined
  const { recoveryId, step, codeAt, loginIdHash, ...columns } = row
  const account = isWhole(columns) ? columns : null
  if (account === null && step !== 'email-code') return undefined
  return { id: recoveryId, kind, step, account, loginIdHash, codeAt }
}

/** Whether the outer join has found the account: all of its columns stand, or none. */
function isWhole(columns: {
  readonly id: string | null
}): columns is NonNullable<Recovery['account']> {
  return columns.id !== null
}

/** Holds a recovery, and returns where it stands by now; undefined when it has ended. */
export async function holdRecovery(
  tx: Tx,
  id: string,
): Promise<Pick<Recovery, 'step' | 'codeAt'> | undefined> {
  return tx
    .selectFrom('recoveries')
    .select(['step', 'code_at as codeAt'])
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** Charges one try at the code; returns the number charged so far, null when none is left or the step is over. */
export async function chargeRecoveryTry(tx: Tx, id: string, most: number): Promise<number | null> {
  const row = await tx
    .updateTable('recoveries')
    .set((eb) => ({ code_tries: eb('code_tries', '+', 1) }))
    .where('id', '=', id)
    .where('step', '=', 'email-code')
    .where('code_tries', '<', most)
    .returning('code_tries')
    .executeTakeFirst()
  return row?.code_tries ?? null
}

/** Notes that another code was asked for. */
export async function updateCodeAt(tx: Tx, id: string, now: number): Promise<void> {
  await tx.updateTable('recoveries').set({ code_at: now }).where('id', '=', id).execute()
}

/** Goes on to a step. */
export async function updateStep(tx: Tx, id: string, step: RecoveryStep): Promise<void> {
  await tx.updateTable('recoveries').set({ step }).where('id', '=', id).execute()
}

export interface EndedRecovery {
  readonly id: string
  readonly accountId: string | null
  readonly loginIdHash: string
  readonly expiresAt: number
}

const endedColumns = [
  'id',
  'account_id as accountId',
  'login_id_hash as loginIdHash',
  'expires_at as expiresAt',
] as const

/** Ends a recovery; undefined when it has ended already. */
export async function deleteRecovery(
  tx: Tx,
  by: { readonly id: string } | { readonly tokenHash: string },
): Promise<EndedRecovery | undefined> {
  const ended = tx.deleteFrom('recoveries').returning(endedColumns)
  return (
    'id' in by ? ended.where('id', '=', by.id) : ended.where('token_hash', '=', by.tokenHash)
  ).executeTakeFirst()
}

export async function deleteRecoveriesOf(tx: Tx, accountId: string): Promise<void> {
  await tx.deleteFrom('recoveries').where('account_id', '=', accountId).execute()
}

/** Deletes a batch of recoveries that expired before a time; each is returned to one node only. */
export async function deleteRecoveriesBefore(
  tx: Tx,
  time: number,
): Promise<readonly EndedRecovery[]> {
  const where = sql`expires_at < ${time}`
  return tx
    .deleteFrom('recoveries')
    .where(inBatch({ table: 'recoveries', key: ['id'], where, by: 'expires_at' }))
    .returning(endedColumns)
    .execute()
}
