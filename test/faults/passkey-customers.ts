// Customers who sign in with a passkey, made by the calls of the API.
import type { SoftwareAuthenticator } from '../support/authenticator/software-authenticator.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import type { Installation, ServeProcess } from '../support/world/installation.ts'
import { accountWithPasskey, type PasskeyAnswer } from '../support/world/journeys.ts'
import type { TestAccount } from '../support/world/world.ts'

export interface PasskeyCustomer {
  readonly account: TestAccount
  /** The browser in which it was set up: the account knows it. */
  readonly client: HttpClient
  readonly passkey: PasskeyAnswer
  readonly authenticator: SoftwareAuthenticator
}

export async function passkeyCustomers(
  installation: Installation,
  served: ServeProcess,
  count: number,
): Promise<PasskeyCustomer[]> {
  const accounts = await installation.addAccounts(count)
  const customers: PasskeyCustomer[] = []
  for (const account of accounts) {
    const stage = {
      addAccount: () => Promise.resolve(account),
      authenticator: () => installation.authenticator(),
      client: () => installation.client(served),
      nextCode: (who: TestAccount) => installation.nextCode(who),
      signIn: (who: TestAccount) => installation.signIn(who, installation.client(served)),
    }
    customers.push(await accountWithPasskey(stage))
  }
  return customers
}
