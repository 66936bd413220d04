import type { Account } from '../../domain/accounts/account.ts'
import { endActivation } from '../../domain/accounts/activation.ts'
import { changeFactors } from '../../domain/accounts/hold-account.ts'
import { updatePasswordHash } from '../../domain/accounts/store.ts'
import { beginHold } from '../../domain/accounts/withdrawal-hold.ts'
import type { Act } from '../../domain/act.ts'
import { record } from '../../domain/audit/record.ts'
import { notify } from '../../domain/outbox/notify.ts'
import { deleteSessions } from '../../domain/sessions/store.ts'
import { forgetBrowsers } from '../../domain/throttle/browsers-store.ts'
import { liftPasswordWait } from '../../domain/throttle/passwords.ts'
import type { SessionEndReason } from '../../domain/vocabulary/reasons.ts'

interface NewPassword {
  readonly passwordHash: string
  /** What the browsers are told whose sessions end. */
  readonly why: SessionEndReason
  /** The session that goes on: the one in which the password was changed. */
  readonly keeps?: string
  /** Whether it begins a hold (rule 11). */
  readonly holds: boolean
}

/**
 * Sets the password of an account that the act holds: ends its other sessions and its open sign-ins, forgets its
 * browsers and the wrong passwords of before, and tells the holder. A lock stays.
 */
export async function putPassword(
  act: Act,
  held: Account,
  { passwordHash, why, keeps, holds }: NewPassword,
): Promise<void> {
  const { id: accountId } = held
  await changeFactors(act, held)
  await updatePasswordHash(act.tx, accountId, passwordHash)
  await deleteSessions(act, accountId, why, keeps === undefined ? {} : { except: keeps })
  await forgetBrowsers(act.tx, accountId)
  await liftPasswordWait(act.tx, act.keys, held.loginId)
  endActivation(act, held)
  const holdUntil = holds ? await beginHold(act, held, 'password_changed') : null
  notify(act, held, 'password_changed', holdUntil)
  record(act, { event: 'authn_password_change', accountId })
}
