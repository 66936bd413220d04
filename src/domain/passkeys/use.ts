import { Problem } from '../../kernel/http/problem.ts'
import type { Account } from '../accounts/account.ts'
import type { Act } from '../act.ts'
import { record } from '../audit/record.ts'
import { notify } from '../outbox/notify.ts'
import type { Passkey } from './passkey.ts'
import { passkeyNotVerified } from './problems.ts'
import { selectLivePasskey, updateUse, updateUseAlone } from './store.ts'
import type { Assertion } from './verify.ts'

/** A valid proof; `recordUse` stores it in the transaction that writes its outcome. */
export interface PasskeyProof {
  readonly passkey: Passkey
  readonly assertion: Assertion
}

/**
 * Stores the use of the passkey and compares its counter with the stored one in the same statement: of
 * two concurrent answers with equal counters one passes. Returns the refusal of the other, or null.
 */
export async function recordUse(
  act: Act,
  account: Account,
  { passkey: { id }, assertion }: PasskeyProof,
): Promise<Problem | null> {
  const { tx } = act
  const use = { ...assertion, now: act.now }
  if (await updateUse(tx, id, use)) return null
  const passkey = await selectLivePasskey(tx, { accountId: account.id, id })
  if (!passkey) throw new Problem('start_again')
  notify(act, account, 'passkey_risk')
  const detail = { passkey: id, kept: passkey.counter, got: assertion.counter }
  record(act, { event: 'authn_passkey_counter', accountId: account.id, detail })
  // Rule 6: a key that cannot be backed up has one counter, so a lower counter means a cloned key.
  if (!passkey.backupEligible) return passkeyNotVerified('counter')
  await updateUseAlone(tx, id, use)
  return null
}
