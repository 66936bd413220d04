import { isEmailAddress } from '../../domain/accounts/email.ts'
import { selectByEmail } from '../../domain/accounts/search.ts'
import { transact, type ActDeps } from '../../domain/act.ts'
import { asGuest } from '../../domain/actor.ts'
import { mailLoginIds } from '../../domain/outbox/login-id.ts'
import { chargeStranger, takeLoginIdMail } from '../../domain/throttle/strangers.ts'
import type { Caller } from '../../kernel/caller.ts'
import { evenly } from '../../kernel/evenly.ts'

/**
 * Mails the login IDs of an address to it, once in an hour; the answer is the same whether anybody has it (rule 44).
 * 429 `too_many_attempts` for a network that asks too much.
 */
export function mailLoginId(deps: ActDeps, email: string, caller: Caller): Promise<void> {
  const address = email.trim()
  return evenly(() =>
    transact(deps, asGuest(caller), async (act) => {
      await chargeStranger(act)
      if (!isEmailAddress(address)) return
      const maySend = await takeLoginIdMail(act, address)
      const accounts = await selectByEmail(act.tx, address)
      const open = accounts.filter(
        ({ lockReason }) => lockReason !== 'closed' && lockReason !== 'erased',
      )
      if (maySend) mailLoginIds(act, open)
    }),
  )
}
