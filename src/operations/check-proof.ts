// A proof with one of an account's passkeys: for a sign-in, or for an action in a session.
import type { z } from 'zod'
import type { Account } from '../domain/accounts/account.ts'
import type { ActDeps } from '../domain/act.ts'
import type { By } from '../domain/actor.ts'
import type { Deps } from '../domain/deps.ts'
import type { AuthenticationAnswer } from '../domain/passkeys/answers.ts'
import { beginCeremony, spendCeremony } from '../domain/passkeys/ceremony.ts'
import { readClientData, type ClientData } from '../domain/passkeys/client-data.ts'
import { makeRequestOptions, type requestOptions } from '../domain/passkeys/options.ts'
import { passkeyNotVerified, passkeyUnknown } from '../domain/passkeys/problems.ts'
import { selectLivePasskey, type Ceremony } from '../domain/passkeys/store.ts'
import type { PasskeyProof } from '../domain/passkeys/use.ts'
import { verifyAssertion } from '../domain/passkeys/verify.ts'
import type { CeremonyPurpose } from '../domain/vocabulary/purposes.ts'
import { Problem } from '../kernel/http/problem.ts'
import { isId } from '../kernel/secrets.ts'
import { auditRefusal } from './audit-refusal.ts'

/** The sign-in or session that needs the proof. */
interface Prover {
  readonly id: string
  readonly account: Account
}

/** Begins a `get` ceremony for exactly one passkey; 404 `no_such_passkey` when it is not the account's. */
export async function beginProof(
  deps: Pick<Deps, 'db' | 'now' | 'site'>,
  { id: owner, account }: Prover,
  purpose: CeremonyPurpose,
  passkeyId: string,
): Promise<z.output<typeof requestOptions>> {
  const passkey =
    isId(passkeyId) && (await selectLivePasskey(deps.db, { accountId: account.id, id: passkeyId }))
  if (!passkey) throw new Problem('no_such_passkey')
  const challenge = await beginCeremony(deps, { kind: 'get', purpose, owner, account, passkeyId })
  return makeRequestOptions(deps.site, challenge, passkey)
}

/**
 * Checks the browser's answer. Throws 400 `ceremony_expired`, `passkey_not_verified` (with
 * `unknown: true` only for a credential that is no live passkey of this account) and 409
 * `start_again` when the factors have changed since the ceremony began.
 */
export async function checkProof(
  deps: ActDeps & Pick<Deps, 'site'>,
  by: By,
  prover: Prover,
  answer: AuthenticationAnswer,
): Promise<PasskeyProof> {
  const { account } = prover
  const clientData = readClientData(answer.response.clientDataJSON)
  const ceremony = await spendCeremony(deps, 'get', prover.id, clientData.challenge)
  if (ceremony.factorsVersion !== account.factorsVersion) throw new Problem('start_again')
  return auditRefusal(deps, by, ceremony, async () => ({
    ceremony,
    ...(await checkAnswer(deps, account, ceremony, answer, clientData)),
  }))
}

async function checkAnswer(
  deps: Pick<Deps, 'db' | 'site'>,
  account: Account,
  { challenge, passkeyId }: Ceremony,
  answer: AuthenticationAnswer,
  clientData: ClientData,
): Promise<Omit<PasskeyProof, 'ceremony'>> {
  const passkey = await selectLivePasskey(deps.db, {
    accountId: account.id,
    credentialId: answer.id,
  })
  if (!passkey) throw passkeyUnknown()
  if (passkey.id !== passkeyId) throw passkeyNotVerified('another passkey than the chosen one')
  const prover = { account, passkey }
  const assertion = verifyAssertion(deps.site, challenge, prover, answer, clientData)
  return { passkey, assertion }
}
