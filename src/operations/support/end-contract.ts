// The end of a contract: first the account is closed, which can be undone, and some time later it is erased.
import type { Account } from '../../domain/accounts/account.ts'
import { endActivation } from '../../domain/accounts/activation.ts'
import { changeFactors, holdAccount } from '../../domain/accounts/hold-account.ts'
import { selectClosedBefore } from '../../domain/accounts/locked.ts'
import { selectByEmail } from '../../domain/accounts/search.ts'
import { updateLock, wipeAccount } from '../../domain/accounts/store.ts'
import { transact, type Act, type ActDeps } from '../../domain/act.ts'
import { fromNowhere, type Operator } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import { deleteBrokerCall, forgetBrokerCalls } from '../../domain/calls/broker-calls.ts'
import { deleteChecksOf } from '../../domain/calls/checks-store.ts'
import { forgetChecks } from '../../domain/calls/page-check.ts'
import { deleteNumbersOf } from '../../domain/calls/store.ts'
import { wipeCasesOf } from '../../domain/cases/store.ts'
import { deleteConsentsOf, findClient } from '../../domain/clients/store.ts'
import { deleteCodesOf } from '../../domain/email-codes/store.ts'
import { wipeLooksAt } from '../../domain/looks/store.ts'
import { deleteNewAddressesOf } from '../../domain/new-addresses/store.ts'
import { notify } from '../../domain/outbox/notify.ts'
import { deleteMailsOf, wipeCodesOf } from '../../domain/outbox/store.ts'
import { deletePasskeysOf } from '../../domain/passkeys/store.ts'
import { deleteRecoveriesOf } from '../../domain/recoveries/store.ts'
import { closeRequestsOf } from '../../domain/requests/close.ts'
import { wipeRequestsOf } from '../../domain/requests/store.ts'
import { deleteSessions } from '../../domain/sessions/store.ts'
import { deleteSignInsOf } from '../../domain/sign-ins/store.ts'
import { recordUnfinished } from '../../domain/sign-ins/unfinished.ts'
import { deleteStopsOf } from '../../domain/stops/store.ts'
import { batchSize } from '../../domain/tables/batch.ts'
import { forgetBrowsers } from '../../domain/throttle/browsers-store.ts'
import { liftCodeWaits } from '../../domain/throttle/codes.ts'
import { liftAllPasswordWaits } from '../../domain/throttle/passwords.ts'
import { liftStrangerWaits } from '../../domain/throttle/strangers.ts'
import { requestKinds } from '../../domain/vocabulary/desk.ts'
import { inTurns } from './in-turns.ts'

/**
 * Closes the account: nobody signs in, and everything that it has begun or allowed is over. Password and
 * passkeys stay until it is erased, so that a mistake can be mended. Tells the holder. A lock of before is
 * replaced, and its reopening lifts both.
 */
export async function endContract(
  deps: ActDeps,
  { id }: Pick<Account, 'id'>,
  operator: Operator,
): Promise<'contract_ended' | null> {
  return transact(deps, fromNowhere(operator), async (act) => {
    if ((await holdAccount(act, { id })).lockReason === 'closed') return 'contract_ended'
    notify(act, await closeForGood(act, id), 'contract_ended')
    return null
  })
}

/** Closes an account as part of the act, and tells nobody. */
export async function closeForGood(act: Act, accountId: string): Promise<Account> {
  const account = await changeFactors(act, { id: accountId })
  await updateLock(act.tx, accountId, { at: act.now, reason: 'closed' })
  endActivation(act, account)
  await endWhatLives(act, accountId)
  await wipeCodesOf(act.tx, accountId)
  record(act, { event: 'user_archived', accountId })
  return account
}

type EraseFault = 'not_closed' | 'closed_lately'

/**
 * Erases a closed account, unless it may still be opened again. What is left is its id with the times of its
 * row, and the trail; its login ID is free, and its passkeys are unknown.
 */
export async function eraseAccount(
  deps: ActDeps,
  { id }: Pick<Account, 'id'>,
  operator: Operator,
): Promise<EraseFault | null> {
  return transact(deps, fromNowhere(operator), async (act) => {
    const { lockReason, lockedAt } = await holdAccount(act, { id })
    if (lockReason !== 'closed' || lockedAt === null) return 'not_closed'
    if (lockedAt > act.now - act.config.retention.eraseWait) return 'closed_lately'
    await eraseForGood(act, id)
    return null
  })
}

/** Erases every account that may be erased by now; returns how many. */
export async function eraseDue(deps: ActDeps, operator: Operator): Promise<number> {
  return inTurns(async () => {
    const before = deps.now() - deps.config.retention.eraseWait
    let erased = 0
    for (const account of await selectClosedBefore(deps.db, before, batchSize)) {
      if ((await eraseAccount(deps, account, operator)) === null) erased += 1
    }
    return erased
  })
}

/** Erases an account as part of the act, whatever it was. */
export async function eraseForGood(act: Act, accountId: string): Promise<void> {
  const { tx, keys } = act
  const { loginId, email } = await changeFactors(act, { id: accountId })
  await endWhatLives(act, accountId)
  // At a closing they go on, and never succeed: who began one must not learn of it (rule 44).
  await deleteRecoveriesOf(tx, accountId)
  await deleteMailsOf(tx, [accountId])
  // A mail with its login ID may stand under another account of the address.
  const sharing = await selectByEmail(tx, email)
  const ids = sharing.map(({ id }) => id)
  await deleteMailsOf(tx, ids, 'login_id')
  await deletePasskeysOf(tx, accountId)
  await wipeRequestsOf(tx, accountId)
  await closeRequestsOf(act, { accountId, kinds: requestKinds }, { state: 'lapsed', why: 'erased' })
  await wipeLooksAt(tx, accountId)
  await wipeCasesOf(tx, accountId)
  await liftAllPasswordWaits(tx, keys, loginId)
  await liftCodeWaits(tx, accountId)
  await liftStrangerWaits(act, { loginId, email })
  await forgetChecks(tx, accountId)
  await forgetBrokerCalls(tx, accountId)
  await deleteStopsOf(tx, accountId)
  await wipeAccount(tx, accountId, act.now)
  record(act, { event: 'user_deleted', accountId })
}

/** Ends sessions, with what applications hold under them, sign-ins, codes, calls, known browsers and consents. */
async function endWhatLives(act: Act, accountId: string): Promise<void> {
  const { tx } = act
  for (const clientId of await deleteConsentsOf(tx, accountId)) {
    const client = await findClient(tx, clientId)
    const detail = { client: clientId, name: client?.name ?? null }
    record(act, { event: 'authz_consent_ended', accountId, detail })
  }
  await deleteSessions(act, accountId, 'support')
  for (const id of await deleteSignInsOf(tx, accountId)) {
    recordUnfinished(act, { id, accountId }, 'ended by an operator')
  }
  await deleteCodesOf(tx, accountId)
  await deleteNewAddressesOf(tx, accountId)
  await forgetBrowsers(tx, accountId)
  await deleteNumbersOf(tx, accountId)
  await deleteChecksOf(tx, accountId)
  await deleteBrokerCall(tx, accountId)
}
