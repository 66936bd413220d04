import { sql, type Insertable } from 'kysely'
import { statement } from '../../kernel/db/statement.ts'
import type { Factor } from '../factors/factors.ts'
import { batchSize, inBatch } from '../tables/batch.ts'
import type { Database, Tables, Tx } from '../tables/tables.ts'
import type { LiftableLevel } from '../vocabulary/life.ts'
import type { LockReason } from '../vocabulary/reasons.ts'
import { accountColumns, type Account, type Hold } from './account.ts'
import { formerUntil } from './notice-addresses.ts'
import { searchName } from './search-name.ts'

/** False when the login ID is taken. */
export async function insertAccount(
  tx: Tx,
  account: Insertable<Tables['accounts']>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('accounts')
    .values(account)
    .onConflict((conflict) => conflict.column('login_id').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Holds the row: other transactions that hold or change it wait. */
export async function holdRow(tx: Tx, accountId: string): Promise<Account> {
  const account = await held.first(tx, { accountId })
  if (!account) throw new TypeError('accounts are never deleted')
  return account
}

const held = statement((db: Database, { accountId }: { accountId: string }) =>
  db.selectFrom('accounts').select(accountColumns).where('id', '=', accountId).forNoKeyUpdate(),
)

/** Holds the rows in one order, so that no two that hold several wait for each other. */
export async function holdRows(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx
    .selectFrom('accounts')
    .select('id')
    .where('id', 'in', ids)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
}

export async function incrementFactorsVersion(tx: Tx, accountId: string): Promise<Account> {
  return tx
    .updateTable('accounts')
    .set({ factors_version: sql`factors_version + 1` })
    .where('id', '=', accountId)
    .returning(accountColumns)
    .executeTakeFirstOrThrow()
}

export async function updateSecondFactor(tx: Tx, accountId: string, method: Factor): Promise<void> {
  await tx
    .updateTable('accounts')
    .set({ second_factor: method })
    .where('id', '=', accountId)
    .execute()
}

/** Begins a hold, or makes the one in force longer, which then lasts since it began. */
export async function updateHold(
  tx: Tx,
  accountId: string,
  { now, ...hold }: Hold & { readonly now: number },
): Promise<void> {
  const since = sql<number>`case when hold_until > ${now} and hold_since is not null
    then hold_since else cast(${now} as bigint) end`
  await tx
    .updateTable('accounts')
    .set({ hold_until: hold.until, hold_reason: hold.reason, hold_since: since })
    .where('id', '=', accountId)
    .where((row) => row.or([row('hold_until', 'is', null), row('hold_until', '<', hold.until)]))
    .execute()
}

/** Ends a hold before its time; false where it is another one by now. */
export async function deleteHold(
  tx: Tx,
  accountId: string,
  { until, reason }: Hold,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('accounts')
    .set({ hold_until: null, hold_reason: null })
    .where('id', '=', accountId)
    .where('hold_until', '=', until)
    .where('hold_reason', '=', reason)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function updatePasswordHash(
  db: Database | Tx,
  accountId: string,
  passwordHash: string,
): Promise<void> {
  await db
    .updateTable('accounts')
    .set({ password_hash: passwordHash })
    .where('id', '=', accountId)
    .execute()
}

export async function updateEmail(
  tx: Tx,
  accountId: string,
  { email, emailSince, formerEmails }: Pick<Account, 'email' | 'emailSince' | 'formerEmails'>,
): Promise<void> {
  await tx
    .updateTable('accounts')
    .set({ email, email_since: emailSince, former_emails: formerEmails })
    .set({ former_until: formerUntil({ formerEmails }) })
    .where('id', '=', accountId)
    .execute()
}

/** What is told to the holder, and where besides. */
export async function updateNotices(tx: Tx, account: Account): Promise<void> {
  const { noticeEmail, formerEmails, tellsSignIns } = account
  await tx
    .updateTable('accounts')
    .set({ notice_email: noticeEmail, former_emails: formerEmails, tells_sign_ins: tellsSignIns })
    .set({ former_until: formerUntil({ formerEmails }) })
    .where('id', '=', account.id)
    .execute()
}

export async function updateLock(
  tx: Tx,
  accountId: string,
  lock: { at: number; reason: LockReason } | null,
): Promise<void> {
  await tx
    .updateTable('accounts')
    .set({ locked_at: lock?.at ?? null, lock_reason: lock?.reason ?? null })
    .where('id', '=', accountId)
    .execute()
}

/** Replaces the activation code of an account. */
export async function updateActivation(
  tx: Tx,
  id: string,
  code: { readonly hash: string; readonly until: number; readonly sealed: string | null },
): Promise<void> {
  await tx
    .updateTable('accounts')
    .set({
      activation_hash: code.hash,
      activation_until: code.until,
      activation_sealed: code.sealed,
    })
    .where('id', '=', id)
    .execute()
}

export const activationDeletion = statement((db: Database, { id }: { id: string }) =>
  db.updateTable('accounts').set(noActivation).where('id', '=', id),
)

/** Sets the stop that the holder can lift, or lifts it; a raise leaves when the first one came. */
export async function updateStop(
  tx: Tx,
  accountId: string,
  stop: { readonly level: LiftableLevel; readonly at: number } | null,
): Promise<void> {
  const first =
    stop &&
    sql<number>`case when stop_level is null then cast(${stop.at} as bigint)
    else coalesce(first_stopped_at, stopped_at) end`
  await tx
    .updateTable('accounts')
    .set({ stop_level: stop?.level ?? null, stopped_at: stop?.at ?? null })
    .set({ first_stopped_at: first })
    .where('id', '=', accountId)
    .execute()
}

const noActivation = { activation_hash: null, activation_until: null, activation_sealed: null }

/** Forgets a batch of activation codes that ended before a time; returns how many. */
export async function wipeActivationsBefore(db: Database, before: number): Promise<number> {
  const where = sql`activation_until <= ${before}`
  const { numUpdatedRows } = await db
    .updateTable('accounts')
    .set(noActivation)
    .where(inBatch({ table: 'accounts', key: ['id'], where, by: 'activation_until' }))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Forgets the former addresses of a batch of accounts, the last of which ended before a time; returns how many. */
export async function wipeFormerEmailsBefore(db: Database, before: number): Promise<number> {
  const where = sql`former_until <= ${before}`
  const { numUpdatedRows } = await db
    .updateTable('accounts')
    .set({ former_emails: null, former_until: null })
    .where(inBatch({ table: 'accounts', key: ['id'], where, by: 'former_until' }))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Takes the sealed activation codes of accounts away that the act holds. */
export async function wipeSealed(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx
    .updateTable('accounts')
    .set({ activation_sealed: null })
    .where('id', 'in', [...ids])
    .execute()
}

/**
 * Leaves of an account's row the id, to which the trail refers, and times. What stands for the login ID is
 * none, so that nothing is found by it and the former one is free.
 */
export async function wipeAccount(tx: Tx, id: string, now: number): Promise<void> {
  const nothing = { display_name: '', search_name: '', email: '', password_hash: '' }
  const handle = `erased/${id}`
  await tx
    .updateTable('accounts')
    .set({
      ...{ login_id: `erased/${id}`, ...nothing, user_handle: handle, second_factor: 'email' },
      ...{ hold_until: null, hold_reason: null, hold_since: null },
      ...{ stop_level: null, stopped_at: null, first_stopped_at: null },
      ...{ locked_at: now, lock_reason: 'erased' },
      ...noActivation,
      ...{ email_since: null, notice_email: null, tells_sign_ins: 0 },
      ...{ former_emails: null, former_until: null },
    })
    .where('id', '=', id)
    .execute()
}

/** Replaces the hash only if it is still `hashes.old`: a change of password meanwhile wins. */
export async function replacePasswordHash(
  tx: Tx,
  accountId: string,
  hashes: { old: string; new: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('accounts')
    .set({ password_hash: hashes.new })
    .where('id', '=', accountId)
    .where('password_hash', '=', hashes.old)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/**
 * Makes a batch of accounts findable by name that the version before wrote; returns how many. SQL cannot do
 * it: SQLite has no NFKC.
 */
export async function fillSearchNames(db: Database): Promise<number> {
  const rows = await db
    .selectFrom('accounts')
    .select(['id', 'display_name as name'])
    .where('search_name', 'is', null)
    .orderBy('id')
    .limit(batchSize)
    .execute()
  if (rows.length === 0) return 0
  const names = rows.map(({ id, name }) => sql`when ${id} then ${searchName(name)}`)
  await db
    .updateTable('accounts')
    .set({ search_name: sql<string>`case id ${sql.join(names, sql` `)} end` })
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    // One that was erased meanwhile has none.
    .where('search_name', 'is', null)
    .execute()
  return rows.length
}
