// Rule 37: an operator's first passkey, or the one in place of those that were lost, with a code.
import type { z } from 'zod'
import { transact, type Act, type ActDeps } from '../../domain/act.ts'
import { asGuest, asOperator } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import type { Deps } from '../../domain/deps.ts'
import {
  beginOperatorCeremony,
  openOperatorCeremony,
  type OperatorCeremony,
} from '../../domain/operators/challenge.ts'
import { holdCode, selectLiveCode, updateCodeUsed } from '../../domain/operators/enrolment-codes.ts'
import type { DeskOperator } from '../../domain/operators/operator.ts'
import {
  makeOperatorCreationOptions,
  type operatorCreationOptions,
} from '../../domain/operators/options.ts'
import {
  endOperatorPasskeys,
  insertOperatorPasskey,
  selectAllOperatorPasskeys,
} from '../../domain/operators/passkeys.ts'
import { deleteOperatorSessions } from '../../domain/operators/sessions.ts'
import {
  holdOperator,
  incrementOperatorVersion,
  selectOperator,
} from '../../domain/operators/store.ts'
import { tellOperator } from '../../domain/operators/tell.ts'
import type { RegistrationAnswer } from '../../domain/passkeys/answers.ts'
import { spendCeremony } from '../../domain/passkeys/ceremony.ts'
import { readClientData } from '../../domain/passkeys/client-data.ts'
import type { Credential } from '../../domain/passkeys/passkey.ts'
import { lapseRequestsOf } from '../../domain/requests/close.ts'
import { chargeEnrolment, refuseEnrolments } from '../../domain/throttle/enrolment.ts'
import type { Caller } from '../../kernel/caller.ts'
import { Problem, problemOf } from '../../kernel/http/problem.ts'
import { newId } from '../../kernel/secrets.ts'
import { checkNewPasskey, refuseOperatorAnswer } from './ceremonies.ts'

/**
 * Begins the enrolment of the operator whose code was typed; a right code writes nothing. Throws 400 `code_wrong`,
 * which says nothing of any operator, and 429 `too_many_attempts`.
 */
export async function beginEnrolment(
  deps: ActDeps & Pick<Deps, 'site'>,
  caller: Caller,
  typed: string,
): Promise<z.output<typeof operatorCreationOptions>> {
  await refuseEnrolments(deps, caller.address)
  const code = await selectLiveCode(deps.db, deps.keys, typed, deps.now())
  const operator = code && (await selectOperator(deps.db, code.operatorId))
  if (!operator) return refuseCode(deps, caller)
  const ceremony = { purpose: 'enrolment', operator, owner: code.id } as const
  const challenge = beginOperatorCeremony(deps, ceremony)
  const everybody = await selectAllOperatorPasskeys(deps.db)
  return makeOperatorCreationOptions(deps.site, challenge, operator, everybody)
}

/** Charges a wrong code to its address, and refuses it (rule 25). */
function refuseCode(deps: ActDeps, caller: Caller): Promise<never> {
  return transact<never>(deps, asGuest(caller), async (act) => {
    const count = await chargeEnrolment(act, caller.address)
    record(act, { event: 'authn_operator_enrolment_fail', detail: { count } })
    return act.refuse(new Problem('code_wrong'))
  })
}

/**
 * Registers the passkey that the browser made, which uses up the code and ends the operator's earlier passkeys and
 * sessions. Whoever enrols is not signed in by it: the first sign-in shows that the browser finds the passkey.
 * Throws 400 `code_wrong`, `passkey_not_verified`, `ceremony_expired`; 409 `passkey_known`, `start_again`.
 */
export async function enrol(
  deps: ActDeps & Pick<Deps, 'site'>,
  caller: Caller,
  answer: RegistrationAnswer,
): Promise<DeskOperator> {
  const clientData = readClientData(answer.response.clientDataJSON)
  const ceremony = openOperatorCeremony(deps, { purpose: 'enrolment' }, clientData.challenge)
  const credential = await checkNewPasskey(deps, clientData, answer).catch(problemOf)
  const seen = await selectOperator(deps.db, ceremony.operator?.id ?? '')
  if (!seen) throw new Problem('ceremony_expired')
  return transact(deps, asOperator(caller, seen), async (act) => {
    const operator = await holdOperator(act.tx, seen.id)
    await spendCeremony(act, ceremony)
    const refusal =
      credential instanceof Problem
        ? credential
        : await bindPasskey(act, operator, ceremony, credential)
    return refusal ? refuseOperatorAnswer(act, ceremony, refusal) : operator
  })
}

/** Binds the passkey, after repeating the checks made when its ceremony began; returns why not. */
async function bindPasskey(
  act: Act,
  operator: DeskOperator,
  { owner, operator: begun }: OperatorCeremony,
  credential: Credential,
): Promise<Problem | null> {
  const { tx, now } = act
  const { id: operatorId } = operator
  if (operator.closedAt !== null || !(await holdCode(tx, owner, now))) {
    return new Problem('code_wrong')
  }
  if (begun?.version !== operator.version) return new Problem('start_again')
  const fresh = { id: newId(), operatorId, createdAt: now, lastUsedAt: null, endedAt: null }
  const passkey = { ...credential, ...fresh }
  if (!(await insertOperatorPasskey(tx, passkey))) return new Problem('passkey_known')
  await updateCodeUsed(tx, owner, now)
  const ended = await endOperatorPasskeys(act, operatorId, { except: passkey.id })
  await deleteOperatorSessions(tx, operatorId)
  await incrementOperatorVersion(tx, operatorId)
  await lapseRequestsOf(act, operatorId)
  const { aaguid, backedUp: synced } = credential
  const detail = { operator: operatorId, passkey: passkey.id, aaguid, synced, ended }
  record(act, { event: 'authn_operator_enrolled', detail })
  await tellOperator(act, operator, ended > 0 ? 'operator_enrolled_anew' : 'operator_enrolled')
  return null
}
