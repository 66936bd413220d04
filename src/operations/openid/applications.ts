// The applications that an account is connected with: those of third parties that its holder has allowed, and
// the broker's own that hold something now.
import { holdAccount } from '../../domain/accounts/hold-account.ts'
import { transact, type ActDeps } from '../../domain/act.ts'
import { asHolder } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import type { Client } from '../../domain/clients/client.ts'
import { deleteConsent, findClient, listConsents } from '../../domain/clients/store.ts'
import type { Deps } from '../../domain/deps.ts'
import { selectConnected, selectSids } from '../../domain/openid/connected.ts'
import { insertNotices } from '../../domain/openid/logout-notices.ts'
import { deleteGrants } from '../../domain/openid/records.ts'
import { holdChangeProof } from '../../domain/sessions/permission.ts'
import type { Session } from '../../domain/sessions/session.ts'
import type { Caller } from '../../kernel/caller.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { isId } from '../../kernel/secrets.ts'

export interface Application {
  readonly client: Pick<Client, 'id' | 'name' | 'settings' | 'logo'>
  /** When its holder allowed it; null for the broker's own, of which nobody is asked. */
  readonly allowedAt: number | null
  readonly lastUsedAt: number | null
}

/** Those of all `clients` that an account is connected with, the one used last first. */
export async function listApplications(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  accountId: string,
  clients: readonly Client[],
): Promise<readonly Application[]> {
  const [consents, connected] = await Promise.all([
    listConsents(db, accountId),
    selectConnected(db, accountId, now()),
  ])
  const allowed = new Set(consents.map(({ client }) => client.id))
  const own = clients.filter(({ id }) => connected.has(id) && !allowed.has(id))
  return [
    ...consents.map(({ client, givenAt, lastUsedAt }) => ({
      client,
      allowedAt: givenAt,
      lastUsedAt: latest(lastUsedAt, connected.get(client.id)),
    })),
    ...own.map((client) => ({
      client,
      allowedAt: null,
      lastUsedAt: connected.get(client.id) ?? null,
    })),
  ].toSorted((one, other) => (other.lastUsedAt ?? 0) - (one.lastUsedAt ?? 0))
}

function latest(one: number | null, other: number | undefined): number | null {
  return other === undefined ? one : Math.max(one ?? 0, other)
}

/**
 * Takes back what an application was allowed, ends all that it holds of the account, and tells it. 403
 * `proof_needed` without a fresh proof; 404 `not_found` when the account is not connected with it.
 */
export async function disconnect(
  deps: ActDeps,
  session: Session,
  clientId: string,
  caller: Caller,
): Promise<void> {
  const accountId = session.account.id
  await transact(deps, asHolder(caller), async (act) => {
    const { tx } = act
    await holdChangeProof(act, session, await holdAccount(act, { id: accountId }))
    if (!isId(clientId)) throw new Problem('not_found')
    const wasAllowed = await deleteConsent(tx, accountId, clientId)
    const grants = await deleteGrants(tx, clientId, accountId)
    if (!wasAllowed && grants === 0) throw new Problem('not_found')
    const about = { client_id: clientId, account_id: accountId }
    const sids = await selectSids(tx, accountId, clientId)
    await insertNotices(
      act,
      sids.map((sid) => ({ ...about, sid })),
    )
    const client = await findClient(tx, clientId)
    const event = wasAllowed ? 'authz_consent_ended' : 'authz_application_ended'
    record(act, { event, accountId, detail: { client: clientId, name: client?.name ?? null } })
  })
}
