// Accounts as they are read outside of what changes them.
import { statement } from '../../kernel/db/statement.ts'
import type { Deps } from '../deps.ts'
import type { Database, Tx } from '../tables/tables.ts'
import { accountColumns, type Account } from './account.ts'
import { isLoginId, normaliseLoginId } from './login-id.ts'

/** The account of a login ID as typed, with its password hash. */
export async function findAccount(
  { db }: Pick<Deps, 'db'>,
  loginId: string,
): Promise<(Account & { passwordHash: string }) | undefined> {
  const normalised = normaliseLoginId(loginId)
  // An invalid login ID may contain characters that the database refuses in a query.
  if (!isLoginId(normalised)) return undefined
  return withPassword.first(db, { loginId: normalised })
}

const withPassword = statement((db: Database, { loginId }: { loginId: string }) =>
  db
    .selectFrom('accounts')
    .select([...accountColumns, 'password_hash as passwordHash'])
    .where('login_id', '=', loginId),
)

export async function selectAccount(db: Database | Tx, id: string): Promise<Account | undefined> {
  return byId.first(db, { id })
}

const byId = statement((db: Database, { id }: { id: string }) =>
  db.selectFrom('accounts').select(accountColumns).where('id', '=', id),
)

/** These accounts, but for those whose contract has ended. */
export async function selectServed(tx: Tx, ids: readonly string[]): Promise<readonly Account[]> {
  return tx
    .selectFrom('accounts')
    .select(accountColumns)
    .where('id', 'in', ids)
    .where((row) =>
      row.or([row('lock_reason', 'is', null), row('lock_reason', 'not in', ['closed', 'erased'])]),
    )
    .execute()
}

/** Accounts by their ids. */
export async function selectAccounts(
  db: Database | Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Account>> {
  if (ids.length === 0) return new Map()
  const found = db.selectFrom('accounts').select(accountColumns).where('id', 'in', ids)
  return new Map((await found.execute()).map((account) => [account.id, account]))
}

/** The ids of accounts by their login IDs, as these are stored. */
export async function selectIdsByLoginId(
  db: Database | Tx,
  loginIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = db.selectFrom('accounts').select(['id', 'login_id as loginId'])
  const rows = await found.where('login_id', 'in', [...loginIds]).execute()
  return new Map(rows.map(({ id, loginId }) => [loginId, id]))
}

/** Since when the account's hold lasts; null where it knows of none, which may have ended. */
export async function selectHoldSince(db: Database | Tx, id: string): Promise<number | null> {
  const row = await db
    .selectFrom('accounts')
    .select('hold_since as since')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.since ?? null
}
