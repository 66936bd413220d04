import type { Account } from '../../../src/domain/accounts/account.ts'
import { holdAccount } from '../../../src/domain/accounts/hold-account.ts'
import { transact, type ActDeps } from '../../../src/domain/act.ts'
import { fromNowhere, type Operator } from '../../../src/domain/actor.ts'
import type { Deps } from '../../../src/domain/deps.ts'
import { judgePassword } from '../../../src/domain/password/judge.ts'
import { findPasswordFault, type PasswordFault } from '../../../src/domain/password/rules.ts'
import { putPassword } from '../../../src/operations/passwords/put-password.ts'

/**
 * Sets another password as everything does that sets one: it ends all sessions and begins a hold, which the holder is
 * told. Returns the fault of the password, or null.
 */
export async function changePassword(
  deps: ActDeps & Pick<Deps, 'hasher'>,
  account: Account,
  password: string,
  operator: Operator,
): Promise<PasswordFault | null> {
  const fault = await judgePassword(deps, password, account)
  if (fault) return fault
  const passwordHash = await deps.hasher.hash(password)
  return transact(deps, fromNowhere(operator), async (act) => {
    const held = await holdAccount(act, { id: account.id })
    // The account's address may have changed during the hashing.
    const faultNow = findPasswordFault(password, { ...held, brands: deps.config.brand.names })
    if (faultNow) return faultNow
    await putPassword(act, held, { passwordHash, why: 'support', holds: true })
    return null
  })
}
