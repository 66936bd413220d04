import { moveFactors } from '../../domain/accounts/factors.ts'
import { beginHold } from '../../domain/accounts/hold.ts'
import { recordEvent } from '../../domain/audit/record.ts'
import type { Deps } from '../../domain/deps.ts'
import { notify } from '../../domain/notices/notify.ts'
import type { RegistrationAnswer } from '../../domain/passkeys/answers.ts'
import { spendCeremony } from '../../domain/passkeys/ceremony.ts'
import { readClientData, refuseFrame } from '../../domain/passkeys/client-data.ts'
import { isNameTaken } from '../../domain/passkeys/name.ts'
import type { Passkey } from '../../domain/passkeys/passkey.ts'
import { recordFailure } from '../../domain/passkeys/record-failure.ts'
import { insertPasskey, selectLivePasskeys, type Ceremony } from '../../domain/passkeys/store.ts'
import { verifyRegistration, type NewCredential } from '../../domain/passkeys/verify.ts'
import { usePermission } from '../../domain/sessions/permission.ts'
import type { Session } from '../../domain/sessions/session.ts'
import type { Caller } from '../../kernel/caller.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { mostLivePasskeys } from '../../kernel/limits.ts'
import { newId } from '../../kernel/secrets.ts'

/**
 * Registers the passkey that the browser made, under the name given when its ceremony began. Throws
 * 400 `ceremony_expired`, `passkey_not_verified`; 409 `start_again`, `name_taken`,
 * `too_many_passkeys`, `passkey_known`. Nothing but the ceremony is used up by a refusal.
 */
export async function registerPasskey(
  deps: Pick<Deps, 'config' | 'db' | 'keys' | 'now'>,
  session: Session,
  answer: RegistrationAnswer,
  caller: Caller,
): Promise<Passkey> {
  const clientData = readClientData(answer.response.clientDataJSON)
  const ceremony = await spendCeremony(deps, 'create', session.id, clientData.challenge)
  try {
    refuseFrame(clientData)
    const credential = await verifyRegistration(deps.config, ceremony.challenge, answer)
    return await bindPasskey(deps, session, ceremony, credential, caller)
  } catch (error) {
    await recordFailure(deps.db, deps, session.account, ceremony, error, caller)
    throw error
  }
}

/** Makes a credential the account's, where all that was so when its ceremony began is so still. */
async function bindPasskey(
  deps: Pick<Deps, 'config' | 'db' | 'keys' | 'now'>,
  session: Session,
  ceremony: Ceremony,
  credential: NewCredential,
  caller: Caller,
): Promise<Passkey> {
  const { db, now } = deps
  return db.transaction().execute(async (tx) => {
    const account = await moveFactors(tx, ceremony.accountId)
    const versionBefore = account.factorsVersion - 1
    if (ceremony.factorsVersion !== versionBefore) throw new Problem('start_again', 409)
    if (!(await usePermission(tx, deps, session.id, versionBefore))) {
      throw new Problem('ceremony_expired', 400)
    }
    const passkeys = await selectLivePasskeys(tx, account.id)
    const name = ceremony.passkeyName ?? ''
    if (isNameTaken(passkeys, name)) throw new Problem('name_taken', 409)
    if (passkeys.length >= mostLivePasskeys) throw new Problem('too_many_passkeys', 409)

    const passkey = { ...credential, id: newId(), accountId: account.id, name, createdAt: now() }
    if (!(await insertPasskey(tx, passkey))) throw new Problem('passkey_known', 409)
    if (passkeys.length === 0) await beginHold(tx, deps, account.id, 'first_passkey')
    await notify(tx, deps, caller, 'passkey_registered', account)
    await recordEvent(tx, deps, caller, {
      event: 'authn_passkey_registered',
      accountId: account.id,
      detail: { passkey: passkey.id, name, aaguid: passkey.aaguid, synced: passkey.backedUp },
    })
    return { ...passkey, lastUsedAt: null }
  })
}
