import { selectAccount } from '../../domain/accounts/find.ts'
import { changeFactors, holdAccount } from '../../domain/accounts/hold-account.ts'
import { updateLock, updateStop } from '../../domain/accounts/store.ts'
import { transact, type ActDeps } from '../../domain/act.ts'
import { actorName, fromNowhere, type Operator } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import type { Closing } from '../../domain/closings.ts'
import { isLive } from '../../domain/passkeys/passkey.ts'
import { selectKeptPasskey, selectLivePasskeys } from '../../domain/passkeys/store.ts'
import { isRaise } from '../../domain/stops/level.ts'
import { forgetBrowsers } from '../../domain/throttle/browsers-store.ts'
import type { LockReason } from '../../domain/vocabulary/reasons.ts'
import { closeForGood, eraseForGood } from './end-contract.ts'
import { lockByCommand } from './lock-account.ts'
import { removeLostPasskey } from './remove-passkey.ts'
import { suspendPasskey } from './suspend-passkey.ts'

interface ClosedAgain {
  readonly passkeys: number
  readonly accounts: number
  readonly erased: number
}

/** What has to be so for an account, since when. */
interface Wanted {
  readonly reason: LockReason
  readonly at: number
}

/** Each keeps out whom those before it keep out, and more. */
const strength: Readonly<Record<LockReason, number>> = {
  guessing: 1,
  holder: 2,
  support: 3,
  closed: 4,
  erased: 5,
}

/**
 * Closes in a database that was put back what was closed since, before anybody uses it: passkeys are removed
 * or suspended as support does it, and accounts are locked, closed or erased as far as they were since they were last
 * reopened. What the database does not know, or has closed as far, is left as it is; nothing is opened.
 */
export async function closeAgain(
  deps: ActDeps,
  closings: readonly Closing[],
  operator: Required<Operator>,
): Promise<ClosedAgain> {
  let [passkeys, accounts, erased] = [0, 0, 0]
  const wanted = new Map<string, Wanted>()
  const stopped = new Map<string, Of<'account stopped'>>()
  // Two acts may have written theirs the other way round.
  const suspended = new Map<string, Of<'passkey suspended'>>()
  for (const closing of closings.toSorted((one, other) => one.at - other.at)) {
    if (closing.what === 'passkey suspended') suspended.set(closing.passkey, closing)
    else if (closing.what === 'passkey resumed') suspended.delete(closing.passkey)
    else if (closing.what === 'account stopped') stopped.set(closing.account, closing)
    else if (closing.what === 'stop lifted') stopped.delete(closing.account)
    else if (closing.what !== 'passkey removed') note(wanted, closing)
    else if (await removeAgain(deps, closing, operator)) passkeys += 1
  }
  for (const one of suspended.values()) {
    if (await suspendAgain(deps, one, operator)) passkeys += 1
  }
  for (const one of stopped.values()) await stopAgain(deps, one, operator)
  for (const [id, one] of wanted) {
    if (!(await shutAgain(deps, id, one, operator))) continue
    if (one.reason === 'erased') erased += 1
    else accounts += 1
  }
  return { passkeys, accounts, erased }
}

type Of<W extends Closing['what']> = Extract<Closing, { what: W }>

type OfAccount = Of<'account locked' | 'account reopened' | 'account closed' | 'account erased'>

function note(wanted: Map<string, Wanted>, closing: OfAccount): void {
  const { account, at } = closing
  const reason = reasonOf(closing)
  const before = wanted.get(account)
  if (reason === null) wanted.delete(account)
  else if (!before || strength[reason] > strength[before.reason])
    wanted.set(account, { reason, at })
}

/** Null for a reopening. */
function reasonOf(closing: OfAccount): LockReason | null {
  if (closing.what === 'account locked') return closing.by
  if (closing.what === 'account closed') return 'closed'
  return closing.what === 'account erased' ? 'erased' : null
}

/** Rule 10: where the backup does not know the passkeys that were left, only support lets anybody in again. */
async function removeAgain(
  deps: ActDeps,
  { account: id, passkey, last }: Of<'passkey removed'>,
  operator: Required<Operator>,
): Promise<boolean> {
  if (!(await selectKeptPasskey(deps.db, { accountId: id, id: passkey }))) return false
  const account = await selectAccount(deps.db, id)
  const { wasLast } = await removeLostPasskey(deps, { id }, passkey, operator)
  if (wasLast && !last && account?.secondFactor === 'passkey') {
    await lockByCommand(deps, account, operator)
  }
  return true
}

/**
 * Whatever was locked with it has a closing of its own, which may have been reopened. Only where the backup knows no
 * other passkey than this one does the account have to be locked too: it would ask for a passkey and have none.
 */
async function suspendAgain(
  deps: ActDeps,
  { account: id, passkey }: Of<'passkey suspended'>,
  operator: Required<Operator>,
): Promise<boolean> {
  const seen = await selectKeptPasskey(deps.db, { accountId: id, id: passkey })
  if (!seen || !isLive(seen)) return false
  const suspension = { passkeyId: passkey, by: actorName(operator), locks: false }
  await transact(deps, fromNowhere(operator), (act) => suspendPasskey(act, { id }, suspension))
  const account = await selectAccount(deps.db, id)
  const left = await selectLivePasskeys(deps.db, id)
  if (account?.secondFactor === 'passkey' && account.lockReason === null && left.length === 0) {
    await lockByCommand(deps, account, operator)
  }
  return true
}

/** Raises the stop again that stood; what the backup has stopped as far is left. */
async function stopAgain(
  deps: ActDeps,
  { account: id, level, at }: Of<'account stopped'>,
  operator: Operator,
): Promise<void> {
  if (!(await selectAccount(deps.db, id))) return
  await transact(deps, fromNowhere(operator), async (act) => {
    if (!isRaise(await holdAccount(act, { id }), level)) return
    await updateStop(act.tx, id, { level, at })
    record(act, { event: 'authz_stopped', accountId: id, detail: { level, way: 'restore' } })
  })
}

/** Locks, closes or erases the account; false when it is so already, or nobody knows it. */
async function shutAgain(
  deps: ActDeps,
  id: string,
  { reason, at }: Wanted,
  operator: Operator,
): Promise<boolean> {
  const account = await selectAccount(deps.db, id)
  if (!account) return false
  if (account.lockReason && strength[account.lockReason] >= strength[reason]) return false
  await transact(deps, fromNowhere(operator), async (act) => {
    if (reason === 'erased') return eraseForGood(act, id)
    if (reason === 'closed') return closeForGood(act, id)
    await changeFactors(act, { id })
    await updateLock(act.tx, id, { at, reason })
    // As at the lock itself (rule 19).
    if (reason !== 'guessing') await forgetBrowsers(act.tx, id)
    const detail = reason === 'holder' ? { reason } : {}
    record(act, { event: 'authn_login_lock', accountId: id, detail })
  })
  return true
}
