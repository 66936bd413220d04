// The halves of the ceremonies, for tests that come between the options and the answer.
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import { findAccount } from '../../../src/domain/accounts/find.ts'
import { removeLostPasskey } from '../../../src/operations/support/remove-passkey.ts'
import type { SoftwareAuthenticator } from '../authenticator/software-authenticator.ts'
import type { HttpClient } from './http-client.ts'
import {
  accountWithPasskey,
  makePasskey,
  openRegistration,
  proveSession,
  registerFirstPasskey,
  type PasskeyAnswer,
} from './journeys.ts'
import { expectStatus, type TestAccount, type World } from './world.ts'

export type Holder = Awaited<ReturnType<typeof accountWithPasskey>>

/** An account that signs in by e-mail and has one passkey, in the browser that registered it. */
export async function holderOfPasskey(
  world: World,
  authenticator = world.authenticator(),
): Promise<Holder> {
  const account = await world.addAccount()
  const client = await world.signIn(account)
  const passkey = await registerFirstPasskey(world, client, account, authenticator)
  return { account, client, authenticator, passkey }
}

/** Another authenticator than Windows Hello, on which nothing of the account is excluded. */
export function securityKey(world: World): SoftwareAuthenticator {
  const aaguid = '00000000-0000-0000-0000-000000000000'
  return world.authenticator({ aaguid, transports: ['usb'] })
}

export async function creationOptions(client: HttpClient, name: string) {
  const body = { name, device: 'this-device' }
  return expectStatus(
    await client.post<PublicKeyCredentialCreationOptionsJSON>('/api/passkeys/options', body),
    200,
  )
}

export async function proofOptions(client: HttpClient, passkeyId: string, purpose: string) {
  const body = { passkeyId, purpose }
  return expectStatus(
    await client.post<PublicKeyCredentialRequestOptionsJSON>('/api/session/passkey/options', body),
    200,
  )
}

/** The leave to register one more: a proof with the passkey that there is, then the code. */
export async function openFurtherRegistration(world: World, holder: Holder): Promise<void> {
  const { account, client, authenticator, passkey } = holder
  expectStatus(await proveSession(client, authenticator, passkey.id, 'register'), 200)
  await openRegistration(world, client, account)
}

/** One more passkey for the account, on another authenticator. */
export async function registerFurtherPasskey(
  world: World,
  holder: Holder,
  authenticator: SoftwareAuthenticator,
  name: string,
): Promise<PasskeyAnswer> {
  await openFurtherRegistration(world, holder)
  return expectStatus(await makePasskey(holder.client, authenticator, name), 201)
}

/** What support does on the command line, in this process and with this test's clock. */
export async function removeBySupport(
  { deps }: World,
  { loginId }: TestAccount,
  passkeyId: string,
  reason = 'lost',
): Promise<void> {
  const account = await findAccount(deps, loginId)
  if (!account) throw new Error(`there is no ${loginId}`)
  await removeLostPasskey(deps, account, passkeyId, { name: 'suzuki', reason })
}
