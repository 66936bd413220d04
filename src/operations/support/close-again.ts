import { changeFactors } from '../../domain/accounts/hold-account.ts'
import { selectAccount, updateLock } from '../../domain/accounts/store.ts'
import { transact, type ActDeps } from '../../domain/act.ts'
import { fromNowhere, type Operator } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import type { Closing } from '../../domain/closings.ts'
import { selectLivePasskey } from '../../domain/passkeys/store.ts'
import { forgetBrowsers } from '../../domain/throttle/store.ts'
import { closeForGood, eraseForGood } from './end-contract.ts'
import { removeLostPasskey } from './remove-passkey.ts'

interface ClosedAgain {
  readonly passkeys: number
  readonly accounts: number
  readonly erased: number
}

/**
 * Closes in a database that was put back what was closed since, before anybody uses it: passkeys are removed
 * as support removes them, and accounts are locked, closed or erased whose last word was that. What the
 * database does not know, or has closed, is left as it is; nothing is opened.
 */
export async function closeAgain(
  deps: ActDeps,
  closings: readonly Closing[],
  operator: Required<Operator>,
): Promise<ClosedAgain> {
  let [passkeys, accounts, erased] = [0, 0, 0]
  const lastWord = new Map<string, Closing>()
  // Two acts may have written theirs the other way round.
  for (const closing of closings.toSorted((one, other) => one.at - other.at)) {
    if (closing.what !== 'passkey removed') lastWord.set(closing.account, closing)
    else if (await removeAgain(deps, closing, operator)) passkeys += 1
  }
  for (const closing of lastWord.values()) {
    if (closing.what === 'account erased') {
      if (await eraseAgain(deps, closing, operator)) erased += 1
    } else if (await shutAgain(deps, closing, operator)) accounts += 1
  }
  return { passkeys, accounts, erased }
}

type Of<W extends Closing['what']> = Extract<Closing, { what: W }>

async function removeAgain(
  deps: ActDeps,
  { account, passkey: id }: Of<'passkey removed'>,
  operator: Required<Operator>,
): Promise<boolean> {
  if (!(await selectLivePasskey(deps.db, { accountId: account, id }))) return false
  await removeLostPasskey(deps, { id: account }, id, operator)
  return true
}

/** Locks the account, or closes it with its contract; false when nothing is to be done. */
async function shutAgain(deps: ActDeps, closing: Closing, operator: Operator): Promise<boolean> {
  const account = await selectAccount(deps.db, closing.account)
  const is = account?.lockReason
  if (closing.what === 'account closed' && account && is !== 'closed' && is !== 'erased') {
    await transact(deps, fromNowhere(operator), (act) => closeForGood(act, account.id))
    return true
  }
  if (closing.what !== 'account locked' || account?.lockedAt !== null) return false
  const { account: id, at, by: reason } = closing
  await transact(deps, fromNowhere(operator), async (act) => {
    await changeFactors(act, { id })
    await updateLock(act.tx, id, { at, reason })
    // As at the lock itself (rule 19).
    if (reason === 'support') await forgetBrowsers(act.tx, id)
    record(act, { event: 'authn_login_lock', accountId: id, detail: {} })
  })
  return true
}

async function eraseAgain(
  deps: ActDeps,
  { account: id }: Of<'account erased'>,
  operator: Operator,
): Promise<boolean> {
  const account = await selectAccount(deps.db, id)
  if (!account || account.lockReason === 'erased') return false
  await transact(deps, fromNowhere(operator), (act) => eraseForGood(act, id))
  return true
}
