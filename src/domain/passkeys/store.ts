import { sql, type Insertable } from 'kysely'
import { deleteBatch } from '../tables/batch.ts'
import type { Database, Tables, Tx } from '../tables/tables.ts'
import type { CeremonyKind, CeremonyPurpose } from '../vocabulary/purposes.ts'
import {
  lastUsedFirst,
  passkeyColumns,
  readPasskey,
  writePasskey,
  type Passkey,
} from './passkey.ts'

export interface Ceremony {
  readonly challenge: string
  readonly kind: CeremonyKind
  readonly purpose: CeremonyPurpose
  /** The sign-in or session that began the ceremony. */
  readonly owner: string
  readonly accountId: string
  readonly factorsVersion: number
  readonly passkeyId: string | null
  readonly passkeyName: string | null
  readonly expiresAt: number
}

/** An account's live passkeys, as `lastUsedFirst` orders them. */
export async function selectLivePasskeys(
  db: Database | Tx,
  accountId: string,
): Promise<readonly Passkey[]> {
  const rows = await db
    .selectFrom('passkeys')
    .select(passkeyColumns)
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .execute()
  return rows.map(readPasskey).toSorted(lastUsedFirst)
}

export async function selectLivePasskey(
  db: Database | Tx,
  by: { accountId: string; id: string } | { accountId: string; credentialId: string },
): Promise<Passkey | undefined> {
  const row = await db
    .selectFrom('passkeys')
    .select(passkeyColumns)
    .where('account_id', '=', by.accountId)
    .where('removed_at', 'is', null)
    .$if('id' in by, (query) => query.where('id', '=', 'id' in by ? by.id : ''))
    .$if('credentialId' in by, (query) =>
      query.where('credential_id', '=', 'credentialId' in by ? by.credentialId : ''),
    )
    .executeTakeFirst()
  return row && readPasskey(row)
}

/** False when any account has, or had, this credential. */
export async function insertPasskey(tx: Tx, passkey: Passkey): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('passkeys')
    .values(writePasskey(passkey))
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

interface Use {
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
  const { numUpdatedRows } = await tx
    .updateTable('passkeys')
    .set({ counter, backed_up: backedUp ? 1 : 0, last_used_at: now })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .where('counter', counter === 0 ? '=' : '<', counter)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Stores a use whose counter did not rise, without the counter: the stored one never goes back. */
export async function updateUseAlone(tx: Tx, id: string, { backedUp, now }: Use): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('passkeys')
    .set({ backed_up: backedUp ? 1 : 0, last_used_at: now })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
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

export async function insertCeremony(
  db: Database,
  ceremony: Insertable<Tables['ceremonies']>,
): Promise<void> {
  await db.insertInto('ceremonies').values(ceremony).execute()
}

/** Takes a ceremony in one statement: of two concurrent answers only one gets it (rule 5). */
export async function takeCeremony(
  db: Database,
  { challenge, kind, owner, now }: Pick<Ceremony, 'challenge' | 'kind' | 'owner'> & { now: number },
): Promise<Ceremony | undefined> {
  return db
    .deleteFrom('ceremonies')
    .where('challenge', '=', challenge)
    .where('kind', '=', kind)
    .where('owner', '=', owner)
    .where('expires_at', '>', now)
    .returning(['challenge', 'kind', 'purpose', 'owner'])
    .returning(['account_id as accountId', 'factors_version as factorsVersion'])
    .returning(['passkey_id as passkeyId', 'passkey_name as passkeyName'])
    .returning('expires_at as expiresAt')
    .executeTakeFirst()
}

export function deleteCeremoniesBefore(db: Database, time: number): Promise<number> {
  const where = sql`expires_at < ${time}`
  return deleteBatch(db, { table: 'ceremonies', key: ['challenge'], where, by: 'expires_at' })
}
