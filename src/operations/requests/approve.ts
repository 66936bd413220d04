// The approval by another operator, who signs with a passkey what will be done (rules 38 and 39).
import type { z } from 'zod'
import { Refusal, transact, type Act, type ActDeps } from '../../domain/act.ts'
import { asOperator } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import type { Deps } from '../../domain/deps.ts'
import type { OperatorSession } from '../../domain/operators/operator.ts'
import {
  makeOperatorRequestOptions,
  type operatorRequestOptions,
} from '../../domain/operators/options.ts'
import { selectOperatorPasskeys } from '../../domain/operators/passkeys.ts'
import {
  checkOperatorAnswer,
  recordOperatorUse,
  type OperatorProof,
} from '../../domain/operators/proof.ts'
import { holdOperatorSession } from '../../domain/operators/sessions.ts'
import { selectOperator } from '../../domain/operators/store.ts'
import type { AuthenticationAnswer } from '../../domain/passkeys/answers.ts'
import { isOver, spendCeremony } from '../../domain/passkeys/ceremony.ts'
import { readClientData } from '../../domain/passkeys/client-data.ts'
import { passkeyNotVerified, whyRefused } from '../../domain/passkeys/problems.ts'
import {
  approvalLabel,
  hashOf,
  readApproval,
  writeApproval,
  type ApprovalNote,
} from '../../domain/requests/challenge.ts'
import { lapseRequest } from '../../domain/requests/close.ts'
import { selectOpenings } from '../../domain/requests/done.ts'
import { readingsOf } from '../../domain/requests/readings.ts'
import type { Receipt } from '../../domain/requests/receipt.ts'
import { isOpen, type DeskRequest, type LapseReason } from '../../domain/requests/request.ts'
import {
  excludeEachOther,
  hasRightToAsk,
  whyNotApprove,
  type Obstacle,
} from '../../domain/requests/two-persons.ts'
import type { Caller } from '../../kernel/caller.ts'
import { toIso } from '../../kernel/clock.ts'
import { Problem, problemOf } from '../../kernel/http/problem.ts'
import { pairRemembered } from '../../limits/requests.ts'
import { findRequest } from '../desk/find.ts'
import { tellOwnAccount } from '../desk/own-account.ts'
import { holdPair, type Held } from './hold-pair.ts'
import { performApproved, type Approved } from './perform.ts'
import { restate, signingOf } from './state-request.ts'
import { readRemembered } from './who-approves.ts'

type ApproveDeps = ActDeps & Pick<Deps, 'site'>

/**
 * Options that ask for a passkey of the approver, with a challenge made of the request's digest; asking writes
 * nothing. Throws 403 `own_request`, `not_allowed`; 404 `not_found`; 409 `request_closed`, `case_open`.
 */
export async function beginApproval(
  deps: ApproveDeps,
  { id: sessionId, operator }: OperatorSession,
  id: string,
): Promise<z.output<typeof operatorRequestOptions>> {
  const { db, keys, site } = deps
  const now = deps.now()
  const request = await findRequest(db, id)
  const remembered = await readRemembered(db, [request.accountId], now)
  const refused = refusalOf(whyNotApprove(request, operator, remembered), isOpen(request, now))
  if (refused) throw refused
  const asker = await selectOperator(db, request.askerId)
  if (!asker || !hasRightToAsk(request, asker)) throw new Problem('request_closed')
  const signing = signingOf(deps)
  if (!(await restate(readingsOf(db), now, request, asker, { signing }))) {
    throw new Problem('request_closed')
  }
  const { id: operatorId, version: operatorVersion } = operator
  const note = {
    requestId: id,
    operatorId,
    sessionId,
    operatorVersion,
    begunAt: now,
  }
  const challenge = writeApproval(keys, request.digest, note)
  return makeOperatorRequestOptions(site, challenge, await selectOperatorPasskeys(db, operatorId))
}

/**
 * Judges the approver's answer in one act, in which everything is read again, and does what was asked for, or lets it
 * wait. Throws 400 `passkey_not_verified`, `ceremony_expired`; 401 `not_signed_in`; 403 `own_request`, `not_allowed`;
 * 404 `not_found`; 409 `request_closed`, `start_again`, `case_open`.
 */
export async function approve(
  deps: ApproveDeps,
  caller: Caller,
  session: OperatorSession,
  id: string,
  answer: AuthenticationAnswer,
): Promise<Approved> {
  const { operator } = session
  const { site } = deps
  const seen = await findRequest(deps.db, id)
  const clientData = readClientData(answer.response.clientDataJSON)
  const { challenge } = clientData
  const read = readApproval(deps.keys, challenge)
  const note = checkNote(read, { request: seen, session, now: deps.now() })
  const proof =
    note instanceof Problem
      ? note
      : await checkOperatorAnswer(deps, operator, challenge, answer, clientData).catch(problemOf)
  const by = asOperator(caller, operator)
  return transact(deps, by, async (act) => {
    const held = await holdPair(act, seen, operator.id)
    const judged = await judgeRequest(act, held)
    if (judged instanceof Refusal) return judged
    // What is none of ours leaves nothing behind but the alert (rule 5).
    if (read === null) {
      if (judged) return act.refuse(judged)
      throw note
    }
    if (note instanceof Problem) return refuse(act, held, judged ?? note)
    await spendCeremony(act, { challenge, begunAt: note.begunAt })
    if (judged) return refuse(act, held, judged)
    if (!(await holdOperatorSession(act.tx, session.id, act.now))) {
      return refuse(act, held, new Problem('not_signed_in'))
    }
    if (held.other.version !== note.operatorVersion) {
      return refuse(act, held, new Problem('start_again'))
    }
    if (proof instanceof Problem) return refuse(act, held, proof)
    const worn = await recordOperatorUse(act, proof)
    if (worn) return refuse(act, held, worn)
    return finish(act, held, makeReceipt(site, held, { note, proof, answer, now: act.now }))
  }).catch(async (error: unknown) => {
    if (!(error instanceof NotDone) || note instanceof Problem) throw error
    return transact<Approved>(deps, by, async (act) => {
      const { request } = await holdPair(act, seen, operator.id)
      await spendCeremony(act, { challenge, begunAt: note.begunAt })
      return lapse(act, request, 'changed')
    })
  })
}

