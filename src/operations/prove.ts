import { takeAccount } from '../domain/accounts/factors.ts'
import { recordEvent } from '../domain/audit/record.ts'
import type { Deps } from '../domain/deps.ts'
import type { AuthenticationAnswer } from '../domain/passkeys/answers.ts'
import { checkProof, counterRefused, noteUse } from '../domain/passkeys/prove.ts'
import { noteProof, type NotedProof } from '../domain/sessions/permission.ts'
import type { Session } from '../domain/sessions/session.ts'
import type { CeremonyPurpose, ProofPurpose } from '../domain/tables/tables.ts'
import type { Caller } from '../kernel/caller.ts'
import { Problem } from '../kernel/http/problem.ts'

/**
 * Notes a proof with a passkey in a session, for the purpose that its ceremony was begun for, and
 * returns the new token and its time. Refuses as `checkProof` does; 409 `start_again` when the factors
 * changed meanwhile; 401 `not_signed_in` when the session ended.
 */
export async function proveInSession(
  deps: Pick<Deps, 'config' | 'db' | 'keys' | 'now'>,
  session: Session,
  answer: AuthenticationAnswer,
  caller: Caller,
): Promise<NotedProof> {
  const proof = await checkProof(deps, session, answer, caller)
  const { purpose } = proof.ceremony
  if (!isProofPurpose(purpose)) throw new Problem('ceremony_expired', 400)
  const proven = await deps.db.transaction().execute(async (tx) => {
    const account = await takeAccount(tx, session.account.id)
    if (account.factorsVersion !== proof.ceremony.factorsVersion) {
      throw new Problem('start_again', 409)
    }
    if (!(await noteUse(tx, deps, account, proof, caller))) return null
    const noted = await noteProof(tx, deps, session.id, purpose, account.factorsVersion)
    if (!noted) throw new Problem('not_signed_in', 401)
    await recordEvent(tx, deps, caller, {
      event: 'authn_proof_success',
      accountId: account.id,
      detail: { purpose, passkey: proof.passkey.id },
    })
    return noted
  })
  if (!proven) throw counterRefused()
  return proven
}

function isProofPurpose(purpose: CeremonyPurpose): purpose is ProofPurpose {
  return purpose === 'register' || purpose === 'switch' || purpose === 'step-up'
}
