import type { Deps } from '../deps.ts'
import { hashToken, isId, newId, newToken } from '../ground/secrets.ts'
import type { ClientKind, Database } from '../storage/tables.ts'
import { findClientFault, type Client, type ClientSettings } from './client.ts'
import { deleteClient, insertClient, selectClient, selectClients, updateClient } from './store.ts'

export interface NewClient {
  readonly kind: ClientKind
  readonly name: string
  readonly settings: ClientSettings
}

/** Adds a client. Its secret, where its kind has one, is returned here and kept only as a hash. */
export async function addClient(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  { kind, name, settings }: NewClient,
): Promise<{ client: Client; secret: string | null } | { fault: string }> {
  const fault = findClientFault(kind, settings)
  if (fault !== null) return { fault }
  const secret = kind === 'web' ? newToken() : null
  const secretHash = secret === null ? null : hashToken(secret)
  const client = { id: newId(), kind, name, settings, secretHash, createdAt: now() }
  await insertClient(db, client)
  return { client, secret }
}

/** Changes a client's name, addresses or keys, or gives it another secret, which is returned. */
export async function changeClient(
  { db }: Pick<Deps, 'db'>,
  client: Client,
  change: { name?: string; settings?: Partial<ClientSettings>; newSecret?: boolean },
): Promise<{ secret: string | null } | { fault: string }> {
  const settings = { ...client.settings, ...change.settings }
  const fault = findClientFault(client.kind, settings)
  if (fault !== null) return { fault }
  if (change.newSecret && client.kind !== 'web') return { fault: 'only a web client has a secret' }
  const secret = change.newSecret ? newToken() : null
  const secretHash = secret === null ? client.secretHash : hashToken(secret)
  await updateClient(db, { ...client, name: change.name ?? client.name, settings, secretHash })
  return { secret }
}

export async function findClient(db: Database, id: string): Promise<Client | undefined> {
  return isId(id) ? selectClient(db, id) : undefined
}

export async function listClients(db: Database): Promise<readonly Client[]> {
  return selectClients(db)
}

/** False when there is none of this id. All that it was given ends with it. */
export async function removeClient(db: Database, id: string): Promise<boolean> {
  return db.transaction().execute((tx) => deleteClient(tx, id))
}
