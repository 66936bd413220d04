// A proof with one of an operator's passkeys: for a sign-in, for an act of the session, or for an approval.
import { Problem } from '../../kernel/http/problem.ts'
import type { Act } from '../act.ts'
import { raiseAlert } from '../alerts/alerts.ts'
import { record } from '../audit/record.ts'
import type { Deps } from '../deps.ts'
import type { AuthenticationAnswer } from '../passkeys/answers.ts'
import type { ClientData } from '../passkeys/client-data.ts'
import { passkeyNotVerified, passkeyUnknown } from '../passkeys/problems.ts'
import { verifyAssertion, type Assertion } from '../passkeys/verify.ts'
import type { Database } from '../tables/tables.ts'
import type { DeskOperator } from './operator.ts'
import {
  isEndedCredential,
  selectOperatorPasskey,
  updateOperatorUse,
  updateOperatorUseAlone,
  type OperatorPasskey,
} from './passkeys.ts'

export interface OperatorProof {
  readonly passkey: OperatorPasskey
  readonly assertion: Assertion
}

/**
 * Checks an answer against the operator's live passkeys; `clientData` must have been read from it. Where passkeys
 * were asked for by a list, an authenticator need not name their holder (§6.3.3). Throws 400 `passkey_not_verified`.
 */
export async function checkOperatorAnswer(
  { db, site }: Pick<Deps, 'db' | 'site'>,
  operator: DeskOperator,
  challenge: string,
  answer: AuthenticationAnswer,
  clientData: ClientData,
): Promise<OperatorProof> {
  const passkey = await selectOperatorPasskey(db, {
    operatorId: operator.id,
    credentialId: answer.id,
  })
  if (!passkey) throw await noLivePasskey(db, answer.id)
  const prover = { account: operator, passkey }
  return { passkey, assertion: verifyAssertion(site, challenge, prover, answer, clientData) }
}

/**
 * The refusal of a passkey that is none of an operator's. Only of one that has ended the browser is told that it
 * may forget it: on one host, a customer's passkey is offered here too.
 */
export async function noLivePasskey(db: Database, credentialId: string): Promise<Problem> {
  const hasEnded = await isEndedCredential(db, credentialId)
  return hasEnded ? passkeyUnknown() : passkeyNotVerified('no live passkey of an operator')
}

/**
 * Stores the use of a passkey, and compares its counter in the same statement (rule 6): of two concurrent answers
 * with equal counters one passes. Returns the refusal of the other, or null.
 */
export async function recordOperatorUse(
  act: Act,
  { passkey, assertion }: OperatorProof,
): Promise<Problem | null> {
  const { id, operatorId, credentialId, backupEligible, counter } = passkey
  const use = { ...assertion, now: act.now }
  if (await updateOperatorUse(act.tx, id, use)) return null
  if (!(await selectOperatorPasskey(act.tx, { operatorId, credentialId })))
    return new Problem('start_again')
  const detail = { operator: operatorId, passkey: id, kept: counter, got: assertion.counter }
  record(act, { event: 'authn_operator_passkey_counter', detail })
  const odd = { passkey: id, kept: counter, got: assertion.counter }
  await raiseAlert(act, { kind: 'operator-counter', operatorId, detail: odd })
  // A key that cannot be backed up has one counter, so a lower counter means a cloned key.
  if (!backupEligible) return passkeyNotVerified('counter')
  await updateOperatorUseAlone(act.tx, id, use)
  return null
}
