// Rule 19: an account knows the browsers that have signed in to it, so that guesses made elsewhere do
// not lock the holder out. A browser has one token for each of its accounts (docs/decisions/0018).
import { knownBrowserLifetime, mostKnownBrowsers } from '../../kernel/limits.ts'
import { hashToken, newToken } from '../../kernel/secrets.ts'
import type { Act } from '../act.ts'
import type { Deps } from '../deps.ts'
import type { Passkey } from '../passkeys/passkey.ts'
import {
  deleteKnownBrowser,
  knownBrowserInsertion,
  oldestBrowsersDeletion,
  selectKnownBrowser,
  selectLiveTokens,
  selectMemory,
  updateMemory,
  type PasskeyMemory,
} from './store.ts'

/** A passkey that has answered in a browser, and where the browser says that it is kept. */
export interface WorkedHere {
  readonly passkeyId: string
  /** `authenticatorAttachment` of the answer: a hint, on which no refusal depends. */
  readonly attachment: string | null | undefined
}

const nothing: PasskeyMemory = { passkeyId: null, way: null, at: null }

function memoryOf({ passkeyId, attachment }: WorkedHere, at: number): PasskeyMemory {
  return { passkeyId, way: attachment === 'platform' ? 'this-device' : 'other-device', at }
}

/** The passkey that worked in this browser last for the account, or null. */
export async function findPasskeyHere(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  accountId: string,
  tokens: readonly string[],
): Promise<PasskeyMemory | null> {
  const memory = await selectMemory(db, accountId, tokens.map(hashToken), now())
  return memory?.passkeyId ? memory : null
}

/**
 * Notes a passkey registered in this browser as one that works here. One that another device keeps does
 * not take the place of any that worked.
 */
export async function rememberRegistered(
  { tx, now }: Act,
  { id: passkeyId, accountId, attachment }: Pick<Passkey, 'id' | 'accountId' | 'attachment'>,
  tokens: readonly string[],
): Promise<void> {
  const hashes = tokens.map(hashToken)
  const fresh = memoryOf({ passkeyId, attachment }, now)
  const former = await selectMemory(tx, accountId, hashes, now)
  if (former?.passkeyId && fresh.way === 'other-device') return
  await updateMemory(tx, accountId, hashes, fresh)
}

/** The hash of the browser's token for the account, or null. */
export async function findKnownBrowser(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  accountId: string | undefined,
  tokens: readonly string[],
): Promise<string | null> {
  if (tokens.length === 0) return null
  // Also without an account: an unknown login ID takes the same queries, so the same time (rule 17).
  return selectKnownBrowser(db, accountId ?? '', tokens.map(hashToken), now())
}

/**
 * Makes a browser known to an account for a year from now, by a new token that replaces the former one
 * for the account and takes over what it remembers, unless a passkey has worked. Returns the tokens that
 * the browser is to keep, the new one first.
 */
export async function rememberBrowser(
  { tx, now, later }: Act,
  accountId: string,
  tokens: readonly string[],
  worked?: WorkedHere,
): Promise<readonly string[]> {
  const hashes = tokens.map(hashToken)
  const fresh = newToken()
  const former = await deleteKnownBrowser(tx, accountId, hashes, now)
  const { passkeyId, way, at } = worked ? memoryOf(worked, now) : (former ?? nothing)
  const live = await selectLiveTokens(tx, hashes, now)
  const expiresAt = now + knownBrowserLifetime
  const browser = { accountId, tokenHash: hashToken(fresh), expiresAt, passkeyId, way, at }
  later(() => knownBrowserInsertion.with(tx, browser))
  later(() => oldestBrowsersDeletion.with(tx, { accountId, passed: mostKnownBrowsers - 1 }))
  return [fresh, ...tokens.filter((token) => live.has(hashToken(token)))]
}
