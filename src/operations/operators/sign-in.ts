// Rule 37: operators sign in with a passkey alone, which their browser finds by itself.
import type { z } from 'zod'
import { transact, type Act, type ActDeps } from '../../domain/act.ts'
import { asGuest, asOperator } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import type { Deps } from '../../domain/deps.ts'
import { beginOperatorCeremony, openOperatorCeremony } from '../../domain/operators/challenge.ts'
import type { DeskOperator, OperatorSession } from '../../domain/operators/operator.ts'
import { makeSignInOptions, type signInOptions } from '../../domain/operators/options.ts'
import {
  checkOperatorAnswer,
  noLivePasskey,
  recordOperatorUse,
  type OperatorProof,
} from '../../domain/operators/proof.ts'
import {
  deleteOperatorSession,
  deleteReplacedOperatorSession,
  insertOperatorSession,
} from '../../domain/operators/sessions.ts'
import { holdOperator, selectOperatorByHandle } from '../../domain/operators/store.ts'
import type { AuthenticationAnswer } from '../../domain/passkeys/answers.ts'
import { spendCeremony } from '../../domain/passkeys/ceremony.ts'
import { readClientData, type ClientData } from '../../domain/passkeys/client-data.ts'
import type { Caller } from '../../kernel/caller.ts'
import { Problem, problemOf } from '../../kernel/http/problem.ts'
import { hashToken, newId, newToken } from '../../kernel/secrets.ts'
import { refuseOperatorAnswer } from './ceremonies.ts'

/** Begins a sign-in, which only the browser with this token can end. It writes nothing. */
export function beginOperatorSignIn(
  deps: Pick<Deps, 'keys' | 'now' | 'site'>,
  browserToken: string,
): z.output<typeof signInOptions> {
  const owner = ownerOf(browserToken)
  const challenge = beginOperatorCeremony(deps, { purpose: 'sign-in', operator: null, owner })
  return makeSignInOptions(deps.site, challenge)
}

/** 128 bits that stand for a browser's token in a challenge, which anybody may read. */
function ownerOf(token: string): string {
  return Buffer.from(hashToken(token), 'base64url').subarray(0, 16).toString('base64url')
}

interface SignedIn {
  readonly operator: DeskOperator
  /** The new session's. */
  readonly token: string
}

/**
 * Signs in the operator whom the passkey names. The browser's former session (`replaces`, its token) ends.
 * Throws 400 `ceremony_expired`, `passkey_not_verified`; 409 `start_again`.
 */
export async function signOperatorIn(
  deps: ActDeps & Pick<Deps, 'site'>,
  caller: Caller,
  answer: AuthenticationAnswer,
  { browserToken, replaces }: { browserToken: string | undefined; replaces: string | undefined },
): Promise<SignedIn> {
  if (browserToken === undefined) throw new Problem('ceremony_expired')
  const clientData = readClientData(answer.response.clientDataJSON)
  const expected = { purpose: 'sign-in', owner: ownerOf(browserToken) } as const
  const ceremony = openOperatorCeremony(deps, expected, clientData.challenge)
  const named = await selectOperatorByHandle(deps.db, answer.response.userHandle ?? '')
  const proof = await checkAnswer(deps, named, ceremony.challenge, answer, clientData).catch(
    problemOf,
  )
  const by = named ? asOperator(caller, named) : asGuest(caller)
  return transact(deps, by, async (act) => {
    const operator = named && (await holdOperator(act.tx, named.id))
    await spendCeremony(act, ceremony)
    const refused = { purpose: 'sign-in', operator: named ?? null } as const
    if (proof instanceof Problem) return refuseOperatorAnswer(act, refused, proof)
    if (!operator || operator.closedAt !== null) {
      return refuseOperatorAnswer(act, refused, new Problem('start_again'))
    }
    const refusal = await recordOperatorUse(act, proof)
    if (refusal) return refuseOperatorAnswer(act, refused, refusal)
    const token = await beginOperatorSession(act, proof, replaces)
    return { operator, token }
  })
}

async function checkAnswer(
  deps: Pick<Deps, 'db' | 'site'>,
  operator: DeskOperator | undefined,
  challenge: string,
  answer: AuthenticationAnswer,
  clientData: ClientData,
): Promise<OperatorProof> {
  if (!operator) throw await noLivePasskey(deps.db, answer.id)
  return checkOperatorAnswer(deps, operator, challenge, answer, clientData)
}

async function beginOperatorSession(
  act: Act,
  { passkey }: OperatorProof,
  replaces: string | undefined,
): Promise<string> {
  const { tx, by, now } = act
  if (replaces !== undefined) await deleteReplacedOperatorSession(tx, hashToken(replaces))
  const [id, token] = [newId(), newToken()]
  const { operatorId } = passkey
  await insertOperatorSession(tx, {
    id,
    operatorId,
    passkeyId: passkey.id,
    now,
    tokenHash: hashToken(token),
    browser: by.browser,
    system: by.system,
  })
  const detail = { operator: operatorId, session: id, passkey: passkey.id }
  record(act, { event: 'authn_operator_login_success', detail })
  return token
}

/** Ends the browser's session; nothing happens when it has ended already. */
export async function signOperatorOut(
  deps: ActDeps,
  { id, operator }: OperatorSession,
  caller: Caller,
): Promise<void> {
  await transact(deps, asOperator(caller, operator), async (act) => {
    if (!(await deleteOperatorSession(act.tx, id))) return
    record(act, { event: 'session_operator_logout', detail: { operator: operator.id } })
  })
}
