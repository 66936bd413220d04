import { sql } from 'kysely'
import { statement } from '../../kernel/db/statement.ts'
import type { Device } from '../../kernel/http/user-agent.ts'
import { accountColumns } from '../accounts/account.ts'
import { inBatch } from '../tables/batch.ts'
import type { Database, Flag, Tx } from '../tables/tables.ts'
import type { SignIn } from './sign-in.ts'

interface NewSignIn extends Device {
  readonly id: string
  readonly tokenHash: string
  readonly accountId: string
  readonly factorsVersion: number
  /** From `sealContinueTo`. */
  readonly continueTo: string
  readonly createdAt: number
  readonly expiresAt: number
  readonly passwordBreached: Flag
}

export async function insertSignIn(tx: Tx, signIn: NewSignIn): Promise<void> {
  await insert.run(tx, signIn)
}

const insert = statement((db: Database, signIn: NewSignIn) =>
  db.insertInto('sign_ins').values({
    id: signIn.id,
    token_hash: signIn.tokenHash,
    account_id: signIn.accountId,
    factors_version: signIn.factorsVersion,
    continue_to: signIn.continueTo,
    created_at: signIn.createdAt,
    expires_at: signIn.expiresAt,
    password_breached: signIn.passwordBreached,
    browser: signIn.browser,
    system: signIn.system,
  }),
)

/** The live sign-in of a token, `continueTo` as stored; none if the factors have changed since (rule 21). */
export async function selectLiveSignIn(
  db: Database,
  tokenHash: string,
  now: number,
): Promise<SignIn | undefined> {
  const row = await live.first(db, { tokenHash, now })
  if (!row) return undefined
  const { signInId, continueTo, passwordBreached, ...account } = row
  return { id: signInId, continueTo, passwordBreached: passwordBreached === 1, account }
}

const live = statement((db: Database, { tokenHash, now }: { tokenHash: string; now: number }) =>
  db
    .selectFrom('sign_ins')
    .innerJoin('accounts', (join) =>
      join
        .onRef('accounts.id', '=', 'sign_ins.account_id')
        .onRef('accounts.factors_version', '=', 'sign_ins.factors_version'),
    )
    .select(accountColumns)
    .select(['sign_ins.id as signInId', 'sign_ins.continue_to as continueTo'])
    .select('sign_ins.password_breached as passwordBreached')
    .where('sign_ins.token_hash', '=', tokenHash)
    .where('sign_ins.expires_at', '>', now),
)

/** `continueTo` from `sealContinueTo`. */
export async function updateContinueTo(tx: Tx, id: string, continueTo: string): Promise<void> {
  await tx.updateTable('sign_ins').set({ continue_to: continueTo }).where('id', '=', id).execute()
}

/** False when the sign-in has ended already. */
export async function deleteSignIn(tx: Tx, id: string): Promise<boolean> {
  return (await deleteById.run(tx, { id })) === 1
}

const deleteById = statement((db: Database, { id }: { id: string }) =>
  db.deleteFrom('sign_ins').where('id', '=', id),
)

/** A sign-in that ended before its second factor was proven, with when and where its password was given. */
export interface EndedSignIn extends Device {
  readonly id: string
  readonly accountId: string
  readonly createdAt: number
  readonly expiresAt: number
}

const endedColumns = [
  'id',
  'account_id as accountId',
  'created_at as createdAt',
  'expires_at as expiresAt',
  'browser',
  'system',
] as const

/** Deletes and returns a sign-in; undefined when it has ended already. */
export async function takeSignIn(tx: Tx, id: string): Promise<EndedSignIn | undefined> {
  return tx.deleteFrom('sign_ins').where('id', '=', id).returning(endedColumns).executeTakeFirst()
}

/** Deletes and returns the sign-in of a token; undefined when it has ended already. */
export async function deleteSignInByToken(
  tx: Tx,
  tokenHash: string,
): Promise<EndedSignIn | undefined> {
  return tx
    .deleteFrom('sign_ins')
    .where('token_hash', '=', tokenHash)
    .returning(endedColumns)
    .executeTakeFirst()
}

/** Ends an account's sign-ins; returns their ids. */
export async function deleteSignInsOf(tx: Tx, accountId: string): Promise<readonly string[]> {
  const ended = tx.deleteFrom('sign_ins').where('account_id', '=', accountId).returning('id')
  return (await ended.execute()).map(({ id }) => id)
}

/** Charges one try at a code; returns the number charged so far, or null when none is left (rule 14). */
export async function chargeSignInTry(tx: Tx, id: string, most: number): Promise<number | null> {
  const row = await tx
    .updateTable('sign_ins')
    .set((eb) => ({ code_tries: eb('code_tries', '+', 1) }))
    .where('id', '=', id)
    .where('code_tries', '<', most)
    .returning('code_tries')
    .executeTakeFirst()
  return row?.code_tries ?? null
}

/** Deletes a batch of sign-ins that expired before a time; each is returned to one node only. */
export async function deleteSignInsBefore(tx: Tx, time: number): Promise<readonly EndedSignIn[]> {
  const where = sql`expires_at < ${time}`
  return tx
    .deleteFrom('sign_ins')
    .where(inBatch({ table: 'sign_ins', key: ['id'], where, by: 'expires_at' }))
    .returning(endedColumns)
    .execute()
}
