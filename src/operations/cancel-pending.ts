import { holdAccount } from '../domain/accounts/hold-account.ts'
import { transact, type ActDeps } from '../domain/act.ts'
import { asHolder } from '../domain/actor.ts'
import { raiseAlert } from '../domain/alerts/alerts.ts'
import { notify } from '../domain/outbox/notify.ts'
import { selectLivePasskey } from '../domain/passkeys/store.ts'
import { closeRequest } from '../domain/requests/close.ts'
import { mayCancelWith, selectPending } from '../domain/requests/pending.ts'
import { holdRequest } from '../domain/requests/store.ts'
import { isFreshlyProven } from '../domain/sessions/permission.ts'
import type { Session } from '../domain/sessions/session.ts'
import type { Caller } from '../kernel/caller.ts'
import { Problem } from '../kernel/http/problem.ts'

/**
 * Cancels what support was to do to the holder's account and waits. Every session began with the password; its last
 * proof has to be fresh and made with a passkey that the request does not concern, else 403 `passkey_needed`. 404
 * `not_found` where nothing of the account waits by this id.
 */
export async function cancelPending(
  deps: ActDeps,
  session: Session,
  id: string,
  caller: Caller,
): Promise<void> {
  const accountId = session.account.id
  const seen = (await selectPending(deps.db, accountId)).find((request) => request.id === id)
  if (!seen) throw new Problem('not_found')
  await transact(deps, asHolder(caller), async (act) => {
    const account = await holdAccount(act, { id: accountId })
    const request = await holdRequest(act.tx, id)
    if (request?.state !== 'approved') throw new Problem('not_found')
    const { provenWith } = session
    const passkey =
      provenWith !== null && (await selectLivePasskey(act.tx, { accountId, id: provenWith }))
    const isProven = passkey && isFreshlyProven(session, act.now)
    if (!isProven || !mayCancelWith(request, passkey)) throw new Problem('passkey_needed')
    await closeRequest(act, request, { state: 'cancelled', why: 'by_holder' })
    notify(act, account, 'wait_cancelled')
    const { askerId: operatorId, approverId: otherId } = request
    await raiseAlert(act, { kind: 'holder-cancelled', accountId, operatorId, otherId })
  })
}
