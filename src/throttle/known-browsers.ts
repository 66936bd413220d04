// Rule 19: a browser that has signed in to an account is known to it, so that guesses made elsewhere
// do not keep the holder out.
import type { Deps } from '../deps.ts'
import { days } from '../ground/clock.ts'
import { hashToken, newToken } from '../ground/secrets.ts'
import type { Tx } from '../storage/tables.ts'
import { deleteKnownBrowsers, insertKnownBrowser, selectKnownBrowser } from './store.ts'

export const knownBrowserLifetime = 365 * days

/** The hash of this browser's token when the account knows it, else null. */
export async function findKnownBrowser(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  accountId: string | undefined,
  token: string | undefined,
): Promise<string | null> {
  if (!accountId || !token) return null
  const tokenHash = hashToken(token)
  return (await selectKnownBrowser(db, accountId, tokenHash, now())) ? tokenHash : null
}

/** Makes a browser known to an account for a year from now; returns its token, a new one if it had none. */
export async function rememberBrowser(
  tx: Tx,
  { now }: Pick<Deps, 'now'>,
  accountId: string,
  token: string | undefined,
): Promise<string> {
  const kept = token ?? newToken()
  await insertKnownBrowser(tx, accountId, hashToken(kept), now() + knownBrowserLifetime)
  return kept
}

/** Forgets all browsers of an account: whoever knew its old password may have made one known. */
export async function forgetBrowsers(tx: Tx, accountId: string): Promise<void> {
  await deleteKnownBrowsers(tx, accountId)
}
