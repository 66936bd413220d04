import type { Account } from '../../domain/accounts/account.ts'
import { isRedeemable, selectActivation } from '../../domain/accounts/activation.ts'
import { holdAccount } from '../../domain/accounts/hold-account.ts'
import { transact, type ActDeps } from '../../domain/act.ts'
import { asHolder } from '../../domain/actor.ts'
import type { Deps } from '../../domain/deps.ts'
import { judgePassword, passwordNotAllowed } from '../../domain/password/judge.ts'
import type { Recovery } from '../../domain/recoveries/recovery.ts'
import { deleteRecovery } from '../../domain/recoveries/store.ts'
import { noSignIn } from '../../domain/sign-ins/sign-in.ts'
import { turnOfHolder } from '../../domain/throttle/passwords.ts'
import type { Caller } from '../../kernel/caller.ts'
import { putPassword } from '../passwords/put-password.ts'

/**
 * Sets the password of an attempt whose proofs are given, and ends it: all sessions end, a lock stays, and a hold
 * begins unless the account had no password (rule 44). 400 `password_not_allowed` with `why`; 404 `no_sign_in`.
 */
export async function setRecoveredPassword(
  deps: ActDeps & Pick<Deps, 'hasher'>,
  { id, kind, account: seen }: Recovery,
  password: string,
  caller: Caller,
): Promise<void> {
  if (!seen) throw noSignIn()
  const fault = await judgePassword(deps, password, seen)
  if (fault) throw passwordNotAllowed(fault)
  const passwordHash = await deps.hasher.hash(password, turnOfHolder(deps.keys, seen))
  await transact(deps, asHolder(caller), async (act) => {
    const held = await holdAccount(act, { id: seen.id })
    if (held.factorsVersion !== seen.factorsVersion) throw noSignIn()
    if (held.lockedAt !== null || !isProven[kind](held, act.now)) throw noSignIn()
    if (!(await deleteRecovery(act.tx, { id }))) throw noSignIn()
    const { hasPassword = true } = (await selectActivation(act.tx, held.id)) ?? {}
    await putPassword(act, held, { passwordHash, why: 'settings', holds: hasPassword })
  })
}

/** Whether what was proven is good for this account still: an activation code may have ended meanwhile. */
const isProven: Readonly<Record<Recovery['kind'], (account: Account, now: number) => boolean>> = {
  activation: isRedeemable,
  forgotten: ({ secondFactor }) => secondFactor === 'passkey',
}
