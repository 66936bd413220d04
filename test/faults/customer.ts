// A customer who goes on and on, and remembers what was acknowledged: that must never be lost.
import { randomBytes } from 'node:crypto'
import type { SoftwareAuthenticator } from '../support/authenticator/software-authenticator.ts'
import type { HttpClient, RawRequest } from '../support/world/http-client.ts'
import type { Installation, ServeProcess } from '../support/world/installation.ts'
import {
  askPasskey,
  givePassword,
  registerFirstPasskey,
  switchFactor,
  type PasskeyAnswer,
} from '../support/world/journeys.ts'
import { expectStatus, type TestAccount } from '../support/world/world.ts'

/** What the server has said yes to, or has refused and must remember. */
export interface Ledger {
  readonly passkeys: string[]
  /** Codes that were asked for and said to be on their way. */
  codes: number
  wrongCodes: number
  /** Wrong passwords for a login ID that nobody has: acknowledged, and sent. */
  wrongPasswords: { answered: number; sent: number }
  factor: 'email' | 'passkey'
  /** The browser whose last session was acknowledged. */
  session: HttpClient | null
  signIns: number
}

/** Calls after which a session has another token, or none: without the answer nobody knows. */
const turning = new Set(['/api/session/passkey', '/api/sign-in/email-code', '/api/sign-in/passkey'])

export class Customer {
  readonly account: TestAccount
  readonly unknownId = `nobody-${randomBytes(6).toString('hex')}`
  readonly ledger: Ledger = {
    passkeys: [],
    codes: 0,
    wrongCodes: 0,
    wrongPasswords: { answered: 0, sent: 0 },
    factor: 'email',
    session: null,
    signIns: 0,
  }
  /** The request that is not answered yet. */
  inHand: RawRequest | null = null
  answered = 0
  readonly #installation: Installation
  readonly #authenticator: SoftwareAuthenticator

  constructor(installation: Installation, account: TestAccount) {
    this.#installation = installation
    this.account = account
    this.#authenticator = installation.authenticator()
  }

  /** Whether the session that was acknowledged last is known to be there still. */
  get isSessionCertain(): boolean {
    return this.ledger.session !== null && !turning.has(this.inHand?.path ?? '')
  }

  /** From the first sign-in to one with a passkey after another; until the server is gone. */
  async live(served: ServeProcess): Promise<void> {
    try {
      const passkey = await this.#settle(served)
      for (;;) await this.#signInAgain(served, passkey)
    } catch (error) {
      if (served.isRunning && !isGone(error)) throw error
    }
  }

  /** A try to sign in that must fail, and must be remembered. */
  async guess(client: HttpClient): Promise<void> {
    const { wrongPasswords } = this.ledger
    if (wrongPasswords.sent >= 4) return
    wrongPasswords.sent += 1
    const { unknownId: loginId } = this
    expectStatus(await client.post('/api/sign-in', { loginId, password: 'a wrong one' }), 401)
    wrongPasswords.answered += 1
  }

  async #settle(served: ServeProcess): Promise<PasskeyAnswer> {
    const { account, ledger } = this
    const client = this.#browser(served)
    await this.guess(client)
    expectStatus(await givePassword(client, account), 200)
    ledger.codes += 1
    const stage = { nextCode: () => this.#nextCode(served) }
    const code = await stage.nextCode()
    const wrong = code === '000000' ? '000001' : '000000'
    expectStatus(await client.post('/api/sign-in/email-code', { code: wrong }), 400)
    ledger.wrongCodes += 1
    expectStatus(await client.post('/api/sign-in/email-code', { code }), 200)
    ledger.signIns += 1
    ledger.session = client
    const authenticator = this.#authenticator
    const passkey = await registerFirstPasskey(stage, client, account, authenticator)
    ledger.codes += 1
    ledger.passkeys.push(passkey.id)
    await switchFactor(client, authenticator, passkey.id, 'passkey')
    ledger.factor = 'passkey'
    return passkey
  }

  async #signInAgain(served: ServeProcess, passkey: PasskeyAnswer): Promise<void> {
    const { account, ledger } = this
    const client = this.#browser(served)
    expectStatus(await givePassword(client, account), 200)
    const options = await askPasskey(client, passkey.id)
    const answer = await this.#authenticator.get(options)
    expectStatus(await client.post('/api/sign-in/passkey', answer), 200)
    ledger.signIns += 1
    ledger.session = client
    await this.guess(client)
    expectStatus(await client.get('/api/session'), 200)
  }

  /** The next code's mail, as long as there is somebody to send it. */
  #nextCode(served: ServeProcess): Promise<string> {
    const gone = served.ended.then(() => {
      throw new Error('no such mail, as the node is gone')
    })
    return Promise.race([this.#installation.nextCode(this.account), gone])
  }

  #browser(served: ServeProcess): HttpClient {
    const client = this.#installation.client(served)
    const send = client.raw.bind(client)
    client.raw = async (request) => {
      this.inHand = request
      const answer = await send<never>(request)
      this.inHand = null
      this.answered += 1
      return answer
    }
    return client
  }
}

/** The connection broke, or the code's mail never came: what a killed server looks like. */
export function isGone(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  const isSystem = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(String(code))
  return isSystem || (error instanceof Error && /hang up|aborted|no such mail/.test(error.message))
}
