import { sql, type RawBuilder } from 'kysely'
import type { Waits } from '../../kernel/limits.ts'
import type { Database, Tx } from '../tables/tables.ts'

/**
 * Charges one failure in advance, in one conditional statement (rule 18): of a hundred at once each is
 * another one in the row, and none is charged while a wait lasts. Null when it must wait.
 */
export async function chargeFailure(
  db: Database | Tx,
  key: string,
  waits: Waits,
  now: number,
): Promise<number | null> {
  const forgotten =
    waits.forgetAfter === null
      ? sql<boolean>`1 = 0`
      : sql<boolean>`throttles.last_at <= ${now - waits.forgetAfter}`
  const failures = sql<number>`case when ${forgotten} then 1 else throttles.failures + 1 end`
  const row = await db
    .insertInto('throttles')
    .values({ key, failures: 1, wait_until: 0, last_at: now })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet({ failures, wait_until: waitUntil(waits, failures, now), last_at: now })
        .where('throttles.wait_until', '<=', now),
    )
    .returning('failures')
    .executeTakeFirst()
  return row?.failures ?? null
}

function waitUntil(waits: Waits, failures: RawBuilder<number>, now: number): RawBuilder<number> {
  const cases = [...waits.after].map(
    ([count, wait]) => sql`when ${sql.lit(count)} then cast(${now + wait} as bigint)`,
  )
  return sql`case (${failures}) ${sql.join(cases, sql` `)} else 0 end`
}

/** Charges one of at most `most` in a window; null when the window is full. */
export async function chargeWindow(
  db: Database,
  key: string,
  { failures: most, window }: { failures: number; window: number },
  now: number,
): Promise<number | null> {
  const isOver = sql<boolean>`throttles.wait_until <= ${now}`
  const row = await db
    .insertInto('throttles')
    .values({ key, failures: 1, wait_until: now + window, last_at: now })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet({
          failures: sql<number>`case when ${isOver} then 1 else throttles.failures + 1 end`,
          wait_until: sql<number>`case when ${isOver} then cast(${now + window} as bigint) else throttles.wait_until end`,
          last_at: now,
        })
        .where(sql<boolean>`${isOver} or throttles.failures < ${most}`),
    )
    .returning('failures')
    .executeTakeFirst()
  return row?.failures ?? null
}

export async function refundWindow(db: Database, key: string): Promise<void> {
  await db
    .updateTable('throttles')
    .set((eb) => ({ failures: eb('failures', '-', 1) }))
    .where('key', '=', key)
    .where('failures', '>', 0)
    .execute()
}

/** When the wait of a key ends, in milliseconds since 1970; 0 when it does not wait. */
export async function selectWaitUntil(db: Database | Tx, key: string): Promise<number> {
  const row = await db
    .selectFrom('throttles')
    .select('wait_until')
    .where('key', '=', key)
    .executeTakeFirst()
  return row?.wait_until ?? 0
}

export async function deleteThrottles(db: Database | Tx, keys: readonly string[]): Promise<void> {
  await db.deleteFrom('throttles').where('key', 'in', keys).execute()
}

export async function deleteThrottlesBefore(
  db: Database,
  prefixes: readonly string[],
  time: number,
): Promise<void> {
  await db
    .deleteFrom('throttles')
    .where('last_at', '<', time)
    .where((row) => row.or(prefixes.map((prefix) => row('key', 'like', `${prefix}/%`))))
    .execute()
}

/** Takes back a charge for what was not checked after all, and the wait that it may have brought. */
export async function refundFailure(db: Database, key: string): Promise<void> {
  await db
    .updateTable('throttles')
    .set((eb) => ({ failures: eb('failures', '-', 1), wait_until: 0 }))
    .where('key', '=', key)
    .where('failures', '>', 0)
    .execute()
}

/** Which of these tokens makes a browser known to the account. */
export async function selectKnownBrowser(
  db: Database,
  accountId: string,
  tokenHashes: readonly string[],
  now: number,
): Promise<string | null> {
  const row = await db
    .selectFrom('known_browsers')
    .select('token_hash')
    .where('token_hash', 'in', tokenHashes)
    .where('account_id', '=', accountId)
    .where('expires_at', '>', now)
    .limit(1)
    .executeTakeFirst()
  return row?.token_hash ?? null
}

/** Those of these tokens by which some account knows a browser. */
export async function selectLiveTokens(
  tx: Tx,
  tokenHashes: readonly string[],
  now: number,
): Promise<ReadonlySet<string>> {
  if (tokenHashes.length === 0) return new Set()
  const rows = await tx
    .selectFrom('known_browsers')
    .select('token_hash')
    .where('token_hash', 'in', tokenHashes)
    .where('expires_at', '>', now)
    .execute()
  return new Set(rows.map((row) => row.token_hash))
}

export async function insertKnownBrowser(
  tx: Tx,
  accountId: string,
  tokenHash: string,
  expiresAt: number,
): Promise<void> {
  await tx
    .insertInto('known_browsers')
    .values({ token_hash: tokenHash, account_id: accountId, expires_at: expiresAt })
    .execute()
}

/** What one browser has for the account. */
export async function deleteKnownBrowser(
  tx: Tx,
  accountId: string,
  tokenHashes: readonly string[],
): Promise<void> {
  if (tokenHashes.length === 0) return
  await tx
    .deleteFrom('known_browsers')
    .where('token_hash', 'in', tokenHashes)
    .where('account_id', '=', accountId)
    .execute()
}

/** Leaves an account so many, the last to sign in. */
export async function deleteOldestKnownBrowsers(
  tx: Tx,
  accountId: string,
  kept: number,
): Promise<void> {
  const newest = tx
    .selectFrom('known_browsers')
    .select('token_hash')
    .where('account_id', '=', accountId)
    .orderBy('expires_at', 'desc')
    .limit(kept)
  await tx
    .deleteFrom('known_browsers')
    .where('account_id', '=', accountId)
    .where('token_hash', 'not in', newest)
    .execute()
}

/** Forgets all browsers of an account: whoever had a hand in it before may have made one known. */
export async function forgetBrowsers(tx: Tx, accountId: string): Promise<void> {
  await tx.deleteFrom('known_browsers').where('account_id', '=', accountId).execute()
}

export async function deleteKnownBrowsersBefore(db: Database, time: number): Promise<void> {
  await db.deleteFrom('known_browsers').where('expires_at', '<', time).execute()
}

export async function deleteThrottlesUnder(tx: Tx, prefix: string): Promise<void> {
  await tx.deleteFrom('throttles').where('key', 'like', `${prefix}/%`).execute()
}
