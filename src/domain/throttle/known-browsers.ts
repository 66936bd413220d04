// Rule 19: a browser that has signed in to an account is known to it, so that guesses made elsewhere
// do not keep the holder out. It has one token for each of its accounts (docs/decisions/0018).
import { knownBrowserLifetime, mostKnownBrowsers } from '../../kernel/limits.ts'
import { hashToken, newToken } from '../../kernel/secrets.ts'
import type { Act } from '../act.ts'
import type { Deps } from '../deps.ts'
import {
  deleteKnownBrowser,
  deleteOldestKnownBrowsers,
  insertKnownBrowser,
  selectKnownBrowser,
  selectLiveTokens,
} from './store.ts'

/** The hash of this browser's token for the account when it has one, else null. */
export async function findKnownBrowser(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  accountId: string | undefined,
  tokens: readonly string[],
): Promise<string | null> {
  if (tokens.length === 0) return null
  // Nobody's too: a login ID that no account has takes no query less, and so no less time (rule 17).
  return selectKnownBrowser(db, accountId ?? '', tokens.map(hashToken), now())
}

/**
 * Makes a browser known to an account for a year from now, by a new token: the one that it had for the
 * account is dead. Returns the tokens that the browser is to keep, the new one first.
 */
export async function rememberBrowser(
  { tx, now }: Act,
  accountId: string,
  tokens: readonly string[],
): Promise<readonly string[]> {
  const hashes = tokens.map(hashToken)
  const fresh = newToken()
  await deleteKnownBrowser(tx, accountId, hashes)
  const live = await selectLiveTokens(tx, hashes, now)
  await insertKnownBrowser(tx, accountId, hashToken(fresh), now + knownBrowserLifetime)
  await deleteOldestKnownBrowsers(tx, accountId, mostKnownBrowsers)
  return [fresh, ...tokens.filter((token) => live.has(hashToken(token)))]
}
