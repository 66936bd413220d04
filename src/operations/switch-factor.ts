import { endActivation } from '../domain/accounts/activation.ts'
import { changeFactors, holdAccount } from '../domain/accounts/hold-account.ts'
import { updateSecondFactor } from '../domain/accounts/store.ts'
import { beginHold } from '../domain/accounts/withdrawal-hold.ts'
import { transact, type ActDeps } from '../domain/act.ts'
import { asHolder } from '../domain/actor.ts'
import { record } from '../domain/audit/record.ts'
import { factors, type Factor } from '../domain/factors/factors.ts'
import { notify } from '../domain/outbox/notify.ts'
import { selectLivePasskeys } from '../domain/passkeys/store.ts'
import type { Session } from '../domain/sessions/session.ts'
import { deleteSessions, takeProof } from '../domain/sessions/store.ts'
import type { Caller } from '../kernel/caller.ts'
import { Problem } from '../kernel/http/problem.ts'

/**
 * Switches the second factor, in either direction on a fresh proof with a passkey (rule 7): 409
 * `no_passkey`, 403 `passkey_needed`. Ends the account's other sessions and its open sign-ins. A request
 * for the factor already in force changes nothing.
 */
export async function switchSecondFactor(
  deps: ActDeps,
  session: Session,
  method: Factor,
  caller: Caller,
): Promise<void> {
  if (session.account.secondFactor === method) return
  await transact(deps, asHolder(caller), async (act) => {
    const account = await holdAccount(act, { id: session.account.id })
    // Of two equal concurrent requests the second finds nothing to change.
    if (account.secondFactor === method) return
    if ((await selectLivePasskeys(act.tx, account.id)).length === 0) throw new Problem('no_passkey')
    if (!(await takeProof(act, session.id, 'switch', account.factorsVersion))) {
      throw new Problem('passkey_needed')
    }
    await changeFactors(act, account)
    await updateSecondFactor(act.tx, account.id, method)
    await deleteSessions(act, account.id, 'settings', { except: session.id })
    endActivation(act, account)
    const { switchHold } = factors[method]
    const holdUntil = switchHold ? await beginHold(act, account, switchHold) : null
    notify(act, account, `switched_to_${method}`, holdUntil)
    const detail = { from: account.secondFactor, to: method }
    record(act, { event: 'authn_factor_switched', accountId: account.id, detail })
  })
}
