import { Problem } from '../../kernel/http/problem.ts'
import type { Account } from '../accounts/account.ts'
import { noSignIn } from '../sign-ins/sign-in.ts'
import type { RecoveryKind, RecoveryStep } from '../vocabulary/life.ts'

/** An attempt to set a password without the one before it (rules 43 and 44). */
export interface Recovery {
  readonly id: string
  readonly kind: RecoveryKind
  readonly step: RecoveryStep
  /** Null for one that never succeeds, whatever is typed: its answers are those of the others. */
  readonly account: Account | null
  /** Keyed: by it limits are counted, the same for all. */
  readonly loginIdHash: string
  /** When its last code was asked for, whether one was sent or not. */
  readonly codeAt: number
}

/** What is answered where an attempt stands at another step than was thought, or has ended. */
export function notThatStep(stands: Pick<Recovery, 'step'> | null | undefined): Problem {
  return stands ? new Problem('wrong_step', { extras: { step: stands.step } }) : noSignIn()
}
