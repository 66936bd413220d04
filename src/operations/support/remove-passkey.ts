import type { Account } from '../../domain/accounts/account.ts'
import { changeFactors } from '../../domain/accounts/hold-account.ts'
import { updateSecondFactor } from '../../domain/accounts/store.ts'
import { beginHold } from '../../domain/accounts/withdrawal-hold.ts'
import { transact, type Act, type ActDeps } from '../../domain/act.ts'
import { actorName, fromNowhere, type Operator } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import { notify } from '../../domain/outbox/notify.ts'
import type { Passkey } from '../../domain/passkeys/passkey.ts'
import {
  selectKeptPasskey,
  selectLivePasskeys,
  updateRemoved,
} from '../../domain/passkeys/store.ts'
import { deleteSessions } from '../../domain/sessions/store.ts'
import { forgetBrowsers } from '../../domain/throttle/browsers-store.ts'
import { Problem } from '../../kernel/http/problem.ts'

interface Removal {
  readonly passkey: Passkey
  /** Whether the account has no live passkey left. */
  readonly wasLast: boolean
}

/** Who removes it and why, as its row keeps it (rule 12). */
interface Remover {
  readonly by: string
  readonly reason: string
}

/** Removes a lost passkey in an act of its own, as `removePasskey` does, by one operator. */
export async function removeLostPasskey(
  deps: ActDeps,
  account: Pick<Account, 'id'>,
  id: string,
  operator: Required<Operator>,
): Promise<Removal> {
  const remover = { by: actorName(operator), reason: operator.reason }
  return transact(deps, fromNowhere(operator), (act) => removePasskey(act, account, id, remover))
}

/**
 * Removes a passkey (docs/screens.md, M8) as part of the act. Ends all sessions and open sign-ins, and tells
 * the holder. The removal of the last passkey begins a hold and makes e-mail the second factor, in the same
 * transaction, so that no account needs a passkey that it does not have. 404 `no_such_passkey`.
 */
export async function removePasskey(
  act: Act,
  { id: accountId }: Pick<Account, 'id'>,
  id: string,
  { by, reason }: Remover,
): Promise<Removal> {
  const { tx } = act
  const account = await changeFactors(act, { id: accountId })
  const passkey = await selectKeptPasskey(tx, { accountId, id })
  if (!passkey) throw new Problem('no_such_passkey')
  await updateRemoved(tx, id, { accountId, now: act.now, by, reason })
  const wasLast = (await selectLivePasskeys(tx, accountId)).length === 0
  await deleteSessions(act, accountId, 'support')
  await forgetBrowsers(tx, accountId)
  const detail = { passkey: id, last: wasLast }
  record(act, { event: 'authn_passkey_removed', accountId, detail })
  const holdUntil = wasLast ? await beginHold(act, account, 'last_passkey_removed') : null
  notify(act, account, 'passkey_removed', holdUntil)
  if (!wasLast) return { passkey, wasLast }
  if (account.secondFactor !== 'passkey') return { passkey, wasLast }
  await updateSecondFactor(tx, accountId, 'email')
  notify(act, account, 'switched_to_email', holdUntil)
  const change = { from: account.secondFactor, to: 'email' } as const
  record(act, { event: 'authn_factor_switched', accountId, detail: change })
  return { passkey, wasLast }
}
