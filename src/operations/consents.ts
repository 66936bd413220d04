// The consents of holders to clients of third parties (OpenID Connect Core 1.0, §3.1.2.4).
import { transact, type ActDeps } from '../domain/act.ts'
import { asHolder } from '../domain/actor.ts'
import { record } from '../domain/audit/record.ts'
import type { Client } from '../domain/clients/client.ts'
import { deleteConsent, findClient, upsertConsent } from '../domain/clients/store.ts'
import { deleteGrants } from '../domain/openid/records.ts'
import type { Caller } from '../kernel/caller.ts'
import { isId } from '../kernel/secrets.ts'

/** Stores an account's consent to a client. */
export async function giveConsent(
  deps: ActDeps,
  accountId: string,
  { id, name }: Client,
  caller: Caller,
): Promise<void> {
  await transact(deps, asHolder(caller), async (act) => {
    await upsertConsent(act.tx, accountId, id, act.now)
    record(act, { event: 'authz_consent_given', accountId, detail: { client: id, name } })
  })
}

/** Takes a consent back and ends the client's grants of the account; false when there is no consent. */
export async function takeBackConsent(
  deps: ActDeps,
  accountId: string,
  clientId: string,
  caller: Caller,
): Promise<boolean> {
  if (!isId(clientId)) return false
  return transact(deps, asHolder(caller), async (act) => {
    const { tx } = act
    if (!(await deleteConsent(tx, accountId, clientId))) return false
    await deleteGrants(tx, clientId, accountId)
    const client = await findClient(tx, clientId)
    const detail = { client: clientId, name: client?.name ?? null }
    record(act, { event: 'authz_consent_ended', accountId, detail })
    return true
  })
}