/**
 * One of the acts could not be done although its text could be made: nothing may be left of those before it, and the
 * request must not be signed again for ever. Whatever can be told before is told by `states`.
 */
class NotDone extends Error {}

interface Expected {
  readonly request: DeskRequest
  readonly session: OperatorSession
  readonly now: number
}

/** The note of a challenge for this request, operator and session; a Problem for any other. */
function checkNote(
  read: ReturnType<typeof readApproval>,
  { request, session, now }: Expected,
): ApprovalNote | Problem {
  if (!read) return passkeyNotVerified('no challenge of an approval')
  const { note, hash } = read
  if (note.requestId !== request.id) return passkeyNotVerified('signed for another request')
  if (!hash.equals(hashOf(request.digest, Buffer.from(note.random, 'base64url')))) {
    return passkeyNotVerified('signed for another text')
  }
  if (note.operatorId !== session.operator.id) {
    return passkeyNotVerified('asked for by another operator')
  }
  if (note.sessionId !== session.id) return new Problem('start_again')
  return isOver(note, now) ? new Problem('ceremony_expired') : note
}

/**
 * Whether this operator may approve this request now: a problem if she may not, a refusal if nobody may; what ends the
 * request is written (rule 25).
 */
async function judgeRequest(
  act: Act,
  { request, asker, other }: Held,
): Promise<Problem | Refusal | null> {
  const { accountId } = request
  const remembered = await readRemembered(act.tx, [accountId], act.now)
  const obstacle = whyNotApprove(request, other, remembered)
  if (obstacle === 'own_account') await tellOwnAccount(act, other)
  if (request.state === 'waiting' && !isOpen(request, act.now)) {
    return lapse(act, request, 'expired')
  }
  const refused = refusalOf(obstacle, request.state === 'waiting')
  if (refused) return refused.code === 'request_closed' ? act.refuse(refused) : refused
  return hasRightToAsk(request, asker) ? null : lapse(act, request, 'right_ended')
}

/** Does it, once the signature is right. */
async function finish(act: Act, held: Held, receipt: Receipt): Promise<Approved | Refusal> {
  const { tx, now } = act
  const { request, account, asker } = held
  const restated = await restate(readingsOf(tx), now, request, asker, {
    account,
    signing: signingOf(act),
  })
  if (!restated) return lapse(act, request, 'changed')
  const { accountId } = request
  if (accountId !== null) {
    const openings = await selectOpenings(tx, [accountId], now - pairRemembered)
    if (excludeEachOther(request, openings)) return refuse(act, held, problemFor('excluded'))
  }
  return performApproved(act, held, restated, JSON.stringify(receipt)).catch((error: unknown) => {
    throw error instanceof Problem ? new NotDone(error.code, { cause: error }) : error
  })
}

function makeReceipt(
  site: Deps['site'],
  { request: { text, digest }, other }: Held,
  given: {
    readonly note: ApprovalNote
    readonly proof: OperatorProof
    readonly answer: AuthenticationAnswer
    readonly now: number
  },
): Receipt {
  const { credentialId, publicKey, backupEligible } = given.proof.passkey
  const { authenticatorData, clientDataJSON, signature } = given.answer.response
  return {
    version: 1,
    text,
    digest,
    label: approvalLabel,
    random: given.note.random,
    operatorId: other.id,
    credentialId,
    publicKey,
    backupEligible,
    authenticatorData,
    clientDataJSON,
    signature,
    rpId: site.rpId,
    origin: site.origin,
    time: toIso(given.now),
  }
}

async function lapse(act: Act, request: DeskRequest, why: LapseReason): Promise<Refusal> {
  await lapseRequest(act, request, why)
  return act.refuse(new Problem('request_closed'))
}

/** Audits an answer that is refused. */
function refuse(act: Act, { request: { id, accountId } }: Held, problem: Problem): Refusal {
  const { why } = problem.extras
  const detail = { request: id, reason: typeof why === 'string' ? why : whyRefused(problem) }
  record(act, { event: 'authz_request_fail', accountId, detail })
  return act.refuse(problem)
}

/** Whoever could never approve it hears that first; of a closed one nobody else hears who could have. */
function refusalOf(obstacle: Obstacle | null, isWaiting: boolean): Problem | null {
  const isForEver = obstacle === 'own_request' || obstacle === 'role'
  if (!isWaiting && !isForEver) return new Problem('request_closed')
  return obstacle && problemFor(obstacle)
}

function problemFor(obstacle: Obstacle | 'excluded'): Problem {
  if (obstacle === 'own_request') return new Problem('own_request')
  if (obstacle === 'case') return new Problem('case_open')
  return new Problem('not_allowed', { extras: { why: obstacle } })
}
