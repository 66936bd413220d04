// Rule 37: a fresh proof in an operator's session, and the further passkeys that it permits.
import type { z } from 'zod'
import { transact, type Act, type ActDeps } from '../../domain/act.ts'
import { asOperator } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import type { Deps } from '../../domain/deps.ts'
import {
  beginOperatorCeremony,
  openOperatorCeremony,
  type OperatorCeremony,
} from '../../domain/operators/challenge.ts'
import type { DeskOperator, OperatorSession } from '../../domain/operators/operator.ts'
import {
  makeOperatorCreationOptions,
  makeOperatorRequestOptions,
  type operatorCreationOptions,
  type operatorRequestOptions,
} from '../../domain/operators/options.ts'
import {
  insertOperatorPasskey,
  selectAllOperatorPasskeys,
  selectOperatorPasskeys,
  type OperatorPasskey,
} from '../../domain/operators/passkeys.ts'
import { checkOperatorAnswer, recordOperatorUse } from '../../domain/operators/proof.ts'
import {
  holdOperatorSession,
  updateOperatorProof,
  useOperatorProof,
} from '../../domain/operators/sessions.ts'
import { holdOperator, incrementOperatorVersion } from '../../domain/operators/store.ts'
import { tellOperator } from '../../domain/operators/tell.ts'
import type { AuthenticationAnswer, RegistrationAnswer } from '../../domain/passkeys/answers.ts'
import { spendCeremony } from '../../domain/passkeys/ceremony.ts'
import { readClientData } from '../../domain/passkeys/client-data.ts'
import type { Credential } from '../../domain/passkeys/passkey.ts'
import type { Caller } from '../../kernel/caller.ts'
import { Problem, problemOf } from '../../kernel/http/problem.ts'
import { hashToken, newId, newToken } from '../../kernel/secrets.ts'
import { mostOperatorPasskeys } from '../../limits/operators.ts'
import { permissionLifetime } from '../../limits/passkeys.ts'
import { checkNewPasskey, refuseOperatorAnswer } from './ceremonies.ts'

type CeremonyDeps = ActDeps & Pick<Deps, 'site'>

/** Begins a proof with any of the operator's own passkeys. */
export async function beginOperatorProof(
  deps: Pick<Deps, 'db' | 'keys' | 'now' | 'site'>,
  { id: owner, operator }: OperatorSession,
): Promise<z.output<typeof operatorRequestOptions>> {
  const challenge = beginOperatorCeremony(deps, { purpose: 'proof', operator, owner })
  const passkeys = await selectOperatorPasskeys(deps.db, operator.id)
  return makeOperatorRequestOptions(deps.site, challenge, passkeys)
}

interface FreshProof {
  /** The session's new token (rule 22). */
  readonly token: string
  readonly provenAt: number
}

/**
 * Notes a fresh proof in the session. Throws 400 `ceremony_expired`, `passkey_not_verified`; 401 `not_signed_in`
 * when the session has ended meanwhile; 409 `start_again`.
 */
export async function proveOperator(
  deps: CeremonyDeps,
  { id, operator: seen }: OperatorSession,
  answer: AuthenticationAnswer,
  caller: Caller,
): Promise<FreshProof> {
  const clientData = readClientData(answer.response.clientDataJSON)
  const ceremony = openOperatorCeremony(deps, { purpose: 'proof', owner: id }, clientData.challenge)
  const { challenge } = ceremony
  const proof = await checkOperatorAnswer(deps, seen, challenge, answer, clientData).catch(
    problemOf,
  )
  return transact(deps, asOperator(caller, seen), async (act) => {
    const operator = await holdOperator(act.tx, seen.id)
    await spendCeremony(act, ceremony)
    if (operator.version !== ceremony.operator?.version) {
      return act.refuse(new Problem('start_again'))
    }
    if (proof instanceof Problem) return refuseOperatorAnswer(act, ceremony, proof)
    const refusal = await recordOperatorUse(act, proof)
    if (refusal) return refuseOperatorAnswer(act, ceremony, refusal)
    const token = newToken()
    const proven = { tokenHash: hashToken(token), now: act.now }
    if (!(await updateOperatorProof(act.tx, id, proven)))
      return act.refuse(new Problem('not_signed_in'))
    const detail = { operator: seen.id, passkey: proof.passkey.id }
    record(act, { event: 'authn_operator_proof_success', detail })
    return { token, provenAt: act.now }
  })
}

