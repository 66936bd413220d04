// The browsers that accounts know (rule 19).
import { sql } from 'kysely'
import { statement } from '../../kernel/db/statement.ts'
import { deleteBatch } from '../tables/batch.ts'
import type { Database, Tx } from '../tables/tables.ts'

/** The token among these that makes the browser known to the account. */
export async function selectKnownBrowser(
  db: Database | Tx,
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

/** The tokens among these that are live for any account. */
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

interface KnownBrowser {
  readonly accountId: string
  readonly tokenHash: string
  readonly expiresAt: number
  /** What passkeys-here.ts writes. */
  readonly passkeys: string | null
  readonly id: string
  readonly browser: string | null
  readonly system: string | null
  readonly firstAt: number | null
  readonly now: number
}

/** What names a browser in the holder's list; a row of the version before has no name of its own. */
export const browserId = sql<string>`coalesce(id, substr(token_hash, 1, 22))`.as('id')

/** What the browser remembers for the account; undefined where the account does not know it. */
export async function selectMemory(
  db: Database | Tx,
  accountId: string,
  tokenHashes: readonly string[],
  now: number,
): Promise<Pick<KnownBrowser, 'tokenHash' | 'passkeys'> | undefined> {
  if (tokenHashes.length === 0) return undefined
  return db
    .selectFrom('known_browsers')
    .select(['token_hash as tokenHash', 'passkeys'])
    .where('token_hash', 'in', tokenHashes)
    .where('account_id', '=', accountId)
    .where('expires_at', '>', now)
    .limit(1)
    .executeTakeFirst()
}

export const memoryUpdate = statement(
  (db: Database, { tokenHash, passkeys }: { tokenHash: string; passkeys: string }) =>
    db.updateTable('known_browsers').set({ passkeys }).where('token_hash', '=', tokenHash),
)

export const knownBrowserInsertion = statement((db: Database, browser: KnownBrowser) =>
  db.insertInto('known_browsers').values({
    token_hash: browser.tokenHash,
    account_id: browser.accountId,
    expires_at: browser.expiresAt,
    passkeys: browser.passkeys,
    id: browser.id,
    browser: browser.browser,
    system: browser.system,
    first_at: browser.firstAt,
    last_at: browser.now,
  }),
)

/** Deletes the browser's token for the account, and returns what was known of it until it expired. */
export async function deleteKnownBrowser(
  tx: Tx,
  accountId: string,
  tokenHashes: readonly string[],
  now: number,
): Promise<Pick<KnownBrowser, 'id' | 'passkeys' | 'firstAt'> | undefined> {
  if (tokenHashes.length === 0) return undefined
  const rows = await tx
    .deleteFrom('known_browsers')
    .where('token_hash', 'in', tokenHashes)
    .where('account_id', '=', accountId)
    .returning([browserId, 'passkeys', 'first_at as firstAt', 'expires_at as expiresAt'])
    .execute()
  return rows.find(({ expiresAt }) => expiresAt > now)
}

/** Keeps the account's browsers that signed in last: one more than are `passed`. */
export const oldestBrowsersDeletion = statement(
  (db: Database, { accountId, passed }: { accountId: string; passed: number }) =>
    db
      .deleteFrom('known_browsers')
      .where('account_id', '=', accountId)
      .where('expires_at', '<', (oldestKept) =>
        oldestKept
          .selectFrom('known_browsers')
          .select('expires_at')
          .where('account_id', '=', accountId)
          .orderBy('expires_at', 'desc')
          .offset(passed)
          .limit(1),
      ),
)

/** Forgets all browsers of an account: a thief of the account may have made one known. */
export async function forgetBrowsers(tx: Tx, accountId: string): Promise<void> {
  await tx.deleteFrom('known_browsers').where('account_id', '=', accountId).execute()
}

/** Forgets one browser of an account; false when it has none of this id. */
export async function forgetBrowser(tx: Tx, accountId: string, id: string): Promise<boolean> {
  const of = tx.deleteFrom('known_browsers').where('account_id', '=', accountId)
  const { numDeletedRows } = await of.where(browserId.expression, '=', id).executeTakeFirst()
  return numDeletedRows === 1n
}

export function deleteKnownBrowsersBefore(db: Database, time: number): Promise<number> {
  const where = sql`expires_at < ${time}`
  return deleteBatch(db, {
    table: 'known_browsers',
    key: ['token_hash'],
    where,
    by: 'expires_at',
  })
}
