import type { ActDeps } from '../domain/act.ts'
import { asHolder } from '../domain/actor.ts'
import { record } from '../domain/audit/record.ts'
import type { Deps } from '../domain/deps.ts'
import { factors } from '../domain/factors/factors.ts'
import type { AuthenticationAnswer } from '../domain/passkeys/answers.ts'
import { selectKeptPasskeys } from '../domain/passkeys/store.ts'
import { recordProof, type NotedProof } from '../domain/sessions/permission.ts'
import type { Session } from '../domain/sessions/session.ts'
import { noteWorked } from '../domain/throttle/passkeys-here.ts'
import { proofPurposes } from '../domain/vocabulary/purposes.ts'
import type { KnownCaller } from '../kernel/caller.ts'
import { Problem } from '../kernel/http/problem.ts'
import { mostLivePasskeys } from '../limits/passkeys.ts'
import { beginProof, withProof } from './check-proof.ts'

/**
 * Begins a proof in a session, with one passkey. 404 `no_such_passkey`; 409 `too_many_passkeys` where it
 * would be for one more than an account may have, `wrong_step` for a change where the factor is e-mail.
 */
export async function beginSessionProof(
  deps: Pick<Deps, 'db' | 'keys' | 'now' | 'site'>,
  session: Session,
  purpose: (typeof proofPurposes)[number],
  passkeyId: string,
): ReturnType<typeof beginProof> {
  const { secondFactor } = session.account
  if (purpose === 'change' && secondFactor !== 'passkey') {
    throw new Problem('wrong_step', { extras: { step: factors[secondFactor].step } })
  }
  if (purpose === 'register') {
    const passkeys = await selectKeptPasskeys(deps.db, session.account.id)
    if (passkeys.length >= mostLivePasskeys) throw new Problem('too_many_passkeys')
  }
  return beginProof(deps, session, purpose, passkeyId)
}

/**
 * Stores a proof with a passkey in a session, for the purpose of its ceremony, and returns the session's
 * new token and the time. Refuses as `withProof` does; 401 `not_signed_in` when the session has ended.
 */
export async function proveInSession(
  deps: ActDeps & Pick<Deps, 'site'>,
  session: Session,
  answer: AuthenticationAnswer,
  { caller, tokens }: KnownCaller,
): Promise<NotedProof> {
  const expected = { purposes: proofPurposes, outrun: 'start_again', tokens } as const
  return withProof(deps, asHolder(caller), session, expected, answer, async (act, proven) => {
    const { account, purpose, passkeyId } = proven
    const noted = await recordProof(act, session.id, proven, account.factorsVersion)
    if (!noted) return act.refuse(new Problem('not_signed_in'))
    const detail = { purpose, passkey: passkeyId }
    record(act, { event: 'authn_proof_success', accountId: account.id, detail })
    await noteWorked(act, account.id, tokens, proven)
    return noted
  })
}
