// Setting a password without the one before it, over HTTP.
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import { issueActivation } from '../../../src/domain/accounts/activation.ts'
import { transact, type Act } from '../../../src/domain/act.ts'
import { fromNowhere } from '../../../src/domain/actor.ts'
import type { SoftwareAuthenticator } from '../authenticator/software-authenticator.ts'
import { accountIdOf } from '../checks/records.ts'
import type { HttpClient } from './http-client.ts'
import type { PasskeyAnswer } from './journeys.ts'
import { expectStatus, type TestAccount, type World } from './world.ts'

export const forgotten = '/api/forgotten/password'
export const activation = '/api/activation'

export interface RecoveryStep {
  readonly step: string
  readonly passkeys?: readonly PasskeyAnswer[]
  readonly expiresAt?: string
  readonly resendAfter?: string
}

/** A password that may be set. */
export const anotherPassword = 'seven green boats at noon'

/** A new browser that has asked for a new password. */
export async function askForgotten(
  world: World,
  { loginId }: Pick<TestAccount, 'loginId'>,
): Promise<HttpClient> {
  const client = world.client()
  expectStatus(await client.post<RecoveryStep>(forgotten, { loginId }), 202)
  return client
}

/** The same, which has proven the mailbox. */
export async function proveMailbox(world: World, account: TestAccount): Promise<HttpClient> {
  const client = await askForgotten(world, account)
  const code = await world.nextCode(account)
  expectStatus(await client.post(`${forgotten}/email-code`, { code }), 200)
  return client
}

/** Answers with the passkey that is asked for; gives what the API answers. */
export async function recoverByPasskey(
  client: HttpClient,
  authenticator: SoftwareAuthenticator,
  passkeyId: string,
) {
  const options = expectStatus(
    await client.post<PublicKeyCredentialRequestOptionsJSON>(`${forgotten}/passkey/options`, {
      passkeyId,
    }),
    200,
  )
  return client.post<RecoveryStep>(`${forgotten}/passkey`, await authenticator.get(options))
}

/** What support hands out: an activation code of the account. */
export async function activationOf(world: World, account: TestAccount): Promise<string> {
  const id = await accountIdOf(world, account)
  const by = fromNowhere({ name: 'test', reason: 'test' })
  const issue = (act: Act) => issueActivation(act, { id }, { sealed: false })
  return (await transact(world.deps, by, issue)).code
}

/** Gives login ID and activation code in a new browser; gives what the API answers. */
export async function giveActivation(
  world: World,
  { loginId }: Pick<TestAccount, 'loginId'>,
  activationCode: string,
  client = world.client(),
) {
  return {
    client,
    answer: await client.post<RecoveryStep>(activation, { loginId, activationCode }),
  }
}

/** A new browser that may set the password by an activation code. */
export async function proveActivation(world: World, account: TestAccount): Promise<HttpClient> {
  const { client, answer } = await giveActivation(
    world,
    account,
    await activationOf(world, account),
  )
  expectStatus(answer, 200)
  const code = await world.nextCode(account)
  expectStatus(await client.post(`${activation}/email-code`, { code }), 200)
  return client
}

/** An account as `accounts add` makes it, without a password. */
export async function accountWithoutPassword(world: World): Promise<TestAccount> {
  const account = await world.addAccount()
  const none = world.deps.db.updateTable('accounts').set({ password_hash: '' })
  await none.where('login_id', '=', account.loginId).execute()
  return account
}
