import { moveFactors, setSecondFactor, takeAccount } from '../domain/accounts/factors.ts'
import { beginHold } from '../domain/accounts/hold.ts'
import { recordEvent } from '../domain/audit/record.ts'
import type { Deps } from '../domain/deps.ts'
import { notify } from '../domain/notices/notify.ts'
import { listPasskeys } from '../domain/passkeys/list.ts'
import { endOtherSessions } from '../domain/sessions/end.ts'
import { useProof } from '../domain/sessions/permission.ts'
import type { Session } from '../domain/sessions/session.ts'
import type { SecondFactor } from '../domain/tables/tables.ts'
import type { Caller } from '../kernel/caller.ts'
import { Problem } from '../kernel/http/problem.ts'

/**
 * Puts the other second factor in force, on a fresh proof with a passkey in either direction (rule 7):
 * 409 `no_passkey`, 403 `passkey_needed`. Ends the account's other sessions and its open sign-ins.
 * Asking for the factor that is in force already changes nothing.
 */
export async function switchSecondFactor(
  deps: Pick<Deps, 'config' | 'db' | 'keys' | 'now'>,
  session: Session,
  method: SecondFactor,
  caller: Caller,
): Promise<void> {
  if (session.account.secondFactor === method) return
  await deps.db.transaction().execute(async (tx) => {
    // Of two equal requests at once the second finds nothing left to change.
    if ((await takeAccount(tx, session.account.id)).secondFactor === method) return
    const account = await moveFactors(tx, session.account.id)
    if ((await listPasskeys(tx, account.id)).length === 0) throw new Problem('no_passkey', 409)
    const versionBefore = account.factorsVersion - 1
    if (!(await useProof(tx, deps, session.id, 'switch', versionBefore))) {
      throw new Problem('passkey_needed', 403)
    }
    await setSecondFactor(tx, account.id, method)
    await endOtherSessions(tx, deps, account.id, session.id)
    if (method === 'email') await beginHold(tx, deps, account.id, 'factor_switched_to_email')
    const notice = method === 'email' ? 'switched_to_email' : 'switched_to_passkey'
    await notify(tx, deps, caller, notice, account)
    await recordEvent(tx, deps, caller, {
      event: 'authn_factor_switched',
      accountId: account.id,
      detail: { from: account.secondFactor, to: method },
    })
  })
}
