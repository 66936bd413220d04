import type { Deps } from '../../domain/deps.ts'
import type { Passkey } from '../../domain/passkeys/passkey.ts'
import {
  selectLivePasskey,
  selectLivePasskeys,
  updateRemoved,
} from '../../domain/passkeys/store.ts'
import type { Tx } from '../../domain/tables/tables.ts'

export interface Removal {
  readonly passkey: Passkey
  /** Whether the account has no live passkey any more. */
  readonly wasLast: boolean
}

/**
 * Takes a passkey out of use; it stays on record with who, when and why (rule 12). Null when the
 * account has no such live passkey. The caller has moved the account's factors.
 */
export async function removePasskey(
  tx: Tx,
  { now }: Pick<Deps, 'now'>,
  { accountId, id, by, reason }: { accountId: string; id: string; by: string; reason: string },
): Promise<Removal | null> {
  const passkey = await selectLivePasskey(tx, { accountId, id })
  if (!passkey) return null
  await updateRemoved(tx, id, { accountId, now: now(), by, reason })
  const left = await selectLivePasskeys(tx, accountId)
  return { passkey, wasLast: left.length === 0 }
}
