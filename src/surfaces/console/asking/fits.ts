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
  /** The passkeys that are not removed. */
  readonly live: number
  readonly suspended: number
}

/** As it is when a request may be done at the earliest; with the passkeys that are kept, and the purposes whose codes are stopped. */
export function asItIs(
  account: Account,
  kept: readonly Passkey[],
  stoppedCodes: readonly unknown[],
  doneFrom: number,
): AsItIs {
  const live = kept.filter(isLive).length
  return {
    ...{ hasContract: account.lockReason !== 'closed', isLocked: account.lockedAt !== null },
    ...{ codesStopped: stoppedCodes.length > 0, isHeld: currentHold(account, doneFrom) !== null },
    ...{ live, suspended: kept.length - live },
  }
}

/** Whether an act can be done to the account as it is, be it beside another in one request: no other is offered. */
export function fits(act: AccountAct, account: AsItIs): boolean {
  if (!account.hasContract) return false
  const { isLocked, codesStopped, isHeld, live, suspended } = account
  const answers: Readonly<Record<AccountAct, boolean>> = {
    'remove-passkey': live + suspended > 0,
    'resume-passkey': suspended > 0,
    reopen: isLocked || codesStopped,
    'reopen-many': false,
    'change-email': true,
    // Beside the removal of all passkeys it goes into one request.
    'activation-code': true,
    'end-hold': isHeld,
  }
  return answers[act]
}
