// The signing keys in the database. They are sealed.
import { sql } from 'kysely'
import { deleteBatch } from '../tables/batch.ts'
import { claimEntry, holdEntry } from '../tables/installation.ts'
import type { Database, Tables, Tx } from '../tables/tables.ts'

export type OidcKey = Tables['oidc_keys']

/** The entry that stands for all keys: made with the first, and held by each act that changes them. */
const entry = 'oidc-keys'

export async function selectKeys(db: Database | Tx, now: number): Promise<readonly OidcKey[]> {
  return db
    .selectFrom('oidc_keys')
    .selectAll()
    .where((row) => row.or([row('published_until', 'is', null), row('published_until', '>', now)]))
    .orderBy('signs_from', 'desc')
    .orderBy('alg')
    .orderBy('kid')
    .execute()
}

export async function insertKey(tx: Tx, key: OidcKey): Promise<void> {
  await tx.insertInto('oidc_keys').values(key).execute()
}

/** False when the key is gone already. */
export async function deleteKey(tx: Tx, kid: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('oidc_keys')
    .where('kid', '=', kid)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

export async function resealKey(tx: Tx, kid: string, sealed: string): Promise<void> {
  await tx.updateTable('oidc_keys').set({ sealed }).where('kid', '=', kid).execute()
}

export async function retireKeys(tx: Tx, kids: readonly string[], until: number): Promise<void> {
  await tx
    .updateTable('oidc_keys')
    .set({ published_until: until })
    .where('kid', 'in', kids)
    .where('published_until', 'is', null)
    .execute()
}

export function deleteKeysBefore(db: Database, time: number): Promise<number> {
  return deleteBatch(db, {
    table: 'oidc_keys',
    key: ['kid'],
    where: sql`published_until < ${time}`,
    by: 'published_until',
  })
}

/** True for the first node; a second node waits here until the first has committed, and gets false. */
export function claimFirstKeys(tx: Tx): Promise<boolean> {
  return claimEntry(tx, entry, 'made')
}

/** Holds the keys until the transaction ends, so that of two changes the second sees the first. */
export function holdKeys(tx: Tx): Promise<void> {
  return holdEntry(tx, entry)
}
