// What support changes of an account on the command line: each is held, told to the holder, on record.
import type { Account } from '../../domain/accounts/account.ts'
import { setEmail, setPasswordHash } from '../../domain/accounts/change.ts'
import { isEmailAddress } from '../../domain/accounts/email.ts'
import { moveFactors, takeAccount } from '../../domain/accounts/factors.ts'
import { beginHold } from '../../domain/accounts/hold.ts'
import { actorOf, commandCaller, type Operator } from '../../domain/audit/operator.ts'
import { recordEvent } from '../../domain/audit/record.ts'
import type { Deps } from '../../domain/deps.ts'
import { notify } from '../../domain/notices/notify.ts'
import { findPasswordFault, type PasswordFault } from '../../domain/password/rules.ts'
import { endAllSessions } from '../../domain/sessions/end.ts'
import { forgetBrowsers } from '../../domain/throttle/known-browsers.ts'

type ChangeDeps = Pick<Deps, 'config' | 'db' | 'hasher' | 'keys' | 'now'>

/** Sets another password and ends all sessions. Returns what is wrong with the password, or null. */
export async function changePassword(
  deps: ChangeDeps,
  account: Account,
  password: string,
  operator: Operator,
): Promise<PasswordFault | null> {
  const fault = findPasswordFault(password, { ...account, brand: deps.config.brand.name })
  if (fault) return fault
  const passwordHash = await deps.hasher.hash(password)
  return deps.db.transaction().execute(async (tx) => {
    const held = await takeAccount(tx, account.id)
    // It may have got another address while this was hashed.
    const faultNow = findPasswordFault(password, { ...held, brand: deps.config.brand.name })
    if (faultNow) return faultNow
    const moved = await moveFactors(tx, account.id)
    await setPasswordHash(tx, account.id, passwordHash)
    await endAllSessions(tx, deps, account.id)
    await forgetBrowsers(tx, account.id)
    await beginHold(tx, deps, account.id, 'password_changed')
    await notify(tx, deps, commandCaller, 'password_changed', moved)
    await recordEvent(tx, deps, commandCaller, {
      event: 'authn_password_change',
      accountId: account.id,
      actor: actorOf(operator),
      detail: { reason: operator.reason },
    })
    return null
  })
}

/** Sets another mail address, ends all sessions, and tells the old address and the new one. */
export async function changeEmail(
  deps: ChangeDeps,
  account: Account,
  email: string,
  operator: Operator,
): Promise<'email_not_allowed' | null> {
  if (!isEmailAddress(email)) return 'email_not_allowed'
  await deps.db.transaction().execute(async (tx) => {
    const moved = await moveFactors(tx, account.id)
    await setEmail(tx, account.id, email)
    await endAllSessions(tx, deps, account.id)
    await forgetBrowsers(tx, account.id)
    await beginHold(tx, deps, account.id, 'email_changed')
    await notify(tx, deps, commandCaller, 'email_changed', moved)
    await notify(tx, deps, commandCaller, 'email_changed', { ...moved, email })
    await recordEvent(tx, deps, commandCaller, {
      event: 'user_updated',
      accountId: account.id,
      actor: actorOf(operator),
      detail: { what: 'email', reason: operator.reason },
    })
  })
  return null
}