/** Begins the registration of a further passkey. Throws 403 `proof_needed`; 409 `too_many_passkeys`. */
export async function beginFurtherPasskey(
  deps: Pick<Deps, 'db' | 'keys' | 'now' | 'site'>,
  { id: owner, operator, provenAt }: OperatorSession,
): Promise<z.output<typeof operatorCreationOptions>> {
  const own = await selectOperatorPasskeys(deps.db, operator.id)
  const refusal = whyNoFurther(own, provenAt, deps.now())
  if (refusal) throw refusal
  const challenge = beginOperatorCeremony(deps, { purpose: 'further-passkey', operator, owner })
  const everybody = await selectAllOperatorPasskeys(deps.db)
  return makeOperatorCreationOptions(deps.site, challenge, operator, everybody)
}

function whyNoFurther(
  own: readonly OperatorPasskey[],
  provenAt: number,
  now: number,
): Problem | null {
  if (own.length >= mostOperatorPasskeys) return new Problem('too_many_passkeys')
  return provenAt > now - permissionLifetime ? null : new Problem('proof_needed')
}

/**
 * Registers the further passkey that the browser made. Throws as `beginFurtherPasskey`, and 400
 * `passkey_not_verified`, `ceremony_expired`; 401 `not_signed_in`; 409 `passkey_known`, `start_again`.
 */
export async function registerFurtherPasskey(
  deps: CeremonyDeps,
  session: OperatorSession,
  answer: RegistrationAnswer,
  caller: Caller,
): Promise<OperatorPasskey> {
  const clientData = readClientData(answer.response.clientDataJSON)
  const expected = { purpose: 'further-passkey', owner: session.id } as const
  const ceremony = openOperatorCeremony(deps, expected, clientData.challenge)
  const credential = await checkNewPasskey(deps, clientData, answer).catch(problemOf)
  return transact(deps, asOperator(caller, session.operator), async (act) => {
    const operator = await holdOperator(act.tx, session.operator.id)
    await spendCeremony(act, ceremony)
    const outcome =
      credential instanceof Problem
        ? credential
        : await bindFurther(act, operator, ceremony, credential)
    return outcome instanceof Problem ? refuseOperatorAnswer(act, ceremony, outcome) : outcome
  })
}

/** Adds the passkey, for which the proof is used up, after repeating the checks made when its ceremony began. */
async function bindFurther(
  act: Act,
  operator: DeskOperator,
  { owner: sessionId, operator: begun }: OperatorCeremony,
  credential: Credential,
): Promise<OperatorPasskey | Problem> {
  const { tx, now } = act
  const { id: operatorId } = operator
  if (begun?.version !== operator.version) return new Problem('start_again')
  const session = await holdOperatorSession(tx, sessionId, now)
  if (!session) return new Problem('not_signed_in')
  const refusal = whyNoFurther(await selectOperatorPasskeys(tx, operatorId), session.provenAt, now)
  if (refusal) return refusal
  const fresh = { id: newId(), operatorId, createdAt: now, lastUsedAt: null, endedAt: null }
  const passkey = { ...credential, ...fresh }
  if (!(await insertOperatorPasskey(tx, passkey))) return new Problem('passkey_known')
  await useOperatorProof(tx, sessionId)
  await incrementOperatorVersion(tx, operatorId)
  const { aaguid, backedUp: synced } = credential
  const detail = { operator: operatorId, passkey: passkey.id, aaguid, synced }
  record(act, { event: 'authn_operator_passkey_added', detail })
  await tellOperator(act, operator, 'operator_passkey_added')
  return passkey
}
