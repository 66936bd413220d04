// The fresh proofs that changes need (rules 8 and 42), by the calls of the contract.
import type { SoftwareAuthenticator } from '../authenticator/software-authenticator.ts'
import type { HttpClient } from './http-client.ts'
import { proveSession, type Stage } from './journeys.ts'
import { expectStatus, type TestAccount } from './world.ts'

/** Proves the session of an account whose factor is e-mail for one change, by the code that is mailed. */
export async function proveChangeByCode(
  world: Stage,
  client: HttpClient,
  account: TestAccount,
): Promise<void> {
  expectStatus(await client.post('/api/session/email-code'), 200)
  const code = await world.nextCode(account)
  expectStatus(await client.post('/api/session/email-code/verify', { code }), 200)
}

/** What proves a change: the account's mailbox, or its passkey. */
export type ChangeProver =
  | { readonly world: Stage; readonly account: TestAccount }
  | { readonly authenticator: SoftwareAuthenticator; readonly passkey: { readonly id: string } }

/** Proves the session for one change, by the passkey where there is one in `by`, else by the code by e-mail. */
export async function proveChange(client: HttpClient, by: ChangeProver): Promise<void> {
  if ('world' in by) return proveChangeByCode(by.world, client, by.account)
  expectStatus(await proveSession(client, by.authenticator, by.passkey.id, 'change'), 200)
}
