// The consents of holders to clients of third parties (OpenID Connect Core 1.0, §3.1.2.4).
import type { Act } from '../../domain/act.ts'
import { record } from '../../domain/audit/record.ts'
import type { Client } from '../../domain/clients/client.ts'
import { upsertConsent } from '../../domain/clients/store.ts'

/** Stores an account's consent to a client. */
export async function giveConsent(
  act: Act,
  accountId: string,
  { id, name }: Client,
): Promise<void> {
  await upsertConsent(act.tx, accountId, id, act.now)
  record(act, { event: 'authz_consent_given', accountId, detail: { client: id, name } })
}
