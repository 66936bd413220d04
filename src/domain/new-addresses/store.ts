import { sql } from 'kysely'
import { deleteBatch } from '../tables/batch.ts'
import type { Database, Tx } from '../tables/tables.ts'
import type { AddressKind } from '../vocabulary/life.ts'

/** An address that a holder wants to have, until its code was typed in the session that asked. */
interface NewAddress {
  readonly id: string
  readonly address: string
  readonly factorsVersion: number
  readonly createdAt: number
}

export async function insertNewAddress(
  tx: Tx,
  wanted: NewAddress & {
    readonly accountId: string
    readonly sessionId: string
    readonly kind: AddressKind
  },
): Promise<void> {
  await tx
    .insertInto('new_addresses')
    .values({
      id: wanted.id,
      account_id: wanted.accountId,
      session_id: wanted.sessionId,
      kind: wanted.kind,
      address: wanted.address,
      factors_version: wanted.factorsVersion,
      created_at: wanted.createdAt,
    })
    .execute()
}

/** When the account's addresses of this time were asked for, the oldest first; those that it has by now count too. */
export async function selectAskedSince(
  tx: Tx,
  accountId: string,
  since: number,
): Promise<readonly number[]> {
  const rows = await tx
    .selectFrom('new_addresses')
    .select('created_at')
    .where('account_id', '=', accountId)
    .where('created_at', '>', since)
    .orderBy('created_at')
    .execute()
  return rows.map((row) => row.created_at)
}

/** The last address that a session asked for, unless the account has it by now. */
export async function selectNewAddress(
  db: Database | Tx,
  sessionId: string,
  kind: AddressKind,
): Promise<NewAddress | undefined> {
  const last = await selectLastAsked(db, sessionId, kind)
  return last?.doneAt === null ? last : undefined
}

/** The last address that a session asked for, whether the account has it by now or not. */
export function selectLastAsked(
  db: Database | Tx,
  sessionId: string,
  kind: AddressKind,
): Promise<(NewAddress & { readonly doneAt: number | null }) | undefined> {
  return db
    .selectFrom('new_addresses')
    .select(['id', 'address', 'factors_version as factorsVersion', 'created_at as createdAt'])
    .select('done_at as doneAt')
    .where('session_id', '=', sessionId)
    .where('kind', '=', kind)
    .orderBy('created_at', 'desc')
    .executeTakeFirst()
}

/** The account has the address now; false when another answer was first. */
export async function finishNewAddress(tx: Tx, id: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('new_addresses')
    .set({ done_at: now })
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function deleteNewAddressesOf(tx: Tx, accountId: string): Promise<void> {
  await tx.deleteFrom('new_addresses').where('account_id', '=', accountId).execute()
}

export function deleteNewAddressesBefore(db: Database, time: number): Promise<number> {
  const where = sql`created_at < ${time}`
  return deleteBatch(db, { table: 'new_addresses', key: ['id'], where, by: 'created_at' })
}
