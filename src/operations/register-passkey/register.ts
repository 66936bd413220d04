import type { Account } from '../../domain/accounts/account.ts'
import { changeFactors, holdAccount } from '../../domain/accounts/hold-account.ts'
import { beginHold } from '../../domain/accounts/withdrawal-hold.ts'
import { transact, type Act, type ActDeps } from '../../domain/act.ts'
import { asHolder } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import type { Deps } from '../../domain/deps.ts'
import { notify } from '../../domain/outbox/notify.ts'
import type { RegistrationAnswer } from '../../domain/passkeys/answers.ts'
import {
  openCeremony,
  refuseAnswer,
  spendCeremony,
  type Ceremony,
} from '../../domain/passkeys/ceremony.ts'
import { readClientData, refuseFrame, type ClientData } from '../../domain/passkeys/client-data.ts'
import { isNameTaken } from '../../domain/passkeys/name.ts'
import { isLive, type Credential, type Passkey } from '../../domain/passkeys/passkey.ts'
import { insertPasskey, selectKeptPasskeys } from '../../domain/passkeys/store.ts'
import { verifyRegistration } from '../../domain/passkeys/verify.ts'
import type { Session } from '../../domain/sessions/session.ts'
import { holdPermission, takePermission } from '../../domain/sessions/store.ts'
import { rememberRegistered } from '../../domain/throttle/passkeys-here.ts'
import type { KnownCaller } from '../../kernel/caller.ts'
import { Problem, problemOf } from '../../kernel/http/problem.ts'
import { newId } from '../../kernel/secrets.ts'
import { mostLivePasskeys } from '../../limits/passkeys.ts'

/**
 * Registers the passkey that the browser made, under the name given when its ceremony began. Throws
 * 400 `ceremony_expired`, `passkey_not_verified`; 409 `start_again`, `name_taken`,
 * `too_many_passkeys`, `passkey_known`. A refusal uses up only the ceremony.
 */
export async function registerPasskey(
  deps: ActDeps & Pick<Deps, 'site'>,
  session: Session,
  answer: RegistrationAnswer,
  { caller, tokens }: KnownCaller,
): Promise<Passkey> {
  const clientData = readClientData(answer.response.clientDataJSON)
  const expected = { kind: 'create', purposes: ['registration'], owner: session.id } as const
  const ceremony = openCeremony(deps, expected, clientData.challenge)
  const credential = await checkAnswer(deps.site, clientData, answer).catch(problemOf)
  return transact(deps, asHolder(caller), async (act) => {
    const account = await holdAccount(act, { id: ceremony.accountId })
    await spendCeremony(act, ceremony)
    const outcome =
      credential instanceof Problem
        ? credential
        : await bindPasskey(act, account, ceremony, credential)
    if (outcome instanceof Problem) return refuseAnswer(act, ceremony, outcome)
    await rememberRegistered(act, outcome, tokens)
    return outcome
  })
}

async function checkAnswer(
  site: Deps['site'],
  clientData: ClientData,
  answer: RegistrationAnswer,
): Promise<Credential> {
  refuseFrame(clientData)
  return verifyRegistration(site, clientData.challenge, answer)
}

/** Adds a credential to its account, after repeating the checks made when its ceremony began. */
async function bindPasskey(
  act: Act,
  account: Account,
  { owner, factorsVersion, passkeyName }: Ceremony,
  credential: Credential,
): Promise<Passkey | Problem> {
  const accountId = account.id
  if (account.factorsVersion !== factorsVersion) return new Problem('start_again')
  if (!(await holdPermission(act, owner, factorsVersion))) return new Problem('ceremony_expired')
  const name = passkeyName ?? ''
  const passkeys = await selectKeptPasskeys(act.tx, accountId)
  if (isNameTaken(passkeys, name)) return new Problem('name_taken')
  if (passkeys.length >= mostLivePasskeys) return new Problem('too_many_passkeys')

  const fresh = { id: newId(), accountId, name, createdAt: act.now, lastUsedAt: null }
  const passkey = { ...credential, ...fresh, suspendedAt: null }
  if (!(await insertPasskey(act.tx, passkey))) return new Problem('passkey_known')
  await takePermission(act, owner)
  await changeFactors(act, account)
  const isFirst = !passkeys.some(isLive)
  const holdUntil = isFirst ? await beginHold(act, account, 'first_passkey') : null
  notify(act, account, 'passkey_registered', holdUntil)
  const detail = { passkey: passkey.id, aaguid: passkey.aaguid, synced: passkey.backedUp }
  record(act, { event: 'authn_passkey_registered', accountId, detail })
  return passkey
}
