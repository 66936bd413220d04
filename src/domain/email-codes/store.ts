import { sql } from 'kysely'
import { deleteBatch } from '../tables/batch.ts'
import type { Database, Tx } from '../tables/tables.ts'
import { strangerPurposes, type CodePurpose } from '../vocabulary/purposes.ts'

interface EmailCode {
  readonly id: string
  readonly codeHash: string
  readonly factorsVersion: number
  readonly createdAt: number
  readonly expiresAt: number
  readonly usedAt: number | null
}

interface NewEmailCode {
  readonly id: string
  readonly accountId: string
  readonly purpose: CodePurpose
  readonly owner: string
  readonly codeHash: string
  readonly factorsVersion: number
  readonly createdAt: number
  readonly expiresAt: number
}

export async function insertCode(tx: Tx, code: NewEmailCode): Promise<void> {
  await tx
    .insertInto('email_codes')
    .values({
      id: code.id,
      account_id: code.accountId,
      purpose: code.purpose,
      owner: code.owner,
      code_hash: code.codeHash,
      factors_version: code.factorsVersion,
      created_at: code.createdAt,
      expires_at: code.expiresAt,
    })
    .execute()
}

/** The last code that this sign-in or session requested; only that one counts. */
export async function selectLastCode(
  db: Database | Tx,
  owner: string,
  purpose: CodePurpose,
): Promise<EmailCode | undefined> {
  return (
    db
      .selectFrom('email_codes')
      .select(['id', 'code_hash as codeHash', 'factors_version as factorsVersion'])
      .select(['created_at as createdAt', 'expires_at as expiresAt', 'used_at as usedAt'])
      .where('owner', '=', owner)
      .where('purpose', '=', purpose)
      .orderBy('created_at', 'desc')
      // Within one millisecond a used code is the older one.
      .orderBy(sql`used_at is null`, 'desc')
      .executeTakeFirst()
  )
}

/** The creation times of an account's unused codes, the oldest first; strangers' codes have a budget of their own. */
export async function selectUnusedSince(
  db: Database | Tx,
  accountId: string,
  since: number,
): Promise<readonly number[]> {
  const rows = await db
    .selectFrom('email_codes')
    .select('created_at')
    .where('account_id', '=', accountId)
    .where('created_at', '>', since)
    .where('used_at', 'is', null)
    .where('purpose', 'not in', strangerPurposes)
    .orderBy('created_at')
    .execute()
  return rows.map((row) => row.created_at)
}

/** Marks a code as used; false when another answer was first. */
export async function takeCode(tx: Tx, id: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('email_codes')
    .set({ used_at: now })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function deleteCodesOf(tx: Tx, accountId: string): Promise<void> {
  await tx.deleteFrom('email_codes').where('account_id', '=', accountId).execute()
}

export function deleteCodesBefore(db: Database, time: number): Promise<number> {
  const where = sql`created_at < ${time}`
  return deleteBatch(db, { table: 'email_codes', key: ['id'], where, by: 'created_at' })
}
