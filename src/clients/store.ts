import type { Database, Tx } from '../storage/tables.ts'
import type { Client, ClientSettings } from './client.ts'

const columns = [
  'id',
  'kind',
  'name',
  'secret_hash as secretHash',
  'metadata',
  'created_at as createdAt',
] as const

type Row = Omit<Client, 'settings'> & { metadata: string }

const toClient = ({ metadata, ...row }: Row): Client => ({
  ...row,
  settings: JSON.parse(metadata) as ClientSettings,
})

export async function insertClient(db: Database, client: Client): Promise<void> {
  await db
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

export async function selectClient(db: Database, id: string): Promise<Client | undefined> {
  const row = await db.selectFrom('clients').select(columns).where('id', '=', id).executeTakeFirst()
  return row && toClient(row)
}

export async function selectClients(db: Database): Promise<readonly Client[]> {
  const rows = await db.selectFrom('clients').select(columns).orderBy('created_at').execute()
  return rows.map(toClient)
}

export async function updateClient(
  db: Database,
  { id, name, secretHash, settings }: Client,
): Promise<void> {
  await db
    .updateTable('clients')
    .set({ name, secret_hash: secretHash, metadata: JSON.stringify(settings) })
    .where('id', '=', id)
    .execute()
}

export async function deleteClient(tx: Tx, id: string): Promise<boolean> {
  const member = `%"clientId":${JSON.stringify(id)}%`
  await tx.deleteFrom('oidc_records').where('payload', 'like', member).execute()
  const { numDeletedRows } = await tx.deleteFrom('clients').where('id', '=', id).executeTakeFirst()
  return numDeletedRows === 1n
}

/** What is kept of an open interaction, the authorization request among it. */
export async function selectInteraction(
  db: Database,
  uidHash: string,
  now: number,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('oidc_records')
    .select('payload')
    .where('kind', '=', 'Interaction')
    .where('id_hash', '=', uidHash)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row?.payload
}
