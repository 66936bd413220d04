import { holdAccount } from '../domain/accounts/hold-account.ts'
import { transact, type ActDeps } from '../domain/act.ts'
import { asHolder } from '../domain/actor.ts'
import { record } from '../domain/audit/record.ts'
import type { Deps } from '../domain/deps.ts'
import type { AuthenticationAnswer } from '../domain/passkeys/answers.ts'
import { counterRefused, recordUse } from '../domain/passkeys/use.ts'
import { recordProof, type NotedProof } from '../domain/sessions/permission.ts'
import type { Session } from '../domain/sessions/session.ts'
import {
  proofPurposes,
  type CeremonyPurpose,
  type ProofPurpose,
} from '../domain/vocabulary/purposes.ts'
import type { Caller } from '../kernel/caller.ts'
import { Problem } from '../kernel/http/problem.ts'
import { checkProof } from './check-proof.ts'

/**
 * Stores a proof with a passkey in a session, for the purpose of its ceremony, and returns the session's
 * new token and the time. Refuses as `checkProof` does; 409 `start_again` when the factors have changed
 * meanwhile; 401 `not_signed_in` when the session has ended.
 */
export async function proveInSession(
  deps: ActDeps & Pick<Deps, 'site'>,
  session: Session,
  answer: AuthenticationAnswer,
  caller: Caller,
): Promise<NotedProof> {
  const by = asHolder(caller)
  const proof = await checkProof(deps, by, session, answer)
  const { purpose, factorsVersion } = proof.ceremony
  if (!isProofPurpose(purpose)) throw new Problem('ceremony_expired')
  return transact(deps, by, async (act) => {
    const account = await holdAccount(act, { id: session.account.id, factorsVersion })
    if (!(await recordUse(act, account, proof))) return act.refuse(counterRefused())
    const noted = await recordProof(act, session.id, purpose, account.factorsVersion)
    if (!noted) throw new Problem('not_signed_in')
    const detail = { purpose, passkey: proof.passkey.id }
    record(act, { event: 'authn_proof_success', accountId: account.id, detail })
    return noted
  })
}

function isProofPurpose(purpose: CeremonyPurpose): purpose is ProofPurpose {
  return proofPurposes.some((one) => one === purpose)
}
