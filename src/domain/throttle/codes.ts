// Rule 14: wrong codes of one purpose, counted over all sign-ins and sessions of an account.
import { waitProblem } from '../../kernel/http/problem.ts'
import { codeWaits } from '../../limits/codes.ts'
import type { Act } from '../act.ts'
import { record } from '../audit/record.ts'
import type { Database, Tx } from '../tables/tables.ts'
import { codePurposes, type CodePurpose } from '../vocabulary/purposes.ts'
import { chargeFailure, deleteThrottles, selectCounts, selectWaitUntil } from './store.ts'

/** Throws 429 `too_many_codes` during the account's wait for codes of this purpose. */
export async function refuseWaitingCodes(
  { tx, now }: Act,
  accountId: string,
  purpose: CodePurpose,
): Promise<void> {
  const until = await selectCodeWait(tx, accountId, purpose)
  if (until > now) throw waitProblem('too_many_codes', until - now)
}

/** When the account's last wait for codes of this purpose ends or ended; 0 without one. */
export function selectCodeWait(
  db: Database | Tx,
  accountId: string,
  purpose: CodePurpose,
): Promise<number> {
  return selectWaitUntil(db, keyOf(accountId, purpose))
}

/** A wait for codes of one purpose. */
export interface CodeWait {
  readonly purpose: CodePurpose
  readonly until: number
  /** Whether it is the stop that only support lifts. */
  readonly isStop: boolean
}

/** The last wait of each purpose that has had one. */
export async function selectCodeWaits(
  db: Database,
  accountId: string,
): Promise<readonly CodeWait[]> {
  return (await selectCodeWaitsOf(db, [accountId])).get(accountId) ?? []
}

/** The purposes whose codes are stopped until support lifts it, by account. */
export async function selectStoppedCodes(
  db: Database | Tx,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, readonly CodePurpose[]>> {
  const waits = await selectCodeWaitsOf(db, accountIds)
  const stopped = (all: readonly CodeWait[]) =>
    all.filter(({ isStop }) => isStop).map(({ purpose }) => purpose)
  return new Map([...waits].map(([id, all]) => [id, stopped(all)]))
}

async function selectCodeWaitsOf(
  db: Database | Tx,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, readonly CodeWait[]>> {
  const keysOf = (id: string) => codePurposes.map((purpose) => keyOf(id, purpose))
  const counts = await selectCounts(db, accountIds.flatMap(keysOf))
  const waitsOf = (id: string) =>
    codePurposes.flatMap((purpose) => {
      const count = counts.get(keyOf(id, purpose))
      if (!count) return []
      return [{ purpose, until: count.until, isStop: count.failures >= codeWaits.stopAt }]
    })
  return new Map(accountIds.map((id) => [id, waitsOf(id)]))
}

/** Counts a wrong code, and audits the wait that may begin with it. */
export async function chargeWrongCode(
  act: Act,
  accountId: string,
  purpose: CodePurpose,
): Promise<void> {
  const key = keyOf(accountId, purpose)
  const failures = await chargeFailure(act.tx, key, codeWaits, act.now)
  if (failures === null || !codeWaits.after.has(failures)) return
  record(act, {
    event: 'excess_rate_limit_exceeded',
    accountId,
    detail: { what: 'wrong codes', purpose, count: failures },
  })
}

/** A right code resets the count. */
export async function forgiveCodes(tx: Tx, accountId: string, purpose: CodePurpose): Promise<void> {
  await deleteThrottles(tx, [keyOf(accountId, purpose)])
}

/** Ends the waits for codes of every purpose, for support. */
export async function liftCodeWaits(tx: Tx, accountId: string): Promise<void> {
  await deleteThrottles(
    tx,
    codePurposes.map((purpose) => keyOf(accountId, purpose)),
  )
}

function keyOf(accountId: string, purpose: CodePurpose): string {
  return `code/${accountId}/${purpose}`
}
