import { holdAccount } from '../../domain/accounts/hold-account.ts'
import { transact, type ActDeps } from '../../domain/act.ts'
import { asHolder } from '../../domain/actor.ts'
import type { Deps } from '../../domain/deps.ts'
import { judgePassword, passwordNotAllowed } from '../../domain/password/judge.ts'
import { requireProof, takeChangeProof } from '../../domain/sessions/permission.ts'
import type { Session } from '../../domain/sessions/session.ts'
import { takeBreached } from '../../domain/sessions/store.ts'
import { turnOfHolder } from '../../domain/throttle/passwords.ts'
import type { Caller } from '../../kernel/caller.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { freshSignIn } from '../../limits/passkeys.ts'
import { putPassword } from './put-password.ts'
import { requirePassword } from './require-password.ts'

interface PasswordChange {
  readonly password: string
  readonly newPassword: string
}

/**
 * Sets another password by the present one and a `change` proof, which it uses up; every other session of the
 * account ends, and a hold begins. A session that signed in with a breached password needs no proof, and brings no
 * hold (rule 42): its sign-in is the proof while it is fresh, else 403 `sign_in_again`. 403 `proof_needed`; 400
 * `password_wrong`, `password_not_allowed` with `why`; 429 `too_many_attempts`; 409 `start_again` when the account's
 * factors have changed meanwhile, 401 `not_signed_in` when the session has ended; 503 `busy`.
 */
export async function changeOwnPassword(
  deps: ActDeps & Pick<Deps, 'hasher'>,
  session: Session,
  { password, newPassword }: PasswordChange,
  caller: Caller,
): Promise<void> {
  const { account, passwordBreached } = session
  const age = deps.now() - session.signedInAt
  if (!passwordBreached) requireProof(session, deps.now())
  else if (age > freshSignIn) throw new Problem('sign_in_again')
  await requirePassword(deps, session, password, caller)
  const fault = await judgePassword(deps, newPassword, account)
  if (fault) throw passwordNotAllowed(fault)
  const passwordHash = await deps.hasher.hash(newPassword, turnOfHolder(deps.keys, account))
  await transact(deps, asHolder(caller), async (act) => {
    const held = await holdAccount(act, account)
    if (!passwordBreached) await takeChangeProof(act, session, held)
    else if (!(await takeBreached(act.tx, session.id))) throw new Problem('not_signed_in')
    const ends = { why: 'settings', keeps: session.id } as const
    await putPassword(act, held, { passwordHash, ...ends, holds: !passwordBreached })
  })
}
