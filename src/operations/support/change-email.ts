import type { Account } from '../../domain/accounts/account.ts'
import { endActivation } from '../../domain/accounts/activation.ts'
import { isEmailAddress } from '../../domain/accounts/email.ts'
import { changeFactors, holdAccount } from '../../domain/accounts/hold-account.ts'
import { replaceEmail } from '../../domain/accounts/replace-email.ts'
import { beginHold } from '../../domain/accounts/withdrawal-hold.ts'
import { transact, type Act, type ActDeps } from '../../domain/act.ts'
import { fromNowhere, type Operator } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import { notify } from '../../domain/outbox/notify.ts'
import { watchAddressChange } from '../../domain/requests/watch.ts'
import { deleteSessions } from '../../domain/sessions/store.ts'
import { forgetBrowsers } from '../../domain/throttle/browsers-store.ts'
import type { SessionEndReason } from '../../domain/vocabulary/reasons.ts'

/** Sets another mail address in an act of its own, as `putEmail` does. */
export async function changeEmail(
  deps: ActDeps,
  { id }: Pick<Account, 'id'>,
  email: string,
  operator: Operator,
): Promise<'email_not_allowed' | 'contract_ended' | null> {
  if (!isEmailAddress(email)) return 'email_not_allowed'
  return transact(deps, fromNowhere(operator), async (act) => {
    const account = await holdAccount(act, { id })
    if (account.lockReason === 'closed') return 'contract_ended'
    await putEmail(act, account, email)
    await watchAddressChange(act, { accountId: id })
    return null
  })
}

interface EndedSessions {
  /** What their browsers are told. */
  readonly why: SessionEndReason
  /** The session that goes on: the one in which the address was changed. */
  readonly keeps?: string
}

/**
 * Sets another mail address as part of the act, ends the sessions, all of them where support does it, and tells the
 * old address and the new one.
 */
export async function putEmail(
  act: Act,
  { id }: Pick<Account, 'id'>,
  email: string,
  { why, keeps }: EndedSessions = { why: 'support' },
): Promise<void> {
  const account = await replaceEmail(act, await changeFactors(act, { id }), email)
  await deleteSessions(act, id, why, keeps === undefined ? {} : { except: keeps })
  await forgetBrowsers(act.tx, id)
  endActivation(act, account)
  const holdUntil = await beginHold(act, account, 'email_changed')
  notify(act, account, 'email_changed', holdUntil)
  record(act, { event: 'user_updated', accountId: id, detail: { what: 'email' } })
}
