// An identity check through the page whose number the caller has read out. It is for one act and one operator, and
// proves nothing else to anybody.
import { Problem } from '../../kernel/http/problem.ts'
import { pageCheckCounts, pageChecksPerAccount } from '../../limits/calls.ts'
import type { Account } from '../accounts/account.ts'
import { selectHoldSince } from '../accounts/find.ts'
import { currentHold } from '../accounts/withdrawal-hold.ts'
import type { Act, Refusal } from '../act.ts'
import type { Passkey } from '../passkeys/passkey.ts'
import { selectLivePasskeys } from '../passkeys/store.ts'
import type { Database, Tx } from '../tables/tables.ts'
import { chargeWindow, deleteThrottles, fullWindow } from '../throttle/store.ts'
import type { CheckedAct } from './call.ts'
import { selectDone } from './checks-store.ts'

/** The part of an act's values that a check is about. */
export function subjectOf(values: Readonly<Record<string, unknown>>): string | null {
  const { passkeyId, email } = values
  if (typeof passkeyId === 'string') return passkeyId
  return typeof email === 'string' ? email : null
}

/**
 * Since when the holder has proven through the page, lately enough, that this operator may ask for exactly these
 * acts; undefined where one of them was not proven. What proved it must be live still, and nobody may have locked the
 * account since: either says that somebody else may hold the passkey. A lock by guessing says nothing of it.
 */
export async function checkedByPage(
  tx: Tx,
  {
    account: { id: accountId, lockedAt, lockReason },
    operatorId,
    acts,
    now,
  }: {
    readonly account: Pick<Account, 'id' | 'lockedAt' | 'lockReason'>
    readonly operatorId: string
    readonly acts: readonly {
      readonly act: string
      readonly values: Readonly<Record<string, unknown>>
    }[]
    readonly now: number
  },
): Promise<number | undefined> {
  const locked = lockReason === 'guessing' ? null : lockedAt
  const done = await selectDone(tx, { accountId, operatorId }, now - pageCheckCounts)
  if (done.length === 0) return undefined
  const live = new Set((await selectLivePasskeys(tx, accountId)).map(({ id }) => id))
  const standing = done.filter(
    ({ doneAt, passkeyId }) => live.has(passkeyId) && (locked === null || locked < doneAt),
  )
  const times = acts.map(({ act, values }) => {
    const subject = subjectOf(values)
    return standing.find((one) => one.act === act && one.subject === subject)?.doneAt
  })
  const known = times.filter((time) => time !== undefined)
  return known.length === times.length && known.length > 0 ? Math.min(...known) : undefined
}

/**
 * The passkeys that can prove who calls: live ones that the act does not concern, and that were there before the
 * hold in force began (rule 38).
 */
export async function selectProvingPasskeys(
  db: Database | Tx,
  account: Account,
  { subject }: CheckedAct,
  now: number,
): Promise<readonly Passkey[]> {
  const passkeys = await selectLivePasskeys(db, account.id)
  const held = currentHold(account, now) !== null
  const since = held ? ((await selectHoldSince(db, account.id)) ?? 0) : Infinity
  return passkeys.filter(({ id, createdAt }) => id !== subject && createdAt < since)
}

/** Counts a check that is sent; refuses with 429 `too_many_checks` where the account has had too many. */
export async function chargeCheck(act: Act, accountId: string): Promise<Refusal | null> {
  const { tx, now } = act
  const key = keyOf(accountId)
  if ((await chargeWindow(tx, key, pageChecksPerAccount, now)) !== null) return null
  return act.refuse(await fullWindow(tx, key, now, 'too_many_checks'))
}

/** Forgets the count, for an account that is erased. */
export async function forgetChecks(tx: Tx, accountId: string): Promise<void> {
  await deleteThrottles(tx, [keyOf(accountId)])
}

/** The text of which a check's digits are kept as a keyed hash. */
export function digitsText(checkId: string, digits: string): string {
  return `${checkId}/${digits}`
}

/** 409 `check_over`. */
export function checkOver(): Problem {
  return new Problem('check_over')
}

function keyOf(accountId: string): string {
  return `page-check/${accountId}`
}
