// Rule 19: an account knows the browsers that have signed in to it, so that guesses made elsewhere do
// not lock the holder out. A browser has one token for each of its accounts (docs/decisions/0018).
import { hashToken, newId, newToken } from '../../kernel/secrets.ts'
import { knownBrowserLifetime, mostKnownBrowsers } from '../../limits/sessions.ts'
import type { Act } from '../act.ts'
import type { Database, Tx } from '../tables/tables.ts'
import {
  deleteKnownBrowser,
  knownBrowserInsertion,
  oldestBrowsersDeletion,
  selectKnownBrowser,
  selectLiveTokens,
} from './browsers-store.ts'
import { readMemory, withWorked, writeMemory, type WorkedHere } from './passkeys-here.ts'

/** The hash of the browser's token for the account, or null. */
export async function findKnownBrowser(
  db: Database | Tx,
  accountId: string | undefined,
  tokens: readonly string[],
  now: number,
): Promise<string | null> {
  if (tokens.length === 0) return null
  // Also without an account: an unknown login ID takes the same queries, so the same time (rule 17).
  return selectKnownBrowser(db, accountId ?? '', tokens.map(hashToken), now)
}

/**
 * Makes a browser known to an account for a year from now, by a new token that replaces the former one
 * for the account and takes over what it remembers, with the passkey that has worked. Returns the tokens
 * that the browser is to keep, the new one first, and whether the account knew it.
 */
export async function rememberBrowser(
  { tx, by, now, later }: Act,
  accountId: string,
  tokens: readonly string[],
  worked?: WorkedHere,
): Promise<{ readonly tokens: readonly string[]; readonly wasKnown: boolean }> {
  const hashes = tokens.map(hashToken)
  const fresh = newToken()
  const former = await deleteKnownBrowser(tx, accountId, hashes, now)
  const memory = readMemory(former?.passkeys)
  const passkeys = writeMemory(worked ? withWorked(memory, worked, now) : memory)
  const live = await selectLiveTokens(tx, hashes, now)
  const expiresAt = now + knownBrowserLifetime
  const browser = {
    accountId,
    id: former?.id ?? newId(),
    tokenHash: hashToken(fresh),
    browser: by.browser,
    system: by.system,
    // Of a browser that was known already, and not since when, nobody says that it is new.
    firstAt: former ? former.firstAt : now,
    ...{ now, expiresAt, passkeys },
  }
  later(() => knownBrowserInsertion.with(tx, browser))
  later(() => oldestBrowsersDeletion.with(tx, { accountId, passed: mostKnownBrowsers - 1 }))
  const kept = tokens.filter((token) => live.has(hashToken(token)))
  return { tokens: [fresh, ...kept], wasKnown: former !== undefined }
}
