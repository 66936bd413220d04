import { z } from 'zod'
import { stateOf, type Account } from '../../../domain/accounts/account.ts'
import { maskName } from '../../../domain/accounts/masked.ts'
import { maskAddress } from '../../../domain/email-codes/code.ts'
import { accountStates } from '../../../domain/vocabulary/desk.ts'

/** The line of an account: masked, but for the login ID, by which callers are known (rule 41). */
export const accountLine = z.object({
  id: z.string(),
  loginId: z.string(),
  displayName: z.string(),
  email: z.string(),
  state: z.enum(accountStates),
})

/** What stands for the login ID and the address of an erased account is none. */
export function viewAccountLine(account: Account): z.output<typeof accountLine> {
  const isErased = account.lockReason === 'erased'
  return {
    id: account.id,
    loginId: isErased ? '' : account.loginId,
    displayName: maskName(account.displayName),
    email: isErased ? '' : maskAddress(account.email),
    state: stateOf(account),
  }
}
