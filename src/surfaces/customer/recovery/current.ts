import type { Deps } from '../../../domain/deps.ts'
import { notThatStep, type Recovery } from '../../../domain/recoveries/recovery.ts'
import { selectLiveRecovery } from '../../../domain/recoveries/store.ts'
import { noSignIn } from '../../../domain/sign-ins/sign-in.ts'
import type { RecoveryKind, RecoveryStep } from '../../../domain/vocabulary/life.ts'
import { hashToken } from '../../../kernel/secrets.ts'
import { readToken } from '../../frame/cookies.ts'
import type { Visit } from '../../frame/visit.ts'

/** The live attempt of this browser to set a password, or null. */
export async function currentRecovery(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  visit: Visit,
  kind: RecoveryKind,
): Promise<Recovery | null> {
  const token = readToken(visit, 'recovery')
  return (token && (await selectLiveRecovery(db, hashToken(token), kind, now()))) || null
}

/** The live attempt of this browser; 404 `no_sign_in` without one. */
export async function requireRecovery(visit: Visit, kind: RecoveryKind): Promise<Recovery> {
  const recovery = await currentRecovery(visit.get('deps'), visit, kind)
  if (!recovery) throw noSignIn()
  return recovery
}

/** As `requireRecovery`; 409 `wrong_step` where it stands at another step. */
export async function requireRecoveryStep(
  visit: Visit,
  kind: RecoveryKind,
  step: RecoveryStep,
): Promise<Recovery> {
  const recovery = await currentRecovery(visit.get('deps'), visit, kind)
  if (recovery?.step === step) return recovery
  throw notThatStep(recovery)
}
