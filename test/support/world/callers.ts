// Customers who call support: with a passkey that is lost and one that they still have.
import { findAccount } from '../../../src/domain/accounts/find.ts'
import { checkedByPage } from '../../../src/domain/calls/page-check.ts'
import { hours } from '../../../src/kernel/clock.ts'
import type { SoftwareAuthenticator } from '../authenticator/software-authenticator.ts'
import { registerFurtherPasskey, securityKey, type Holder } from './ceremonies.ts'
import type { HttpClient } from './http-client.ts'
import { accountWithPasskey, askPasskey, atPasskey, type PasskeyAnswer } from './journeys.ts'
import { showNumber } from './telephone.ts'
import { expectStatus, type TestAccount, type World } from './world.ts'

export interface CallingHolder extends Holder {
  readonly lost: PasskeyAnswer
  readonly kept: PasskeyAnswer
  /** What has the kept one. */
  readonly key: SoftwareAuthenticator
}

/** One with two passkeys, neither of them bound since a hold began; moves the clock by more than a day. */
export async function holderWhoCalls(world: World): Promise<CallingHolder> {
  const holder = await accountWithPasskey(world)
  const key = securityKey(world)
  const kept = await registerFurtherPasskey(world, holder, key, 'YubiKey')
  // The hold of the first passkey is over.
  world.advance(25 * hours)
  return { ...holder, key, lost: holder.passkey, kept }
}

/** A page at the second factor, with its number. */
export async function callingFrom(
  world: World,
  holder: Pick<Holder, 'account'>,
): Promise<{ page: HttpClient; number: string }> {
  const page = await atPasskey(world, holder)
  return { page, number: await showNumber(page, { page: 'passkey' }) }
}

/** A new browser, signed in with the kept passkey. */
export async function signedInByKey(world: World, holder: CallingHolder): Promise<HttpClient> {
  const client = await atPasskey(world, holder)
  const options = await askPasskey(client, holder.kept.id)
  expectStatus(await client.post('/api/sign-in/passkey', await holder.key.get(options)), 200)
  return client
}

/** The act of removing a passkey, as a request has it. */
export function removing({ id: passkeyId }: { readonly id: string }) {
  return { act: 'remove-passkey', passkeyId }
}

/** Whether a request of this operator finds the check done. */
export async function isChecked(
  world: World,
  account: TestAccount,
  operatorId: string,
  { act, ...values }: { readonly act: string } & Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const held = await findAccount(world.deps, account.loginId)
  if (!held) throw new TypeError('no such account')
  const of = { account: held, operatorId, acts: [{ act, values }], now: world.now }
  const at = await world.deps.db.transaction().execute((tx) => checkedByPage(tx, of))
  return at !== undefined
}
