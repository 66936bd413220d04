// Rules 17 to 19: what stands between a guesser and a password, alike for login IDs that exist and not.
import { isIPv6 } from 'node:net'
import type { Deps } from '../deps.ts'
import type { Keys } from '../ground/secrets.ts'
import type { Tx } from '../storage/tables.ts'
import { networkOf } from '../ground/networks.ts'
import {
  chargeFailure,
  chargeWindow,
  deleteThrottles,
  deleteThrottlesUnder,
  refundFailure,
  refundWindow,
  selectWaitUntil,
} from './store.ts'
import { addressLimit, passwordWaits } from './waits.ts'

export interface PasswordTry {
  /** Normalised. */
  readonly loginId: string
  readonly address: string | null
  /** Hash of the token of a browser that has signed in to this account before. */
  readonly knownBrowser: string | null
}

export type Charge =
  | { readonly outcome: 'address'; readonly retryAfter: number }
  | (AddressCharge & { readonly outcome: 'waiting' })
  | (AddressCharge & {
      readonly outcome: 'charged'
      /** In a row, this one counted. */
      readonly failures: number
    })

interface AddressCharge {
  /** Whether this one is the last that its address has. */
  readonly endsAddress: boolean
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
  const addressKey = addressKeyOf(attempt)
  let endsAddress = false
  if (addressKey !== null) {
    const charged = await chargeWindow(db, addressKey, addressLimit, now())
    if (charged === null) {
      const retryAfter = (await selectWaitUntil(db, addressKey)) - now()
      return { outcome: 'address', retryAfter }
    }
    endsAddress = charged === addressLimit.failures
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
  const addressKey = addressKeyOf(attempt)
  if (addressKey !== null) await refundWindow(db, addressKey)
  await deleteThrottles(db, [passwordKey(keys, attempt)])
}

/** The password was not checked after all: the charge is taken back. */
export async function refundPassword(
  { db, keys }: Pick<Deps, 'db' | 'keys'>,
  attempt: PasswordTry,
): Promise<void> {
  const addressKey = addressKeyOf(attempt)
  if (addressKey !== null) await refundWindow(db, addressKey)
  await refundFailure(db, passwordKey(keys, attempt))
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

function addressKeyOf({ address, knownBrowser }: PasswordTry): string | null {
  if (address === null || knownBrowser !== null) return null
  return `address/${isIPv6(address) ? networkOf(address, 64) : address}`
}
