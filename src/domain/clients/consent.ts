// What people allow the applications of others, and take back (OpenID Connect Core 1.0, §3.1.2.4).
import type { Caller } from '../../kernel/caller.ts'
import { isId } from '../../kernel/secrets.ts'
import { recordEvent } from '../audit/record.ts'
import type { Deps } from '../deps.ts'
import { deleteGrants } from '../openid/records.ts'
import type { Client } from './client.ts'
import { deleteConsent, selectClient, touchConsent, upsertConsent } from './store.ts'

export { hasConsent, listConsents, type Consent } from './store.ts'

/** Remembers that an account allows a client what it may be told. */
export async function giveConsent(
  deps: Pick<Deps, 'db' | 'now'>,
  accountId: string,
  { id, name }: Client,
  caller: Caller,
): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    await upsertConsent(tx, accountId, id, deps.now())
    const event = 'authz_consent_given'
    await recordEvent(tx, deps, caller, { event, accountId, detail: { client: id, name } })
  })
}

/** Whether a client may be answered; one that has just been taken back is waited for. */
export async function useConsent(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  accountId: string,
  clientId: string,
): Promise<boolean> {
  return touchConsent(db, accountId, clientId, now())
}

/** Takes a consent back and ends all that the client holds of the account; false when it has none. */
export async function takeBackConsent(
  deps: Pick<Deps, 'db' | 'now'>,
  accountId: string,
  clientId: string,
  caller: Caller,
): Promise<boolean> {
  if (!isId(clientId)) return false
  return deps.db.transaction().execute(async (tx) => {
    if (!(await deleteConsent(tx, accountId, clientId))) return false
    await deleteGrants(tx, clientId, accountId)
    const client = await selectClient(tx, clientId)
    const event = 'authz_consent_ended'
    const detail = { client: clientId, name: client?.name ?? null }
    await recordEvent(tx, deps, caller, { event, accountId, detail })
    return true
  })
}
