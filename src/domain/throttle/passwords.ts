// Rules 17 to 19: what stands between a guesser and a password, alike for login IDs that exist and not.
import { isIPv6 } from 'node:net'
import { networkOf } from '../../kernel/http/networks.ts'
import { addressLimits, inHand, passwordWaits } from '../../kernel/limits.ts'
import type { Keys } from '../../kernel/secrets.ts'
import type { Asker, Deps } from '../deps.ts'
import type { Tx } from '../tables/tables.ts'
import {
  chargeFailure,
  chargeWindow,
  deleteThrottles,
  deleteThrottlesUnder,
  refundFailure,
  refundWindow,
  selectWaitUntil,
} from './store.ts'

export interface PasswordTry {
  /** Normalised. */
  readonly loginId: string
  readonly address: string | null
  /** Hash of the token of a browser that has signed in to this account before. */
  readonly knownBrowser: string | null
}

type Charge =
  | { readonly outcome: 'address'; readonly retryAfter: number }
  | (AddressCharge & { readonly outcome: 'waiting' })
  | (AddressCharge & {
      readonly outcome: 'charged'
      /** In a row, this one counted. */
      readonly failures: number
    })

interface AddressCharge {
  /** How many its address has, or the widest network of it, where this one is the last; else null. */
  readonly endsAddress: number | null
}

/** How many wrong passwords in a row lock. */
export const failuresThatLock = passwordWaits.stopAt

/**
 * Charges a try before anything is checked. A known browser has its own count, and no other count, an
 * address's neither, keeps it out.
 */
export async function chargePassword(
  { db, keys, now }: Pick<Deps, 'db' | 'keys' | 'now'>,
  attempt: PasswordTry,
): Promise<Charge> {
  let endsAddress: number | null = null
  const charged: string[] = []
  for (const { key, limit } of addressCounts(attempt)) {
    const failures = await chargeWindow(db, key, limit, now())
    if (failures === null) {
      for (const one of charged) await refundWindow(db, one)
      return { outcome: 'address', retryAfter: (await selectWaitUntil(db, key)) - now() }
    }
    charged.push(key)
    if (failures === limit.failures) endsAddress = failures
  }
  const failures = await chargeFailure(db, passwordKey(keys, attempt), passwordWaits, now())
  if (failures === null) return { outcome: 'waiting', endsAddress }
  return { outcome: 'charged', endsAddress, failures }
}

/** The password was right: the row of failures ends, and the address's charge is given back. */
export async function forgivePassword(
  { db, keys }: Pick<Deps, 'db' | 'keys'>,
  attempt: PasswordTry,
): Promise<void> {
  for (const { key } of addressCounts(attempt)) await refundWindow(db, key)
  await deleteThrottles(db, [passwordKey(keys, attempt)])
}

/** The password was not checked after all: the charge is taken back. */
export async function refundPassword(
  { db, keys }: Pick<Deps, 'db' | 'keys'>,
  attempt: PasswordTry,
): Promise<void> {
  for (const { key } of addressCounts(attempt)) await refundWindow(db, key)
  await refundFailure(db, passwordKey(keys, attempt))
}

/** Who asks for the check of this try, and how many of the like may be in hand (rule 20). */
export function askerOf(keys: Keys, attempt: PasswordTry): Asker {
  const account = keys.hash('login-id', attempt.loginId)
  const own = [passwordKey(keys, attempt), inHand.ofLoginId] as const
  if (attempt.knownBrowser === null) return { account, turn: 'last', most: new Map([own]) }
  // Their failures count for no address, but what they have in hand does.
  const address = attempt.address === null ? [] : [networksOf(attempt.address)[0]?.network]
  const most = new Map([
    own,
    [`browsers/${account}`, inHand.ofKnownBrowsers],
    ...address.map((network) => [`address/${network}`, inHand.ofAddress] as const),
  ])
  return { account, turn: 'first', most }
}

/** Forgets the failures that unknown browsers left for a login ID. */
export async function liftPasswordWait(tx: Tx, keys: Keys, loginId: string): Promise<void> {
  await deleteThrottles(tx, [`password/${keys.hash('login-id', loginId)}`])
}

/** Forgets all failures of a login ID, those of its known browsers too. */
export async function liftAllPasswordWaits(tx: Tx, keys: Keys, loginId: string): Promise<void> {
  await liftPasswordWait(tx, keys, loginId)
  await deleteThrottlesUnder(tx, `browser/${keys.hash('login-id', loginId)}`)
}

function passwordKey(keys: Keys, { loginId, knownBrowser }: PasswordTry): string {
  const id = keys.hash('login-id', loginId)
  return knownBrowser === null ? `password/${id}` : `browser/${id}/${knownBrowser}`
}

function addressCounts({ address, knownBrowser }: PasswordTry) {
  if (address === null || knownBrowser !== null) return []
  return networksOf(address).map(({ network, limit }) => ({ key: `address/${network}`, limit }))
}

/** The networks that an address stands for, the narrowest first. */
function networksOf(address: string) {
  const limits = isIPv6(address) ? addressLimits : addressLimits.slice(0, 1)
  return limits.map((limit) => ({
    limit,
    network: isIPv6(address) ? networkOf(address, limit.bits) : address,
  }))
}
