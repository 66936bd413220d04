// The clients of an installation. Every change of one is audited with its operator.
import { transact, type ActDeps } from '../../domain/act.ts'
import { fromNowhere, type Operator } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import {
  findClientFault,
  nameFault,
  type Client,
  type ClientSettings,
} from '../../domain/clients/client.ts'
import { readLogo } from '../../domain/clients/logo.ts'
import {
  deleteClient,
  deleteConsents,
  deleteLogo,
  insertClient,
  holdClient,
  updateClient,
  upsertLogo,
} from '../../domain/clients/store.ts'
import { deleteNoticesOf } from '../../domain/openid/logout-notices.ts'
import { deleteGrants, deleteRecordsOf } from '../../domain/openid/records.ts'
import type { ClientKind } from '../../domain/tables/openid-tables.ts'
import type { Tx } from '../../domain/tables/tables.ts'
import { hashToken, newId, newToken } from '../../kernel/secrets.ts'
import { readShownName } from '../../kernel/shown-name.ts'

export interface NewClient {
  readonly kind: ClientKind
  readonly name: string
  readonly settings: ClientSettings
  /** The content of the logo's file; null or absent for none. */
  readonly logo?: Buffer<ArrayBuffer> | null
}

interface ClientChange {
  readonly name?: string
  readonly settings?: Partial<ClientSettings>
  /** Null removes the logo. */
  readonly logo?: Buffer<ArrayBuffer> | null
  readonly newSecret?: boolean
}

/** Adds a client. The secret of a `web` client is returned once, and stored only as a hash. */
export async function addClient(
  deps: ActDeps,
  { kind, settings, logo: file = null, ...given }: NewClient,
  operator: Operator,
): Promise<{ clientId: string; secret: string | null } | { fault: string }> {
  const fault = findClientFault(kind, settings)
  if (fault !== null) return { fault }
  const name = readShownName(given.name)
  if (name === null) return { fault: nameFault }
  const logo = file && readLogo(file)
  if (logo && 'fault' in logo) return logo
  const secret = kind === 'web' ? newToken() : null
  const secretHash = secret === null ? null : hashToken(secret)
  const client = { id: newId(), kind, name, settings, secretHash, createdAt: deps.now() }
  await transact(deps, fromNowhere(operator), async (act) => {
    await insertClient(act.tx, client)
    if (logo) await upsertLogo(act.tx, client.id, logo)
    record(act, { event: 'sys_client_added', detail: namesOf(client) })
  })
  return { clientId: client.id, secret }
}

/**
 * Changes the named members of a client, or gives it a new secret, which is returned. The other members
 * stay as they are in the database, not as they were when the client was read.
 */
export async function changeClient(
  deps: ActDeps,
  { id }: Client,
  change: ClientChange,
  operator: Operator,
): Promise<{ secret: string | null } | { fault: string }> {
  const logo = change.logo && readLogo(change.logo)
  if (logo && 'fault' in logo) return logo
  const secret = change.newSecret ? newToken() : null
  return transact(deps, fromNowhere(operator), async (act) => {
    const { tx } = act
    const client = await holdClient(tx, id)
    if (!client) return { fault: 'there is no such client any more' }
    const settings = { ...client.settings, ...change.settings }
    const fault = findClientFault(client.kind, settings)
    if (fault !== null) return { fault }
    const name = readShownName(change.name ?? client.name)
    if (name === null) return { fault: nameFault }
    if (secret !== null && client.kind !== 'web') return { fault: 'only a web client has a secret' }
    const secretHash = secret === null ? client.secretHash : hashToken(secret)
    const changed = { ...client, name, settings, secretHash }
    await updateClient(tx, changed)
    if (isThirdParty(changed) !== isThirdParty(client)) await askAnew(tx, client.id)
    if (logo) await upsertLogo(tx, client.id, logo)
    if (logo === null) await deleteLogo(tx, client.id)
    const detail = { ...namesOf(changed), changed: whatChanges(change) }
    record(act, { event: 'sys_client_changed', detail })
    return { secret }
  })
}

/** Removes a client with its tokens, grants and consents. False when it was removed already. */
export async function removeClient(
  deps: ActDeps,
  client: Client,
  operator: Operator,
): Promise<boolean> {
  return transact(deps, fromNowhere(operator), async (act) => {
    const removed = await deleteClient(act.tx, client.id)
    await deleteRecordsOf(act.tx, client.id)
    await deleteNoticesOf(act.tx, client.id)
    if (removed) record(act, { event: 'sys_client_removed', detail: namesOf(client) })
    return removed
  })
}

function isThirdParty({ settings }: Pick<Client, 'settings'>): boolean {
  return settings.thirdParty === true
}

/** Ends the client's consents and grants, as holders gave them when it had another owner. */
async function askAnew(tx: Tx, clientId: string): Promise<void> {
  await deleteConsents(tx, clientId)
  await deleteGrants(tx, clientId)
}

function namesOf({ id, kind, name }: Pick<Client, 'id' | 'kind' | 'name'>) {
  return { client: id, kind, name }
}

/** The names of the changed members, without their values. */
function whatChanges({ settings = {}, newSecret, ...others }: ClientChange): string {
  const names = [...Object.keys(others), ...Object.keys(settings), ...(newSecret ? ['secret'] : [])]
  return names.join(' ')
}
