import { Problem, waitProblem } from '../../kernel/http/problem.ts'
import { newId } from '../../kernel/secrets.ts'
import { newAddressesPerAccount } from '../../limits/accounts.ts'
import type { Account } from '../accounts/account.ts'
import type { Act } from '../act.ts'
import type { SentCode } from '../email-codes/code.ts'
import { sendCode } from '../email-codes/send.ts'
import type { AddressKind } from '../vocabulary/life.ts'
import { insertNewAddress, selectAskedSince, selectLastAsked, selectNewAddress } from './store.ts'

interface Wanted {
  /** Held by the act. */
  readonly account: Account
  readonly sessionId: string
  readonly kind: AddressKind
  readonly address: string
}

/**
 * The address that the session has asked for, as `selectNewAddress` finds it. 409 `start_again` when the factors of
 * the account, which the act holds, have changed since it asked.
 */
export async function findWanted(
  { tx }: Act,
  { factorsVersion }: Account,
  sessionId: string,
  kind: AddressKind,
): ReturnType<typeof selectNewAddress> {
  const wanted = await selectNewAddress(tx, sessionId, kind)
  if (wanted && wanted.factorsVersion !== factorsVersion) throw new Problem('start_again')
  return wanted
}

/** The purpose of the code that is mailed to a new address. */
export const addressPurposes = {
  email: 'new-email',
  'notice-email': 'notice-email',
} as const satisfies Record<AddressKind, string>

/**
 * Keeps an address that a session wants for its account, and mails it a code. 429 `too_many_addresses` after
 * three in a day, of both kinds (rule 44); `too_many_codes`.
 */
export async function askForAddress(
  act: Act,
  { account, sessionId, kind, address }: Wanted,
): Promise<SentCode> {
  const { failures: most, window } = newAddressesPerAccount
  const { tx, now } = act
  const asked = await selectAskedSince(tx, account.id, now - window)
  const oldestThatCounts = asked.at(-most)
  if (oldestThatCounts !== undefined) {
    throw waitProblem('too_many_addresses', oldestThatCounts + window - now)
  }
  const { id: accountId, factorsVersion } = account
  // Its code is good for the last address alone, so the last stays the last even if the clock was set back.
  const last = await selectLastAsked(tx, sessionId, kind)
  const times = { factorsVersion, createdAt: Math.max(now, (last?.createdAt ?? 0) + 1) }
  await insertNewAddress(tx, { id: newId(), accountId, sessionId, kind, address, ...times })
  return sendCode(act, { account, purpose: addressPurposes[kind], owner: sessionId, to: address })
}
