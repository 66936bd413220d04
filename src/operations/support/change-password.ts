import type { Account } from '../../domain/accounts/account.ts'
import { changeFactors, holdAccount } from '../../domain/accounts/hold-account.ts'
import { updatePasswordHash } from '../../domain/accounts/store.ts'
import { beginHold } from '../../domain/accounts/withdrawal-hold.ts'
import { transact, type ActDeps } from '../../domain/act.ts'
import { fromNowhere, type Operator } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import type { Deps } from '../../domain/deps.ts'
import { notify } from '../../domain/outbox/notify.ts'
import { findPasswordFault, type PasswordFault } from '../../domain/password/rules.ts'
import { deleteSessions } from '../../domain/sessions/store.ts'
import { forgetBrowsers } from '../../domain/throttle/store.ts'

/** Sets another password, ends all sessions and begins a hold, which the holder is told. Returns the fault of the password, or null. */
export async function changePassword(
  deps: ActDeps & Pick<Deps, 'hasher'>,
  account: Account,
  password: string,
  operator: Operator,
): Promise<PasswordFault | null> {
  const brand = deps.config.brand.name
  const fault = findPasswordFault(password, { ...account, brand })
  if (fault) return fault
  const passwordHash = await deps.hasher.hash(password)
  return transact(deps, fromNowhere(operator), async (act) => {
    const held = await holdAccount(act, { id: account.id })
    // The account's address may have changed during the hashing.
    const faultNow = findPasswordFault(password, { ...held, brand })
    if (faultNow) return faultNow
    await changeFactors(act, held)
    await updatePasswordHash(act.tx, held.id, passwordHash)
    await deleteSessions(act, held.id, 'support')
    await forgetBrowsers(act.tx, held.id)
    notify(act, held, 'password_changed', await beginHold(act, held, 'password_changed'))
    record(act, { event: 'authn_password_change', accountId: held.id })
    return null
  })
}
