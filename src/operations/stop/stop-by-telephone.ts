import { findAccount } from '../../domain/accounts/find.ts'
import { holdAccount } from '../../domain/accounts/hold-account.ts'
import { normaliseLoginId } from '../../domain/accounts/login-id.ts'
import { transact, type ActDeps } from '../../domain/act.ts'
import { fromNowhere } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import { chargeTelephone } from '../../domain/throttle/stops.ts'
import type { StopLevel } from '../../domain/vocabulary/life.ts'
import { stopAccount } from './stop-account.ts'

/**
 * Stops an account for somebody on the telephone: nothing tells whether there is one of this login ID, or what had
 * been stopped before. 429 `too_many_stops` when many of this login ID and level came in an hour.
 */
export async function stopByTelephone(
  deps: ActDeps,
  { loginId, level }: { readonly loginId: string; readonly level: StopLevel },
): Promise<void> {
  const found = await findAccount(deps, loginId)
  const loginIdHash = deps.keys.hash('login-id', normaliseLoginId(loginId))
  await transact(deps, fromNowhere('guest'), async (act) => {
    const held = found && (await holdAccount(act, { id: found.id }))
    await chargeTelephone(act, { loginIdHash, level })
    if (held && held.lockReason !== 'closed' && held.lockReason !== 'erased') {
      return stopAccount(act, held, { level, way: 'telephone', network: null })
    }
    record(act, { event: 'authz_stop_fail', loginIdHash, detail: { why: 'no such account' } })
  })
}

/** Charges a wrong key to the address that sent it; 429 `too_many_stops` when there were too many. */
export async function noteWrongKey(deps: ActDeps, address: string): Promise<void> {
  await transact(deps, { ...fromNowhere('guest'), address }, async (act) => {
    await chargeTelephone(act, { wrongKeyFrom: address })
    record(act, { event: 'authz_stop_fail', detail: { why: 'wrong key' } })
  })
}
