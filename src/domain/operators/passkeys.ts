// The passkeys of operators, which no account knows, as no operator knows an account's (rule 36).
import { statement } from '../../kernel/db/statement.ts'
import type { Act } from '../act.ts'
import {
  credentialColumns,
  readCredential,
  writeCredential,
  type Credential,
} from '../passkeys/passkey.ts'
import type { Use } from '../passkeys/store.ts'
import type { Database, Tx } from '../tables/tables.ts'

/** A credential of an operator. */
export interface OperatorPasskey extends Omit<Credential, 'attachment'> {
  readonly id: string
  readonly operatorId: string
  readonly createdAt: number
  readonly lastUsedAt: number | null
  readonly endedAt: number | null
}

const columns = [
  'id',
  'operator_id as operatorId',
  ...credentialColumns,
  'created_at as createdAt',
  'last_used_at as lastUsedAt',
  'ended_at as endedAt',
] as const

/** An operator's live passkeys, the oldest first. */
export async function selectOperatorPasskeys(
  db: Database | Tx,
  operatorId: string,
): Promise<readonly OperatorPasskey[]> {
  const rows = await live.all(db, { operatorId })
  return rows.map(readCredential)
}

const live = statement((db: Database, { operatorId }: { operatorId: string }) =>
  db
    .selectFrom('operator_passkeys')
    .select(columns)
    .where('operator_id', '=', operatorId)
    .where('ended_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id'),
)

/** The operator's live passkey with this credential. */
export async function selectOperatorPasskey(
  db: Database | Tx,
  by: { readonly operatorId: string; readonly credentialId: string },
): Promise<OperatorPasskey | undefined> {
  const row = await liveByCredential.first(db, by)
  return row && readCredential(row)
}

const liveByCredential = statement(
  (db: Database, { operatorId, credentialId }: { operatorId: string; credentialId: string }) =>
    db
      .selectFrom('operator_passkeys')
      .select(columns)
      .where('credential_id', '=', credentialId)
      .where('operator_id', '=', operatorId)
      .where('ended_at', 'is', null),
)

/**
 * Every passkey that any operator has or had: an authenticator that holds one makes none for another, so that
 * one person is not two (rule 37).
 */
export async function selectAllOperatorPasskeys(
  db: Database | Tx,
): Promise<readonly OperatorPasskey[]> {
  const rows = await db
    .selectFrom('operator_passkeys')
    .select(columns)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(readCredential)
}

/** False when any operator has, or had, this credential. */
export async function insertOperatorPasskey(tx: Tx, passkey: OperatorPasskey): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('operator_passkeys')
    .values({
      id: passkey.id,
      operator_id: passkey.operatorId,
      ...writeCredential(passkey),
      created_at: passkey.createdAt,
      last_used_at: passkey.lastUsedAt,
      ended_at: passkey.endedAt,
    })
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/**
 * Ends the passkeys of an operator, optionally all `except` one, or those registered `before` a moment; returns how
 * many. They stay on record.
 */
export async function endOperatorPasskeys(
  { tx, now }: Pick<Act, 'tx' | 'now'>,
  operatorId: string,
  { except, before }: { readonly except?: string; readonly before?: number } = {},
): Promise<number> {
  let query = tx
    .updateTable('operator_passkeys')
    .set({ ended_at: now })
    .where('operator_id', '=', operatorId)
    .where('ended_at', 'is', null)
  if (except !== undefined) query = query.where('id', '<>', except)
  if (before !== undefined) query = query.where('created_at', '<', before)
  return Number((await query.executeTakeFirst()).numUpdatedRows)
}

/** Whether an operator had a passkey with this credential, which has ended. */
export async function isEndedCredential(db: Database, credentialId: string): Promise<boolean> {
  const row = await db
    .selectFrom('operator_passkeys')
    .select('id')
    .where('credential_id', '=', credentialId)
    .where('ended_at', 'is not', null)
    .executeTakeFirst()
  return row !== undefined
}

interface PasskeyFacts {
  readonly count: number
  readonly lastUsedAt: number | null
}

/** How many live passkeys each operator has, and when one was last used. */
export async function selectPasskeyFacts(
  db: Database | Tx,
): Promise<ReadonlyMap<string, PasskeyFacts>> {
  const rows = await db
    .selectFrom('operator_passkeys')
    .select('operator_id as operatorId')
    .select(({ fn }) => [
      fn.countAll<number>().as('count'),
      fn.max('last_used_at').as('lastUsedAt'),
    ])
    .where('ended_at', 'is', null)
    .groupBy('operator_id')
    .execute()
  return new Map(
    rows.map(({ operatorId, count, lastUsedAt }) => [
      operatorId,
      { count: Number(count), lastUsedAt: lastUsedAt === null ? null : Number(lastUsedAt) },
    ]),
  )
}

/** Stores a use whose counter rose, or is always 0; otherwise returns false and changes nothing. */
export async function updateOperatorUse(tx: Tx, id: string, use: Use): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('operator_passkeys')
    .set({ counter: use.counter, backed_up: use.backedUp ? 1 : 0, last_used_at: use.now })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .where('counter', use.counter === 0 ? '=' : '<', use.counter)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Stores a use whose counter did not rise, without the counter: the stored one never goes back. */
export async function updateOperatorUseAlone(
  tx: Tx,
  id: string,
  { backedUp, now }: Use,
): Promise<void> {
  await tx
    .updateTable('operator_passkeys')
    .set({ backed_up: backedUp ? 1 : 0, last_used_at: now })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute()
}
