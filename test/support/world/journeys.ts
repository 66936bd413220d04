// The steps of the journeys, over HTTP, by the calls of the contract.
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import type { SoftwareAuthenticator } from '../authenticator/software-authenticator.ts'
import type { HttpClient } from './http-client.ts'
import { expectStatus, type TestAccount, type World } from './world.ts'

export interface PasskeyAnswer {
  readonly id: string
  readonly name: string
  readonly place: string
  readonly createdAt: string
  readonly lastUsedAt: string | null
}

/** Where a journey takes place: a world, or an installation of processes. */
export type Stage = Pick<World, 'nextCode'>
type Ground = Pick<World, 'addAccount' | 'authenticator' | 'client' | 'nextCode' | 'signIn'>

type Device = 'this-device' | 'phone'

/** Proves the session with a passkey for a purpose; answers what the API answers. */
export async function proveSession(
  client: HttpClient,
  authenticator: SoftwareAuthenticator,
  passkeyId: string,
  purpose: 'register' | 'switch' | 'step-up' | 'change',
) {
  const options = expectStatus(
    await client.post<PublicKeyCredentialRequestOptionsJSON>('/api/session/passkey/options', {
      passkeyId,
      purpose,
    }),
    200,
  )
  return client.post('/api/session/passkey', await authenticator.get(options))
}

/** The options to try a passkey out in a session. */
export async function rehearsalOptions(client: HttpClient, id: string) {
  const path = `/api/passkeys/${id}/rehearsal/options`
  return expectStatus(await client.post<PublicKeyCredentialRequestOptionsJSON>(path), 200)
}

/** Tries a passkey out in a session; answers what the API answers. */
export async function rehearse(
  client: HttpClient,
  authenticator: SoftwareAuthenticator,
  id: string,
) {
  const answer = await authenticator.get(await rehearsalOptions(client, id))
  return client.post<{ way: string }>(`/api/passkeys/${id}/rehearsal`, answer)
}

/** Gets the permission to register a passkey by the code that is mailed for it. */
export async function openRegistration(
  world: Stage,
  client: HttpClient,
  account: TestAccount,
): Promise<void> {
  expectStatus(await client.post('/api/passkeys/email-code'), 200)
  const code = await world.nextCode(account)
  expectStatus(await client.post('/api/passkeys/email-code/verify', { code }), 200)
}

/** Asks for the options, lets the authenticator make the passkey, and sends it. */
export async function makePasskey(
  client: HttpClient,
  authenticator: SoftwareAuthenticator,
  name: string,
  device: Device = 'this-device',
) {
  const options = expectStatus(
    await client.post<PublicKeyCredentialCreationOptionsJSON>('/api/passkeys/options', {
      name,
      device,
    }),
    200,
  )
  return client.post<PasskeyAnswer>('/api/passkeys', await authenticator.create(options))
}

/** From signed in by e-mail to one registered passkey. */
export async function registerFirstPasskey(
  world: Stage,
  client: HttpClient,
  account: TestAccount,
  authenticator: SoftwareAuthenticator,
  name = 'Windows',
): Promise<PasskeyAnswer> {
  await openRegistration(world, client, account)
  return expectStatus(await makePasskey(client, authenticator, name), 201)
}

/** Proves a passkey and puts the other factor in force. */
export async function switchFactor(
  client: HttpClient,
  authenticator: SoftwareAuthenticator,
  passkeyId: string,
  method: 'email' | 'passkey',
): Promise<void> {
  expectStatus(await proveSession(client, authenticator, passkeyId, 'switch'), 200)
  expectStatus(await client.put('/api/second-factor', { method }), 200)
}

/** An account that signs in with a passkey, and the browser in which it was set up. */
export async function accountWithPasskey(world: Ground, authenticator = world.authenticator()) {
  const account = await world.addAccount()
  const client = await world.signIn(account)
  const passkey = await registerFirstPasskey(world, client, account, authenticator)
  await switchFactor(client, authenticator, passkey.id, 'passkey')
  return { account, client, passkey, authenticator }
}

interface PasskeyStep {
  readonly step: string
  readonly passkeys: readonly (PasskeyAnswer & { readonly here: boolean })[]
}

/** The password step; the answer tells which factor is next. */
export async function givePassword(
  client: HttpClient,
  { loginId, password }: TestAccount,
  continueTo?: string,
) {
  return client.post<PasskeyStep>('/api/sign-in', { loginId, password, continueTo })
}

/** A browser that has given the password of an account with a passkey. */
export async function atPasskey(world: World, { account }: { readonly account: TestAccount }) {
  const browser = world.client()
  expectStatus(await givePassword(browser, account), 200)
  return browser
}

/** The options for one passkey in a sign-in. */
export async function askPasskey(client: HttpClient, passkeyId: string) {
  return expectStatus(
    await client.post<PublicKeyCredentialRequestOptionsJSON>('/api/sign-in/passkey/options', {
      passkeyId,
    }),
    200,
  )
}

/** A whole sign-in with a passkey, in a new browser. */
export async function signInWithPasskey(
  world: Pick<World, 'client'>,
  account: TestAccount,
  authenticator: SoftwareAuthenticator,
  passkeyId: string,
  client = world.client(),
): Promise<HttpClient> {
  expectStatus(await givePassword(client, account), 200)
  const options = await askPasskey(client, passkeyId)
  expectStatus(await client.post('/api/sign-in/passkey', await authenticator.get(options)), 200)
  return client
}
