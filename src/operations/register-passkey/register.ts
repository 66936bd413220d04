import { changeFactors } from '../../domain/accounts/hold-account.ts'
import { beginHold } from '../../domain/accounts/withdrawal-hold.ts'
import { transact, type Act, type ActDeps } from '../../domain/act.ts'
import { asHolder } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import type { Deps } from '../../domain/deps.ts'
import { notify } from '../../domain/outbox/notify.ts'
import type { RegistrationAnswer } from '../../domain/passkeys/answers.ts'
import { spendCeremony } from '../../domain/passkeys/ceremony.ts'
import { readClientData, refuseFrame } from '../../domain/passkeys/client-data.ts'
import { isNameTaken } from '../../domain/passkeys/name.ts'
import type { Credential, Passkey } from '../../domain/passkeys/passkey.ts'
import { insertPasskey, selectLivePasskeys, type Ceremony } from '../../domain/passkeys/store.ts'
import { verifyRegistration } from '../../domain/passkeys/verify.ts'
import type { Session } from '../../domain/sessions/session.ts'
import { takePermission } from '../../domain/sessions/store.ts'
import type { Caller } from '../../kernel/caller.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { mostLivePasskeys } from '../../kernel/limits.ts'
import { newId } from '../../kernel/secrets.ts'
import { auditRefusal } from '../audit-refusal.ts'

/**
 * Registers the passkey that the browser made, under the name given when its ceremony began. Throws
 * 400 `ceremony_expired`, `passkey_not_verified`; 409 `start_again`, `name_taken`,
 * `too_many_passkeys`, `passkey_known`. A refusal uses up only the ceremony.
 */
export async function registerPasskey(
  deps: ActDeps & Pick<Deps, 'site'>,
  session: Session,
  answer: RegistrationAnswer,
  caller: Caller,
): Promise<Passkey> {
  const by = asHolder(caller)
  const clientData = readClientData(answer.response.clientDataJSON)
  const ceremony = await spendCeremony(deps, 'create', session.id, clientData.challenge)
  return auditRefusal(deps, by, ceremony, async () => {
    refuseFrame(clientData)
    const credential = await verifyRegistration(deps.site, ceremony.challenge, answer)
    return transact(deps, by, (act) => bindPasskey(act, session, ceremony, credential))
  })
}

/** Adds a credential to its account, after repeating the checks made when its ceremony began. */
async function bindPasskey(
  act: Act,
  session: Session,
  { accountId, factorsVersion, passkeyName }: Ceremony,
  credential: Credential,
): Promise<Passkey> {
  const account = await changeFactors(act, { id: accountId, factorsVersion })
  if (!(await takePermission(act, session.id, factorsVersion))) {
    throw new Problem('ceremony_expired')
  }
  const passkeys = await selectLivePasskeys(act.tx, accountId)
  const name = passkeyName ?? ''
  if (isNameTaken(passkeys, name)) throw new Problem('name_taken')
  if (passkeys.length >= mostLivePasskeys) throw new Problem('too_many_passkeys')

  const fresh = { id: newId(), accountId, name, createdAt: act.now, lastUsedAt: null }
  const passkey = { ...credential, ...fresh }
  if (!(await insertPasskey(act.tx, passkey))) throw new Problem('passkey_known')
  if (passkeys.length === 0) await beginHold(act, accountId, 'first_passkey')
  notify(act, account, 'passkey_registered')
  const detail = { passkey: passkey.id, name, aaguid: passkey.aaguid, synced: passkey.backedUp }
  record(act, { event: 'authn_passkey_registered', accountId, detail })
  return passkey
}
