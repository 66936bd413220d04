// The browsers that an account knows, as its holder sees them.
import type { Device } from '../../kernel/http/user-agent.ts'
import { hashToken } from '../../kernel/secrets.ts'
import { knownBrowserLifetime } from '../../limits/sessions.ts'
import type { Deps } from '../deps.ts'
import { browserId } from './browsers-store.ts'

export interface BrowserRow extends Device {
  readonly id: string
  /** Null where it is not known since when. */
  readonly firstAt: number | null
  readonly lastAt: number
  /** Whether it is the browser that asks. */
  readonly current: boolean
}

/** The browsers that an account knows, the one that signed in last first; `tokens` are those of who asks. */
export async function listBrowsers(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  accountId: string,
  tokens: readonly string[],
): Promise<readonly BrowserRow[]> {
  const rows = await db
    .selectFrom('known_browsers')
    .select([browserId, 'token_hash', 'browser', 'system', 'expires_at', 'first_at', 'last_at'])
    .where('account_id', '=', accountId)
    .where('expires_at', '>', now())
    .orderBy('expires_at', 'desc')
    .execute()
  const own = new Set(tokens.map(hashToken))
  return rows.map(({ id, token_hash, browser, system, expires_at, first_at, last_at }) => ({
    ...{ id, browser, system },
    firstAt: first_at,
    // The version before noted only until when the browser stays known.
    lastAt: last_at ?? expires_at - knownBrowserLifetime,
    current: own.has(token_hash),
  }))
}
