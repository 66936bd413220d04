// A proof with one of an account's passkeys: for a sign-in, or for an action in a session.
import type { z } from 'zod'
import type { Account } from '../domain/accounts/account.ts'
import { holdAccount } from '../domain/accounts/hold-account.ts'
import { transact, type Act, type ActDeps, type Refusal } from '../domain/act.ts'
import type { By } from '../domain/actor.ts'
import type { Deps } from '../domain/deps.ts'
import type { AuthenticationAnswer } from '../domain/passkeys/answers.ts'
import {
  beginCeremony,
  openCeremony,
  refuseAnswer,
  spendCeremony,
  type Ceremony,
} from '../domain/passkeys/ceremony.ts'
import { readClientData, type ClientData } from '../domain/passkeys/client-data.ts'
import { makeRequestOptions, type requestOptions } from '../domain/passkeys/options.ts'
import { isLive } from '../domain/passkeys/passkey.ts'
import { passkeyNotVerified, passkeyUnknown } from '../domain/passkeys/problems.ts'
import { selectKeptPasskey, selectLivePasskey } from '../domain/passkeys/store.ts'
import { recordUse, type PasskeyProof } from '../domain/passkeys/use.ts'
import { verifyAssertion } from '../domain/passkeys/verify.ts'
import { noteFailed, type WorkedHere } from '../domain/throttle/passkeys-here.ts'
import type { CeremonyPurpose } from '../domain/vocabulary/purposes.ts'
import { Problem, problemOf } from '../kernel/http/problem.ts'
import { isId } from '../kernel/secrets.ts'

/** The sign-in or session that needs the proof. */
interface Prover {
  readonly id: string
  readonly account: Account
}

/** Begins a `get` ceremony for exactly one passkey; 404 `no_such_passkey` when it is not the account's. */
export async function beginProof(
  deps: Pick<Deps, 'db' | 'keys' | 'now' | 'site'>,
  { id: owner, account }: Prover,
  purpose: CeremonyPurpose,
  passkeyId: string,
): Promise<z.output<typeof requestOptions>> {
  const passkey =
    isId(passkeyId) && (await selectLivePasskey(deps.db, { accountId: account.id, id: passkeyId }))
  if (!passkey) throw new Problem('no_such_passkey')
  const challenge = beginCeremony(deps, { kind: 'get', purpose, owner, account, passkeyId })
  return makeRequestOptions(deps.site, challenge, passkey)
}

/** What is expected of an answer. */
interface Expected<P extends CeremonyPurpose> {
  readonly purposes: readonly P[]
  /** Where one passkey is asked for by its address. */
  readonly passkeyId?: string
  /** The refusal when the factors have changed since the ceremony began. */
  readonly outrun: 'no_sign_in' | 'start_again'
  /** Those by which accounts know the browser, which remembers a failure. */
  readonly tokens: readonly string[]
}

/** What was proven, to whom and for what. */
interface Proven<P extends CeremonyPurpose> extends WorkedHere {
  readonly account: Account
  readonly purpose: P
  /** When the passkey was registered. */
  readonly passkeySince: number
}

/**
 * Judges the browser's answer in one act, which spends its challenge whatever the outcome, and goes on
 * with `finish` if it proves the passkey. Throws 400 `ceremony_expired`, `passkey_not_verified` (with
 * `unknown: true` only for a credential that is no passkey of this account, live or suspended); `outrun` when the
 * factors have changed since the ceremony began.
 */
export async function withProof<T, P extends CeremonyPurpose>(
  deps: ActDeps & Pick<Deps, 'site'>,
  by: By,
  { id: owner, account }: Prover,
  { outrun, tokens, ...expected }: Expected<P>,
  answer: AuthenticationAnswer,
  finish: (act: Act, proven: Proven<P>) => Promise<T | Refusal>,
): Promise<T> {
  const clientData = readClientData(answer.response.clientDataJSON)
  const wanted = { ...expected, kind: 'get', owner } as const
  const ceremony = openCeremony(deps, wanted, clientData.challenge)
  const proof = await checkAnswer(deps, account, ceremony, answer, clientData).catch(problemOf)
  return transact(deps, by, async (act) => {
    const held = await holdAccount(act, { id: ceremony.accountId })
    await spendCeremony(act, ceremony)
    if (held.factorsVersion !== ceremony.factorsVersion) {
      return act.refuse(new Problem(outrun))
    }
    if (proof instanceof Problem) return refuseProof(act, ceremony, tokens, proof)
    const refusal = await recordUse(act, held, proof)
    if (refusal) return refuseProof(act, ceremony, tokens, refusal)
    const { authenticatorAttachment: attachment } = answer
    const { purpose } = ceremony
    const { id: passkeyId, createdAt: passkeySince } = proof.passkey
    return finish(act, { account: held, purpose, passkeyId, passkeySince, attachment })
  })
}

/** As `refuseAnswer`; this browser remembers that the chosen passkey has failed in it. */
async function refuseProof(
  act: Act,
  ceremony: Ceremony,
  tokens: readonly string[],
  problem: Problem,
): Promise<Refusal> {
  const { accountId, passkeyId } = ceremony
  if (passkeyId !== null) await noteFailed(act, accountId, tokens, passkeyId)
  return refuseAnswer(act, ceremony, problem)
}

async function checkAnswer(
  deps: Pick<Deps, 'db' | 'site'>,
  account: Account,
  { challenge, passkeyId }: Ceremony,
  answer: AuthenticationAnswer,
  clientData: ClientData,
): Promise<PasskeyProof> {
  const passkey = await selectKeptPasskey(deps.db, {
    accountId: account.id,
    credentialId: answer.id,
  })
  if (!passkey) throw passkeyUnknown()
  // No browser may forget it: it may be resumed.
  if (!isLive(passkey)) throw passkeyNotVerified('it is suspended')
  if (passkey.id !== passkeyId) throw passkeyNotVerified('another passkey than the chosen one')
  const prover = { account, passkey }
  const assertion = verifyAssertion(deps.site, challenge, prover, answer, clientData)
  return { passkey, assertion }
}
