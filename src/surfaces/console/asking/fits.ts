import type { Account } from '../../../domain/accounts/account.ts'
import type { AccountAct } from '../../../domain/vocabulary/desk.ts'
import type { CodePurpose } from '../../../domain/vocabulary/purposes.ts'

export interface AsItIs {
  readonly account: Account
  readonly isHeld: boolean
  /** The purposes whose codes are stopped until support lifts it. */
  readonly stoppedCodes: readonly CodePurpose[]
  readonly passkeys: readonly { readonly isSuspended: boolean }[]
}

/** Whether an act can be done to the account as it is: no other is offered. */
export function fits(
  act: AccountAct,
  { account, isHeld, stoppedCodes, passkeys }: AsItIs,
): boolean {
  if (act === 'remove-passkey') return passkeys.length > 0
  if (act === 'resume-passkey') return passkeys.some(({ isSuspended }) => isSuspended)
  if (act === 'reopen') return account.lockedAt !== null || stoppedCodes.length > 0
  if (act === 'end-hold') return isHeld
  if (act === 'activation-code') {
    // Beside the removal of the last passkey it goes into one request.
    const live = passkeys.filter(({ isSuspended }) => !isSuspended).length
    return account.secondFactor === 'email' || live <= 1
  }
  return act === 'change-email'
}
