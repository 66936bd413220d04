import type { Account } from '../../../domain/accounts/account.ts'
import { currentHold } from '../../../domain/accounts/withdrawal-hold.ts'
import { isLive, type Passkey } from '../../../domain/passkeys/passkey.ts'
import type { AccountAct } from '../../../domain/vocabulary/desk.ts'

/** What decides whether an act can be done to an account. */
export interface AsItIs {
  readonly hasContract: boolean
  readonly isLocked: boolean
  /** Whether codes of some purpose are stopped until support lifts it. */
  readonly codesStopped: boolean
  readonly isHeld: boolean
  readonly secondFactor: Account['secondFactor']
  /** The passkeys that are not removed. */
  readonly live: number
  readonly suspended: number
}

/** Of an account with the passkeys that are not removed, and the purposes whose codes are stopped. */
export function asItIs(
  account: Account,
  kept: readonly Passkey[],
  stoppedCodes: readonly unknown[],
  now: number,
): AsItIs {
  const live = kept.filter(isLive).length
  return {
    ...{ hasContract: account.lockReason !== 'closed', isLocked: account.lockedAt !== null },
    ...{ codesStopped: stoppedCodes.length > 0, isHeld: currentHold(account, now) !== null },
    ...{ secondFactor: account.secondFactor, live, suspended: kept.length - live },
  }
}

/** Whether an act can be done to the account as it is, be it beside another in one request: no other is offered. */
export function fits(act: AccountAct, account: AsItIs): boolean {
  if (!account.hasContract) return false
  const { isLocked, codesStopped, isHeld, secondFactor, live, suspended } = account
  const answers: Readonly<Record<AccountAct, boolean>> = {
    'remove-passkey': live + suspended > 0,
    'resume-passkey': suspended > 0,
    reopen: isLocked || codesStopped,
    'reopen-many': false,
    'change-email': true,
    // Beside the removal of the last passkey it goes into one request.
    'activation-code': secondFactor === 'email' || live <= 1,
    'end-hold': isHeld,
  }
  return answers[act]
}
