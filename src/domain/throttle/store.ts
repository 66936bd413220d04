import { sql, type RawBuilder } from 'kysely'
import { waitProblem, type Problem } from '../../kernel/http/problem.ts'
import type { Waits } from '../../limits/passwords.ts'
import { deleteBatch } from '../tables/batch.ts'
import type { Database, Tx } from '../tables/tables.ts'

/**
 * Charges one failure in advance, in one conditional statement (rule 18): concurrent tries are counted
 * one by one. Returns the failures in a row; null, without a charge, during a wait.
 */
export async function chargeFailure(
  tx: Tx,
  key: string,
  waits: Waits,
  now: number,
): Promise<number | null> {
  const forgotten =
    waits.forgetAfter === null
      ? sql<boolean>`1 = 0`
      : sql<boolean>`throttles.last_at <= ${now - waits.forgetAfter}`
  const keptUntil = waits.forgetAfter === null ? null : now + waits.forgetAfter
  const failures = sql<number>`case when ${forgotten} then 1 else throttles.failures + 1 end`
  const row = await tx
    .insertInto('throttles')
    .values({ key, failures: 1, wait_until: 0, last_at: now, kept_until: keptUntil })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet({
          failures,
          wait_until: waitUntil(waits, failures, now),
          last_at: now,
          kept_until: keptUntil,
        })
        .where('throttles.wait_until', '<=', now),
    )
    .returning('failures')
    .executeTakeFirst()
  return row?.failures ?? null
}

function waitUntil(waits: Waits, failures: RawBuilder<number>, now: number): RawBuilder<number> {
  const { after, thereafter } = waits
  const cases = [...after].map(
    ([count, wait]) => sql`when ${sql.lit(count)} then cast(${now + wait} as bigint)`,
  )
  const last = Math.max(...after.keys())
  const further =
    thereafter === undefined
      ? sql`0`
      : sql`case when ${failures} > ${sql.lit(last)} then cast(${now + thereafter} as bigint) else 0 end`
  return sql`case (${failures}) ${sql.join(cases, sql` `)} else ${further} end`
}

/** Charges one failure in a window; returns the count, or null when the window is full. */
export async function chargeWindow(
  tx: Tx,
  key: string,
  { failures: most, window }: { failures: number; window: number },
  now: number,
): Promise<number | null> {
  const isOver = sql<boolean>`throttles.wait_until <= ${now}`
  const end = now + window
  const endOf = sql<number>`case when ${isOver} then cast(${end} as bigint) else throttles.wait_until end`
  const row = await tx
    .insertInto('throttles')
    .values({ key, failures: 1, wait_until: end, last_at: now, kept_until: end })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet({
          failures: sql<number>`case when ${isOver} then 1 else throttles.failures + 1 end`,
          wait_until: endOf,
          last_at: now,
          kept_until: endOf,
        })
        .where(sql<boolean>`${isOver} or throttles.failures < ${most}`),
    )
    .returning('failures')
    .executeTakeFirst()
  return row?.failures ?? null
}

/** Opens a window under each of these keys that has none; returns those. One statement, in the same order everywhere. */
export async function openWindows(
  tx: Tx,
  keys: readonly string[],
  window: number,
  now: number,
): Promise<readonly string[]> {
  const open = { failures: 1, wait_until: now + window, last_at: now, kept_until: now + window }
  const rows = await tx
    .insertInto('throttles')
    .values(keys.toSorted().map((key) => ({ key, ...open })))
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet(open).where('throttles.wait_until', '<=', now),
    )
    .returning('key')
    .execute()
  return rows.map(({ key }) => key)
}

export function windowRefund(tx: Tx, key: string) {
  return tx
    .updateTable('throttles')
    .set((eb) => ({ failures: eb('failures', '-', 1) }))
    .where('key', '=', key)
    .where('failures', '>', 0)
}

/** The end of a key's wait, in milliseconds since 1970; 0 when there is none. */
export async function selectWaitUntil(db: Database | Tx, key: string): Promise<number> {
  const row = await db
    .selectFrom('throttles')
    .select('wait_until')
    .where('key', '=', key)
    .executeTakeFirst()
  return row?.wait_until ?? 0
}

/** The failures of these keys, and the end of the wait that they brought. */
export async function selectCounts(
  db: Database | Tx,
  keys: readonly string[],
): Promise<ReadonlyMap<string, { readonly until: number; readonly failures: number }>> {
  if (keys.length === 0) return new Map()
  const rows = await db
    .selectFrom('throttles')
    .select(['key', 'wait_until as until', 'failures'])
    .where('key', 'in', keys)
    .execute()
  return new Map(rows.map(({ key, ...count }) => [key, count]))
}

/** The refusal of what `chargeWindow` has not charged: 429, until the window ends. */
export async function fullWindow(
  tx: Tx,
  key: string,
  now: number,
  code: Parameters<typeof waitProblem>[0] = 'too_many_attempts',
): Promise<Problem> {
  return waitProblem(code, (await selectWaitUntil(tx, key)) - now)
}

/** When a window ends that has this many failures; null while it has room. */
export async function selectFullWindow(
  db: Database,
  key: string,
  failures: number,
  now: number,
): Promise<number | null> {
  const row = await db
    .selectFrom('throttles')
    .select('wait_until')
    .where('key', '=', key)
    .where('failures', '>=', failures)
    .where('wait_until', '>', now)
    .executeTakeFirst()
  return row?.wait_until ?? null
}

export async function deleteThrottles(tx: Tx, keys: readonly string[]): Promise<void> {
  await throttlesDeletion(tx, keys).execute()
}

export function throttlesDeletion(tx: Tx, keys: readonly string[]) {
  return tx.deleteFrom('throttles').where('key', 'in', keys)
}

/** Deletes counts that are to be kept until an earlier time. */
export function deleteThrottlesBefore(db: Database, time: number): Promise<number> {
  return deleteBatch(db, {
    table: 'throttles',
    key: ['key'],
    where: sql`kept_until < ${time}`,
    by: 'kept_until',
  })
}

/** Refunds the charge of an unchecked try, and ends the wait that it may have begun. */
export async function refundFailure(tx: Tx, key: string): Promise<void> {
  await tx
    .updateTable('throttles')
    .set((eb) => ({ failures: eb('failures', '-', 1), wait_until: 0 }))
    .where('key', '=', key)
    .where('failures', '>', 0)
    .execute()
}

/** Deletes the counts whose keys begin with the prefix and a slash. */
export async function deleteThrottlesUnder(tx: Tx, prefix: string): Promise<void> {
  await tx
    .deleteFrom('throttles')
    .where('key', '>=', `${prefix}/`)
    // The sign after the slash.
    .where('key', '<', `${prefix}0`)
    .execute()
}
