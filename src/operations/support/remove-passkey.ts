import type { Account } from '../../domain/accounts/account.ts'
import { moveFactors, setSecondFactor } from '../../domain/accounts/factors.ts'
import { beginHold } from '../../domain/accounts/hold.ts'
import { actorOf, commandCaller, type Operator } from '../../domain/audit/operator.ts'
import { recordEvent } from '../../domain/audit/record.ts'
import type { Deps } from '../../domain/deps.ts'
import { notify } from '../../domain/notices/notify.ts'
import { endAllSessions } from '../../domain/sessions/end.ts'
import { forgetBrowsers } from '../../domain/throttle/known-browsers.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { removePasskey, type Removal } from '../register-passkey/remove.ts'

/**
 * Removes a lost passkey (docs/screens.md, M8): all sessions end, open sign-ins end, the holder is told. The
 * removal of the last one puts e-mail back in force and begins a hold, in the same transaction, so that
 * no account is left with passkey as its factor and no passkey. 404 `no_such_passkey`.
 */
export async function removeLostPasskey(
  deps: Pick<Deps, 'config' | 'db' | 'keys' | 'now'>,
  { id: accountId }: Account,
  id: string,
  operator: Operator,
): Promise<Removal> {
  return deps.db.transaction().execute(async (tx) => {
    const account = await moveFactors(tx, accountId)
    const { reason } = operator
    const by = actorOf(operator)
    const removal = await removePasskey(tx, deps, { accountId, id, by, reason })
    if (!removal) throw new Problem('no_such_passkey', 404)
    await endAllSessions(tx, deps, accountId)
    await forgetBrowsers(tx, accountId)
    const detail = { passkey: id, name: removal.passkey.name, reason, last: removal.wasLast }
    const event = 'authn_passkey_removed'
    await recordEvent(tx, deps, commandCaller, { event, accountId, actor: by, detail })
    await notify(tx, deps, commandCaller, 'passkey_removed', account)
    if (!removal.wasLast) return removal
    await beginHold(tx, deps, accountId, 'last_passkey_removed')
    if (account.secondFactor === 'email') return removal
    await setSecondFactor(tx, accountId, 'email')
    await notify(tx, deps, commandCaller, 'switched_to_email', account)
    await recordEvent(tx, deps, commandCaller, {
      event: 'authn_factor_switched',
      accountId,
      actor: by,
      detail: { from: 'passkey', to: 'email', reason },
    })
    return removal
  })
}
