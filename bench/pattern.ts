// The customer whose rows all others are copies of: the whole way from a new account to a passkey in force.
import { setTimeout as wait } from 'node:timers/promises'
import {
  createAuthenticator,
  type SoftwareAuthenticator,
} from '../test/support/authenticator/software-authenticator.ts'
import { HttpClient, type Answer, type RawRequest } from '../test/support/world/http-client.ts'
import { accountWithPasskey, givePassword } from '../test/support/world/journeys.ts'
import { codeOf, type Mail } from '../test/support/world/mail-receiver.ts'
import { expectStatus, type TestAccount } from '../test/support/world/world.ts'
import { origin, type Installation } from './installation.ts'
import { KeptConnections } from './load.ts'
import type { Row } from './rows.ts'

export const password = 'correct horse battery staple'
export const rpId = new URL(origin).hostname

export interface Pattern {
  readonly account: Row
  readonly passkey: Row
  readonly signIn: Row
  readonly events: readonly Row[]
}

/** A browser whose holder tries again when the server is busy, as a machine under other load may be. */
class PatientClient extends HttpClient {
  override async raw<Body>(request: RawRequest): Promise<Answer<Body>> {
    for (let tries = 1; ; tries += 1) {
      const answer = await super.raw<Body>(request)
      if (answer.status !== 503 || tries === 10) return answer
      await wait(500)
    }
  }
}

export function newAuthenticator(): SoftwareAuthenticator {
  return createAuthenticator({ origin, rpId, algorithm: -7 })
}

/** From a new account to a passkey in force, by the calls of the API, and half a sign-in more. */
export async function goTheWholeWay(installation: Installation): Promise<Pattern> {
  const { mail, rows } = installation
  const loginId = 'first-customer'
  const account = { loginId, email: `${loginId}@example.jp`, password, displayName: '田中 花子' }
  const options = ['--login-id', loginId, '--email', account.email, '--display-name', '田中 花子']
  installation.command(['accounts', 'add', ...options, '--password-stdin'], `${password}\n`)
  using agent = new KeptConnections()
  const newBrowser = () => new PatientClient(installation.served.url, { origin, agent })
  const nextCode = async ({ email }: TestAccount) =>
    codeOf(
      await mail.next(({ to, subject }: Mail) => to.includes(email) && subject.endsWith('コード')),
    )
  await accountWithPasskey({
    addAccount: () => Promise.resolve(account),
    authenticator: newAuthenticator,
    client: newBrowser,
    nextCode,
    async signIn(holder, browser = newBrowser()) {
      expectStatus(await givePassword(browser, holder), 200)
      const code = await nextCode(holder)
      expectStatus(await browser.post('/api/sign-in/email-code', { code }), 200)
      return browser
    },
  })
  expectStatus(await givePassword(newBrowser(), account), 200)
  const accountRow = only(await rows.find('accounts', 'login_id', loginId))
  const id = String(accountRow['id'])
  return {
    account: accountRow,
    passkey: only(await rows.find('passkeys', 'account_id', id)),
    signIn: only(await rows.find('sign_ins', 'account_id', id)),
    events: await rows.find('audit_events', 'account_id', id),
  }
}

function only(rows: readonly Row[]): Row {
  const [row, ...others] = rows
  if (!row || others.length > 0) throw new Error(`${rows.length} rows where one should be`)
  return row
}
