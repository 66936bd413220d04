// Rules 16 to 18 within a session: its own count of wrong passwords, as a known browser has one.
import { findAccount } from '../../domain/accounts/find.ts'
import { transact, type ActDeps } from '../../domain/act.ts'
import { asHolder } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import type { Deps } from '../../domain/deps.ts'
import { checkPassword } from '../../domain/password/check.ts'
import type { Session } from '../../domain/sessions/session.ts'
import {
  askerOf,
  chargePassword,
  failuresThatLock,
  forgivePassword,
  passwordWait,
  refundPassword,
  type PasswordTry,
} from '../../domain/throttle/passwords.ts'
import type { Caller } from '../../kernel/caller.ts'
import { Problem, waitProblem } from '../../kernel/http/problem.ts'

/**
 * Refuses unless this is the present password of the session's account. Each try is charged to the session before
 * it is checked, and a right one given back: whoever has only a session guesses as slowly as at the sign-in, and
 * keeps the holder out of nothing. 400 `password_wrong`; 429 `too_many_attempts` while it waits; 409
 * `start_again` when the password has changed; 503 `busy`.
 */
export async function requirePassword(
  deps: ActDeps & Pick<Deps, 'hasher'>,
  { id: sessionId, account: seen }: Session,
  password: string,
  caller: Caller,
): Promise<void> {
  const by = asHolder(caller)
  const passwordTry: PasswordTry = {
    loginId: seen.loginId,
    address: caller.address,
    knownBrowser: `session/${sessionId}`,
  }
  const asker = askerOf(deps.keys, passwordTry)
  await deps.hasher.withPlace(asker, async () => {
    const failures = await transact(deps, by, async (act) => {
      const charge = await chargePassword(act, passwordTry)
      if (charge.failures !== null) return charge.failures
      const wait = await passwordWait(act, passwordTry)
      return act.refuse(waitProblem('too_many_attempts', wait, { why: 'present_password' }))
    })
    const account = await findAccount(deps, seen.loginId)
    const hash = account?.id === seen.id ? account.passwordHash : undefined
    const right = await checkPassword(deps, password, hash, asker).catch(async (error: unknown) => {
      await transact(deps, by, (act) => refundPassword(act, passwordTry))
      throw error
    })
    await transact(deps, by, async (act) => {
      if (right) return forgivePassword(act, passwordTry)
      const accountId = seen.id
      record(act, {
        event: 'authn_login_fail',
        accountId,
        detail: { factor: 'password', why: 'in a session' },
      })
      if (failures === failuresThatLock) {
        const detail = { factor: 'password', browser: 'known' } as const
        record(act, { event: 'authn_login_fail_max', accountId, detail })
      }
      return act.refuse(new Problem('password_wrong'))
    })
  })
}
