// Proving an account with one of its passkeys: for a sign-in, or for an action in a session.
import type { z } from 'zod'
import type { Caller } from '../../kernel/caller.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { isId } from '../../kernel/secrets.ts'
import type { Account } from '../accounts/account.ts'
import { recordEvent } from '../audit/record.ts'
import type { Deps } from '../deps.ts'
import { notify } from '../notices/notify.ts'
import type { CeremonyPurpose, Tx } from '../tables/tables.ts'
import type { AuthenticationAnswer } from './answers.ts'
import { beginCeremony, spendCeremony } from './ceremony.ts'
import { readClientData, type ClientData } from './client-data.ts'
import { makeRequestOptions, type requestOptions } from './options.ts'
import type { Passkey } from './passkey.ts'
import { passkeyNotVerified, passkeyUnknown } from './problems.ts'
import { recordFailure } from './record-failure.ts'
import { selectLivePasskey, updateUse, updateUseAlone, type Ceremony } from './store.ts'
import { verifyAssertion, type Assertion } from './verify.ts'

/** The sign-in or the session that proves itself. */
export interface Prover {
  readonly id: string
  readonly account: Account
}

/** A proof that holds but is not written down yet: `noteUse` does that where its outcome is written. */
export interface PasskeyProof {
  readonly ceremony: Ceremony
  readonly passkey: Passkey
  readonly assertion: Assertion
}

type ProveDeps = Pick<Deps, 'config' | 'db' | 'keys' | 'now'>

/** Begins a `get` for exactly one passkey; 404 `no_such_passkey` when it is not the account's. */
export async function beginProof(
  deps: Pick<Deps, 'config' | 'db' | 'now'>,
  { id: owner, account }: Prover,
  purpose: CeremonyPurpose,
  passkeyId: string,
): Promise<z.output<typeof requestOptions>> {
  const passkey =
    isId(passkeyId) && (await selectLivePasskey(deps.db, { accountId: account.id, id: passkeyId }))
  if (!passkey) throw new Problem('no_such_passkey', 404)
  const challenge = await beginCeremony(deps, { kind: 'get', purpose, owner, account, passkeyId })
  return makeRequestOptions(deps.config, challenge, passkey)
}

/**
 * Checks the browser's answer. Throws 400 `ceremony_expired`, `passkey_not_verified` (with
 * `unknown: true` only for a credential that is no live passkey of this account) and 409
 * `start_again` when the factors have changed since the ceremony began.
 */
export async function checkProof(
  deps: ProveDeps,
  prover: Prover,
  answer: AuthenticationAnswer,
  caller: Caller,
): Promise<PasskeyProof> {
  const { account } = prover
  const clientData = readClientData(answer.response.clientDataJSON)
  const ceremony = await spendCeremony(deps, 'get', prover.id, clientData.challenge)
  if (ceremony.factorsVersion !== account.factorsVersion) throw new Problem('start_again', 409)
  try {
    return { ceremony, ...(await checkAnswer(deps, account, ceremony, answer, clientData)) }
  } catch (error) {
    await recordFailure(deps.db, deps, account, ceremony, error, caller)
    throw error
  }
}

async function checkAnswer(
  deps: ProveDeps,
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
  const assertion = verifyAssertion(deps.config, challenge, prover, answer, clientData)
  return { passkey, assertion }
}

/**
 * Notes the use of the passkey in the transaction that writes its outcome, and judges the counter by
 * what is kept at that moment: of two answers with one counter the second did not rise, however close
 * they came. False when the use is refused for it; that is to be committed, and then refused.
 */
export async function noteUse(
  tx: Tx,
  deps: Omit<ProveDeps, 'db'>,
  account: Account,
  { ceremony, passkey: { id }, assertion }: PasskeyProof,
  caller: Caller,
): Promise<boolean> {
  const use = { ...assertion, now: deps.now() }
  if (await updateUse(tx, id, use)) return true
  const passkey = await selectLivePasskey(tx, { accountId: account.id, id })
  if (!passkey) throw new Problem('start_again', 409)
  await tellCounterRisk(tx, deps, account, passkey, assertion, caller)
  if (passkey.backupEligible) return updateUseAlone(tx, id, use)
  // Rule 6: a key that cannot be backed up has one counter, so a lower one is another key.
  await recordFailure(tx, deps, account, ceremony, counterRefused(), caller)
  return false
}

/** What a use that `noteUse` did not note is refused with. */
export function counterRefused(): Problem {
  return passkeyNotVerified('counter')
}

async function tellCounterRisk(
  tx: Tx,
  deps: Omit<ProveDeps, 'db'>,
  account: Account,
  passkey: Passkey,
  assertion: Assertion,
  caller: Caller,
): Promise<void> {
  await notify(tx, deps, caller, 'passkey_risk', account)
  await recordEvent(tx, deps, caller, {
    event: 'authn_passkey_counter',
    accountId: account.id,
    detail: { passkey: passkey.id, kept: passkey.counter, got: assertion.counter },
  })
}
