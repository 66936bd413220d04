// Rules 17 to 19: limits on guessing passwords, the same for known and unknown login IDs.
import { isIPv6 } from 'node:net'
import { networkOf } from '../../kernel/http/networks.ts'
import type { Keys } from '../../kernel/secrets.ts'
import { addressLimits, inHand, passwordWaits } from '../../limits/passwords.ts'
import type { Act } from '../act.ts'
import type { Asker, Turn } from '../deps.ts'
import type { Tx } from '../tables/tables.ts'
import {
  chargeFailure,
  chargeWindow,
  deleteThrottles,
  fullWindow,
  throttlesDeletion,
  windowRefund,
  deleteThrottlesUnder,
  refundFailure,
  selectWaitUntil,
} from './store.ts'

export interface PasswordTry {
  /** Normalised. */
  readonly loginId: string
  readonly address: string | null
  /** The hash of the browser's token for this account, or the session that asks; null for any other browser. */
  readonly knownBrowser: string | null
}

interface Charge {
  /** Failures in a row, including this charge; null, without a charge, during a wait. */
  readonly failures: number | null
  /** The count of the address, or of its widest full network, if this try exhausts it; else null. */
  readonly endsAddress: number | null
}

/** The number of wrong passwords in a row that locks an account. */
export const failuresThatLock = passwordWaits.stopAt

/**
 * Charges a try before anything is checked. A known browser is counted separately; neither the account's
 * nor the address's limit applies to it. Throws 429 `too_many_attempts`, for which nothing is charged, when
 * the address has too many wrong passwords.
 */
export async function chargePassword(
  { tx, keys, now }: Act,
  passwordTry: PasswordTry,
): Promise<Charge> {
  let endsAddress: number | null = null
  for (const { key, limit } of addressCounts(passwordTry)) {
    const failures = await chargeWindow(tx, key, limit, now)
    if (failures === null) throw await fullWindow(tx, key, now)
    if (failures === limit.failures) endsAddress = failures
  }
  const key = passwordKey(keys, passwordTry)
  return { failures: await chargeFailure(tx, key, passwordWaits, now), endsAddress }
}

/** After a right password: resets the failures, and refunds the address's charge. */
export function forgivePassword({ tx, keys, later }: Act, passwordTry: PasswordTry): void {
  for (const { key } of addressCounts(passwordTry)) later(() => windowRefund(tx, key))
  later(() => throttlesDeletion(tx, [passwordKey(keys, passwordTry)]))
}

/** How much longer this try would have to wait, in milliseconds. */
export async function passwordWait(
  { tx, keys, now }: Act,
  passwordTry: PasswordTry,
): Promise<number> {
  return (await selectWaitUntil(tx, passwordKey(keys, passwordTry))) - now
}

/** Refunds the charge of a password that was not checked after all. */
export async function refundPassword({ tx, keys }: Act, passwordTry: PasswordTry): Promise<void> {
  for (const { key } of addressCounts(passwordTry)) await windowRefund(tx, key).execute()
  await refundFailure(tx, passwordKey(keys, passwordTry))
}

/** The asker of a try, with the limits on passwords in hand (rule 20). */
export function askerOf(keys: Keys, passwordTry: PasswordTry): Asker {
  const account = keys.hash('login-id', passwordTry.loginId)
  const own = [passwordKey(keys, passwordTry), inHand.ofLoginId] as const
  if (passwordTry.knownBrowser === null) return { account, turn: 'last', most: new Map([own]) }
  // Failures of known browsers do not count for an address; their passwords in hand do.
  const address = passwordTry.address === null ? [] : [networksOf(passwordTry.address)[0]?.network]
  const most = new Map([
    own,
    [`browsers/${account}`, inHand.ofKnownBrowsers],
    ...address.map((network) => [`address/${network}`, inHand.ofAddress] as const),
  ])
  return { account, turn: 'first', most }
}

/** The turn of a new password, whose holder has proven more than a known browser does. */
export function turnOfHolder(keys: Keys, { loginId }: Pick<PasswordTry, 'loginId'>): Turn {
  return { account: keys.hash('login-id', loginId), turn: 'first' }
}

/** Forgets the failures of unknown browsers for a login ID. */
export async function liftPasswordWait(tx: Tx, keys: Keys, loginId: string): Promise<void> {
  await deleteThrottles(tx, [`password/${keys.hash('login-id', loginId)}`])
}

/** Forgets all failures for a login ID, including those of known browsers. */
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

/** The networks that an address counts for, the narrowest first. */
function networksOf(address: string) {
  const limits = isIPv6(address) ? addressLimits : addressLimits.slice(0, 1)
  return limits.map((limit) => ({
    limit,
    network: networkOf(address, limit.bits),
  }))
}
