// Where codes for enrolment are kept, as keyed hashes: one half is no help in guessing the other from a backup.
import { sql } from 'kysely'
import { newId, type Keys } from '../../kernel/secrets.ts'
import { enrolmentLifetime } from '../../limits/operators.ts'
import type { Act } from '../act.ts'
import { deleteBatch } from '../tables/batch.ts'
import type { Database, Tx } from '../tables/tables.ts'
import { joinHalves, newEnrolmentHalves, readEnrolmentCode, type Halves } from './enrolment-code.ts'

interface LiveCode {
  readonly id: string
  readonly operatorId: string
}

/** Makes a code for an operator, in place of those that were not used; returns its halves, kept nowhere. */
export async function issueEnrolmentCode(
  { tx, keys, now }: Act,
  operatorId: string,
): Promise<{ readonly halves: Halves; readonly expiresAt: number }> {
  await deleteUnusedCodes(tx, operatorId)
  const halves = newEnrolmentHalves()
  const expiresAt = now + enrolmentLifetime
  await tx
    .insertInto('enrolment_codes')
    .values({
      id: newId(),
      operator_id: operatorId,
      code_hash: keys.hash('enrolment', readEnrolmentCode(joinHalves(halves)) ?? ''),
      created_at: now,
      expires_at: expiresAt,
      used_at: null,
    })
    .execute()
  return { halves, expiresAt }
}

/** The live code that was typed, of an operator who is not closed. */
export async function selectLiveCode(
  db: Database | Tx,
  keys: Keys,
  typed: string,
  now: number,
): Promise<LiveCode | undefined> {
  const code = readEnrolmentCode(typed)
  if (code === null) return undefined
  return db
    .selectFrom('enrolment_codes')
    .innerJoin('operators', 'operators.id', 'enrolment_codes.operator_id')
    .select(['enrolment_codes.id', 'enrolment_codes.operator_id as operatorId'])
    .where('enrolment_codes.code_hash', 'in', keys.hashes('enrolment', code))
    .where('enrolment_codes.used_at', 'is', null)
    .where('enrolment_codes.expires_at', '>', now)
    .where('operators.closed_at', 'is', null)
    .executeTakeFirst()
}

/** The operators who have a code that is live. */
export async function selectInvited(tx: Tx, now: number): Promise<ReadonlySet<string>> {
  const codes = await tx
    .selectFrom('enrolment_codes')
    .select('operator_id as operatorId')
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .execute()
  return new Set(codes.map(({ operatorId }) => operatorId))
}

/** Whether the code that an operator was given at a moment is live: not used, replaced or too old. */
export async function isCodeLive(
  db: Database,
  { operatorId, givenAt }: { readonly operatorId: string; readonly givenAt: number },
  now: number,
): Promise<boolean> {
  const row = await db
    .selectFrom('enrolment_codes')
    .select('id')
    .where('operator_id', '=', operatorId)
    .where('created_at', '=', givenAt)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row !== undefined
}

/** Holds a code that is live still; false when it was used, replaced or is too old. */
export async function holdCode(tx: Tx, id: string, now: number): Promise<boolean> {
  const row = await tx
    .selectFrom('enrolment_codes')
    .select('id')
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return row !== undefined
}

/** Uses up the code that `holdCode` found. */
export async function updateCodeUsed(tx: Tx, id: string, now: number): Promise<void> {
  await tx.updateTable('enrolment_codes').set({ used_at: now }).where('id', '=', id).execute()
}

/** Ends the codes of an operator that were not used. */
export async function deleteUnusedCodes(tx: Tx, operatorId: string): Promise<void> {
  await tx
    .deleteFrom('enrolment_codes')
    .where('operator_id', '=', operatorId)
    .where('used_at', 'is', null)
    .execute()
}

/** Ends all codes that were not used; a desk has few. */
export async function deleteAllUnusedCodes(tx: Tx): Promise<void> {
  await tx.deleteFrom('enrolment_codes').where('used_at', 'is', null).execute()
}

export function deleteEnrolmentCodesBefore(db: Database, time: number): Promise<number> {
  return deleteBatch(db, {
    table: 'enrolment_codes',
    key: ['id'],
    where: sql`expires_at < ${time}`,
    by: 'expires_at',
  })
}
