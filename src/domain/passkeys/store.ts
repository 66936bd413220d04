import { statement } from '../../kernel/db/statement.ts'
import type { Database, Tx } from '../tables/tables.ts'
import {
  isLive,
  lastUsedFirst,
  passkeyColumns,
  readCredential,
  writePasskey,
  type Passkey,
} from './passkey.ts'

/**
 * The passkeys that an account has, as `lastUsedFirst` orders them: the live ones, and those that support has
 * suspended, which have a name and a place among them, and are good for nothing else.
 */
export async function selectKeptPasskeys(
  db: Database | Tx,
  accountId: string,
): Promise<readonly Passkey[]> {
  const rows = await kept.all(db, { accountId })
  return rows.map(readCredential).toSorted(lastUsedFirst)
}

/** As `selectKeptPasskeys`, of several accounts. */
export async function selectKeptPasskeysOf(
  db: Database | Tx,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Passkey[]>> {
  const rows = await keptPasskeys(db)
    .where('account_id', 'in', [...accountIds])
    .execute()
  return Map.groupBy(rows.map(readCredential).toSorted(lastUsedFirst), (one) => one.accountId)
}

/** The account's passkeys that may be used, as `lastUsedFirst` orders them. */
export async function selectLivePasskeys(
  db: Database | Tx,
  accountId: string,
): Promise<readonly Passkey[]> {
  return (await selectKeptPasskeys(db, accountId)).filter(isLive)
}

const kept = statement((db: Database, { accountId }: { accountId: string }) =>
  keptPasskeys(db).where('account_id', '=', accountId),
)

function keptPasskeys(db: Database | Tx) {
  return db.selectFrom('passkeys').select(passkeyColumns).where('removed_at', 'is', null)
}

type OneOf = { accountId: string; id: string } | { accountId: string; credentialId: string }

export async function selectKeptPasskey(
  db: Database | Tx,
  by: OneOf,
): Promise<Passkey | undefined> {
  const row = await ('id' in by ? keptById.first(db, by) : keptByCredential.first(db, by))
  return row && readCredential(row)
}

export async function selectLivePasskey(
  db: Database | Tx,
  by: OneOf,
): Promise<Passkey | undefined> {
  const passkey = await selectKeptPasskey(db, by)
  return passkey && isLive(passkey) ? passkey : undefined
}

const keptById = statement((db: Database, { accountId, id }: { accountId: string; id: string }) =>
  keptPasskeys(db).where('account_id', '=', accountId).where('id', '=', id),
)

const keptByCredential = statement(
  (db: Database, { accountId, credentialId }: { accountId: string; credentialId: string }) =>
    keptPasskeys(db).where('account_id', '=', accountId).where('credential_id', '=', credentialId),
)

/** False when any account has, or had, this credential. */
export async function insertPasskey(tx: Tx, passkey: Passkey): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('passkeys')
    .values(writePasskey(passkey))
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Deletes an account's passkeys, the removed ones too: their credentials are known no more. */
export async function deletePasskeysOf(tx: Tx, accountId: string): Promise<void> {
  await tx.deleteFrom('passkeys').where('account_id', '=', accountId).execute()
}

/** What a proof leaves of itself with the passkey. */
export interface Use {
  readonly counter: number
  readonly backedUp: boolean
  readonly now: number
}

/** Stores a use whose counter rose, or is always 0; otherwise returns false and changes nothing. */
export async function updateUse(
  tx: Tx,
  id: string,
  { counter, backedUp, now }: Use,
): Promise<boolean> {
  const update = counter === 0 ? useUncounted : useCounted
  return (await update.run(tx, { id, counter, backedUp: backedUp ? 1 : 0, now })) === 1
}

const useUncounted = useStatement('=')
const useCounted = useStatement('<')

/** How the stored counter has to stand to the one of the use. */
function useStatement(order: '=' | '<') {
  type Columns = { id: string; counter: number; backedUp: 0 | 1; now: number }
  return statement((db: Database, { id, counter, backedUp, now }: Columns) =>
    db
      .updateTable('passkeys')
      .set({ counter, backed_up: backedUp, last_used_at: now })
      .where('id', '=', id)
      .where('removed_at', 'is', null)
      .where('suspended_at', 'is', null)
      .where('counter', order, counter),
  )
}

/** Stores a use whose counter did not rise, without the counter: the stored one never goes back. */
export async function updateUseAlone(tx: Tx, id: string, { backedUp, now }: Use): Promise<void> {
  await tx
    .updateTable('passkeys')
    .set({ backed_up: backedUp ? 1 : 0, last_used_at: now })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .where('suspended_at', 'is', null)
    .execute()
}

export async function updateRemoved(
  tx: Tx,
  id: string,
  { accountId, now, by, reason }: { accountId: string; now: number; by: string; reason: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('passkeys')
    .set({ removed_at: now, removed_by: by, removed_reason: reason })
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Suspends a live passkey, or resumes one (`null`). */
export async function updateSuspended(
  tx: Tx,
  id: string,
  suspended: { readonly at: number; readonly by: string } | null,
): Promise<void> {
  await tx
    .updateTable('passkeys')
    .set({ suspended_at: suspended?.at ?? null, suspended_by: suspended?.by ?? null })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .execute()
}
