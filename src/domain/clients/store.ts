import { isId } from '../../kernel/secrets.ts'
import type { Database, Tx } from '../tables/tables.ts'
import type { Client, ClientSettings } from './client.ts'
import { logoAddress, type Logo } from './logo.ts'

const columns = [
  'clients.id',
  'kind',
  'name',
  'secret_hash as secretHash',
  'metadata',
  'created_at as createdAt',
  'hash as logoHash',
] as const

type Row = Omit<Client, 'settings' | 'logo'> & { metadata: string; logoHash: string | null }

const toClient = ({ metadata, logoHash, ...row }: Row): Client => ({
  ...row,
  settings: JSON.parse(metadata) as ClientSettings,
  logo: logoHash === null ? null : logoAddress(logoHash),
})

const selectFrom = (db: Database | Tx) =>
  db
    .selectFrom('clients')
    .leftJoin('client_logos', 'client_logos.client_id', 'clients.id')
    .select(columns)

export async function insertClient(tx: Tx, client: Omit<Client, 'logo'>): Promise<void> {
  await tx
    .insertInto('clients')
    .values({
      id: client.id,
      kind: client.kind,
      name: client.name,
      secret_hash: client.secretHash,
      metadata: JSON.stringify(client.settings),
      created_at: client.createdAt,
    })
    .execute()
}

/** Undefined for whatever is no id, too. */
export async function findClient(db: Database, id: string): Promise<Client | undefined> {
  if (!isId(id)) return undefined
  const row = await selectFrom(db).where('clients.id', '=', id).executeTakeFirst()
  return row && toClient(row)
}

/** The client as it stands, with every other transaction that changes it kept waiting. */
export async function holdClient(tx: Tx, id: string): Promise<Client | undefined> {
  await tx.selectFrom('clients').select('id').where('id', '=', id).forNoKeyUpdate().execute()
  const row = await selectFrom(tx).where('clients.id', '=', id).executeTakeFirst()
  return row && toClient(row)
}

export async function selectClients(db: Database): Promise<readonly Client[]> {
  return (await selectFrom(db).orderBy('created_at').execute()).map(toClient)
}

export async function selectSomeClients(
  db: Database,
  ids: readonly string[],
): Promise<readonly Client[]> {
  if (ids.length === 0) return []
  return (await selectFrom(db).where('clients.id', 'in', ids).execute()).map(toClient)
}

export async function updateClient(
  tx: Tx,
  { id, name, secretHash, settings }: Omit<Client, 'logo'>,
): Promise<void> {
  await tx
    .updateTable('clients')
    .set({ name, secret_hash: secretHash, metadata: JSON.stringify(settings) })
    .where('id', '=', id)
    .execute()
}

export async function upsertLogo(tx: Tx, clientId: string, logo: Logo): Promise<void> {
  const kept = { hash: logo.hash, type: logo.type, content: logo.content.toString('base64') }
  await tx
    .insertInto('client_logos')
    .values({ client_id: clientId, ...kept })
    .onConflict((conflict) => conflict.column('client_id').doUpdateSet(kept))
    .execute()
}

export async function deleteLogo(tx: Tx, clientId: string): Promise<void> {
  await tx.deleteFrom('client_logos').where('client_id', '=', clientId).execute()
}

/** The logo with that hash; two clients may share one. */
export async function selectLogo(
  db: Database,
  hash: string,
): Promise<Pick<Logo, 'type' | 'content'> | undefined> {
  const row = await db
    .selectFrom('client_logos')
    .select(['type', 'content'])
    .where('hash', '=', hash)
    .limit(1)
    .executeTakeFirst()
  return row && { type: row.type, content: Buffer.from(row.content, 'base64') }
}

/** Deletes a client with its logo and consents. */
export async function deleteClient(tx: Tx, id: string): Promise<boolean> {
  await deleteConsents(tx, id)
  await deleteLogo(tx, id)
  const { numDeletedRows } = await tx.deleteFrom('clients').where('id', '=', id).executeTakeFirst()
  return numDeletedRows === 1n
}

interface Consent {
  readonly client: Pick<Client, 'id' | 'name' | 'settings' | 'logo'>
  readonly givenAt: number
  readonly lastUsedAt: number | null
}

export async function upsertConsent(
  tx: Tx,
  accountId: string,
  clientId: string,
  now: number,
): Promise<void> {
  await tx
    .insertInto('consents')
    .values({ account_id: accountId, client_id: clientId, given_at: now, last_used_at: null })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'client_id']).doUpdateSet({ given_at: now }),
    )
    .execute()
}

/** Whether an account allows a client. */
export async function hasConsent(
  db: Database,
  accountId: string,
  clientId: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('consents')
    .select('given_at')
    .where('account_id', '=', accountId)
    .where('client_id', '=', clientId)
    .executeTakeFirst()
  return row !== undefined
}

/** Notes a use of the consent. Waits for a transaction that takes it back, and is false then. */
export async function touchConsent(
  db: Database,
  accountId: string,
  clientId: string,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('consents')
    .set({ last_used_at: now })
    .where('account_id', '=', accountId)
    .where('client_id', '=', clientId)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** The consents of an account, the latest first. */
export async function listConsents(db: Database, accountId: string): Promise<Consent[]> {
  const rows = await db
    .selectFrom('consents')
    .innerJoin('clients', 'clients.id', 'consents.client_id')
    .leftJoin('client_logos', 'client_logos.client_id', 'clients.id')
    .select([...columns, 'given_at as givenAt', 'last_used_at as lastUsedAt'])
    .where('consents.account_id', '=', accountId)
    .orderBy('given_at', 'desc')
    .execute()
  return rows.map(({ givenAt, lastUsedAt, ...row }) => ({
    client: toClient(row),
    givenAt,
    lastUsedAt,
  }))
}

export async function deleteConsent(tx: Tx, accountId: string, clientId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('consents')
    .where('account_id', '=', accountId)
    .where('client_id', '=', clientId)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/** Deletes an account's consents; returns their clients. */
export async function deleteConsentsOf(tx: Tx, accountId: string): Promise<readonly string[]> {
  const deleted = tx.deleteFrom('consents').where('account_id', '=', accountId)
  return (await deleted.returning('client_id as id').execute()).map(({ id }) => id)
}

export async function deleteConsents(tx: Tx, clientId: string): Promise<void> {
  await tx.deleteFrom('consents').where('client_id', '=', clientId).execute()
}
