// The consents of holders to clients of third parties (OpenID Connect Core 1.0, §3.1.2.4).
import { transact, type Act, type ActDeps } from '../domain/act.ts'
import { asHolder } from '../domain/actor.ts'
import { record } from '../domain/audit/record.ts'
import type { Client } from '../domain/clients/client.ts'
import { deleteConsent, findClient, upsertConsent } from '../domain/clients/store.ts'
import { deleteGrants } from '../domain/openid/records.ts'
import { isFreshlyProven } from '../domain/sessions/permission.ts'
import type { Session } from '../domain/sessions/session.ts'
import type { Caller } from '../kernel/caller.ts'
import { Problem } from '../kernel/http/problem.ts'
import { isId } from '../kernel/secrets.ts'

/** Stores an account's consent to a client. */
export async function giveConsent(
  act: Act,
  accountId: string,
  { id, name }: Client,
): Promise<void> {
  await upsertConsent(act.tx, accountId, id, act.now)
  record(act, { event: 'authz_consent_given', accountId, detail: { client: id, name } })
}

/**
 * Takes a consent back and ends the client's grants of the account. 403 `proof_needed` in a session that
 * has proven nothing lately; 404 `not_found` when there is no consent.
 */
export async function takeBackConsent(
  deps: ActDeps,
  session: Session,
  clientId: string,
  caller: Caller,
): Promise<void> {
  if (!isFreshlyProven(session, deps.now())) throw new Problem('proof_needed')
  if (!isId(clientId)) throw new Problem('not_found')
  const accountId = session.account.id
  await transact(deps, asHolder(caller), async (act) => {
    const { tx } = act
    if (!(await deleteConsent(tx, accountId, clientId))) throw new Problem('not_found')
    await deleteGrants(tx, clientId, accountId)
    const client = await findClient(tx, clientId)
    const detail = { client: clientId, name: client?.name ?? null }
    record(act, { event: 'authz_consent_ended', accountId, detail })
  })
}
