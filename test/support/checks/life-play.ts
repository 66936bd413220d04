// A thief plays against the API with what they have, and with guesses where they have nothing. What was
// gained is read from the database, so that nothing depends on how an answer looks.
import assert from 'node:assert/strict'
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import { minutes } from '../../../src/kernel/clock.ts'
import type { Answer, HttpClient } from '../world/http-client.ts'
import { codeOf, type Mail } from '../world/mail-receiver.ts'
import { activation, forgotten } from '../world/recovery.ts'
import type { TestAccount, World } from '../world/world.ts'
import type { Gain, Holding, Standing } from './life-model.ts'
import { prepare, type Key, type Prepared } from './life-start.ts'
import { accountRecord, codesWait, countLivePasskeys } from './records.ts'

export type Move =
  | 'sign in'
  | 'change the password'
  | 'change the address'
  | 'forget the password'
  | 'activate'
  | 'bind a passkey'
  | 'go over to the passkey'
  | 'go back to e-mail'
  | 'stop trades'
  | 'stop withdrawals'
  | 'lift the stop'
  | 'wait a minute'
  | 'wait twenty minutes'

/** One thing that a thief tries; `short` leaves a proof or a step out that should be needed. */
export interface Try {
  readonly move: Move
  readonly short: boolean
}

type Purpose = 'register' | 'switch' | 'change'

const guess = '000000'
const stranger = 'not the password, but as long'

export class LifePlay {
  readonly gains = new Set<Gain>()
  readonly #world: World
  readonly #account: TestAccount
  readonly #client: HttpClient
  readonly #has: ReadonlySet<Holding>
  #password = stranger
  #activationCode = 'AAAA-AAAA-AAAA-AAAA'
  /** The passkey of the account that the thief has or has seen, and what answers for it. */
  #key: Key
  /** Where the account's codes go, and where the thief reads mails. */
  #address: string
  readonly #own: string
  #made = 0

  private constructor(
    world: World,
    { account, client, key, has }: Prepared & { readonly has: ReadonlySet<Holding> },
  ) {
    this.#world = world
    this.#account = account
    this.#client = client
    this.#has = has
    this.#address = account.email
    this.#own = `thief-of-${account.email}`
    const authenticator = world.authenticator({ counts: false, transports: ['hybrid'] })
    this.#key = key && has.has('passkey') ? key : { id: key?.id ?? 'none', authenticator }
    if (has.has('password')) this.#password = account.password
  }

  static async begin(world: World, standing: Standing, has: readonly Holding[]): Promise<LifePlay> {
    const prepared = await prepare(world, standing, new Set(has))
    const play = new LifePlay(world, { ...prepared, has: new Set(has) })
    if (prepared.activationCode !== null) play.#activationCode = prepared.activationCode
    return play
  }

  async play({ move, short }: Try): Promise<void> {
    const before = await this.#look()
    const answer = await this.#do(move, short)
    if (answer) assert.ok(answer.status < 500, `${move}: ${answer.text}`)
    const after = await this.#look()
    const gained = (is: boolean, gain: Gain) => is && this.gains.add(gain)
    if (gained(after.hash !== before.hash, 'sets the password')) this.#password = this.#newPassword
    if (gained(after.email !== before.email, 'sets the address')) this.#address = after.email
    gained(after.passkeys > before.passkeys, 'binds a passkey')
    gained(after.factor !== before.factor, 'switches the factor')
    gained(before.stop !== null && after.stop === null, 'lifts the stop')
    gained(isDone(answer), 'signs in')
  }

  async #look() {
    const [record, passkeys] = await Promise.all([
      accountRecord(this.#world, this.#account),
      countLivePasskeys(this.#world, this.#account),
    ])
    const { password_hash: hash, email, second_factor: factor, stop_level: stop } = record
    return { hash, email, factor, passkeys, stop }
  }

  async #do(move: Move, short: boolean): Promise<Answer | null> {
    const client = this.#client
    switch (move) {
      case 'sign in':
        return this.#signIn(short)
      case 'change the password': {
        if (!short) await this.#prove('change')
        const newPassword = this.#nextPassword()
        return client.put('/api/password', { password: this.#password, newPassword })
      }
      case 'change the address':
        return this.#changeAddress(short)
      case 'forget the password':
        return this.#recover(forgotten, {}, short)
      case 'activate':
        return this.#recover(activation, { activationCode: this.#activationCode }, short)
      case 'bind a passkey':
        return this.#bind(short)
      case 'go over to the passkey':
      case 'go back to e-mail': {
        if (!short) await this.#prove('switch')
        const method = move === 'go back to e-mail' ? 'email' : 'passkey'
        return client.put('/api/second-factor', { method })
      }
      case 'stop trades':
        return client.post('/api/stop', { level: 'trading' })
      case 'stop withdrawals':
        return client.post('/api/stop', { level: 'withdrawal' })
      case 'lift the stop': {
        if (!short) await this.#prove('change')
        return client.raw({
          ...{ method: 'DELETE', path: '/api/stop' },
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ password: this.#password }),
        })
      }
      case 'wait a minute':
      case 'wait twenty minutes':
        this.#world.advance(move === 'wait a minute' ? minutes : 20 * minutes)
        return null
    }
  }

  async #signIn(short: boolean): Promise<Answer> {
    const client = this.#client
    const { loginId } = this.#account
    const sent = { loginId, password: this.#password }
    const begun = await client.post<{ step: string }>('/api/sign-in', sent)
    if (begun.status !== 200) return begun
    const { step } = begun.body
    // The other factor's call, where the one in force is to be left out.
    if ((step === 'email-code') !== short) {
      const code = step === 'email-code' ? await this.#readCode() : guess
      return client.post('/api/sign-in/email-code', { code })
    }
    return this.#answerPasskey('/api/sign-in/passkey', {})
  }

  async #changeAddress(short: boolean): Promise<Answer> {
    const client = this.#client
    await this.#prove('change')
    const email = this.#address === this.#own ? `again-${this.#own}` : this.#own
    const asked = await client.post<{ oldToo: boolean }>('/api/email', {
      ...{ email, password: this.#password },
    })
    if (asked.status !== 202) return asked
    const code = await this.#readCode(email)
    const oldCode = asked.body.oldToo && !short ? await this.#readCode() : guess
    return client.post('/api/email/verify', { code, oldCode })
  }

  async #recover(path: string, more: object, short: boolean): Promise<Answer> {
    const client = this.#client
    const { loginId } = this.#account
    const begun = await client.post<{ step: string }>(path, { loginId, ...more })
    if (begun.status >= 300) return begun
    const set = async () => client.put(path, { newPassword: this.#nextPassword() })
    if (short) await set()
    const sent = { code: await this.#readCode() }
    const typed = await client.post<{ step: string }>(`${path}/email-code`, sent)
    if (typed.status === 200 && typed.body.step === 'passkey' && !short) {
      await this.#answerPasskey(`${path}/passkey`, {})
    }
    return set()
  }

  async #bind(short: boolean): Promise<Answer> {
    const client = this.#client
    if (!short) await this.#prove('register')
    const asked = await client.post('/api/passkeys/email-code')
    if (asked.status !== 200) return asked
    const code = short ? guess : await this.#readCode()
    await client.post('/api/passkeys/email-code/verify', { code })
    this.#made += 1
    const options = await client.post<PublicKeyCredentialCreationOptionsJSON>(
      '/api/passkeys/options',
      { name: `Passkey ${this.#made}`, device: 'phone' },
    )
    if (options.status !== 200) return options
    const authenticator = this.#world.authenticator({ counts: false, transports: ['hybrid'] })
    const made = await client.post<{ id: string }>(
      '/api/passkeys',
      await authenticator.create(options.body),
    )
    if (made.status === 201) this.#key = { id: made.body.id, authenticator }
    return made
  }

  /** By the passkey, and by the code: whichever is in force counts. */
  async #prove(purpose: Purpose): Promise<void> {
    await this.#answerPasskey('/api/session/passkey', { purpose })
    if (purpose !== 'change') return
    const sent = await this.#client.post('/api/session/email-code')
    if (sent.status !== 200) return
    const code = await this.#readCode()
    await this.#client.post('/api/session/email-code/verify', { code })
  }

  async #answerPasskey(path: string, more: object): Promise<Answer> {
    const { id, authenticator } = this.#key
    const options = await this.#client.post<PublicKeyCredentialRequestOptionsJSON>(
      `${path}/options`,
      { passkeyId: id, ...more },
    )
    if (options.status !== 200) return options
    const asked = { ...options.body, allowCredentials: [] }
    // An authenticator that has no passkey here cannot even make a wrong answer.
    const answer = await authenticator.get(asked).catch(() => null)
    return answer ? this.#client.post(path, answer) : options
  }

  /** The code that was mailed there, if the thief reads mails there; else a guess. */
  async #readCode(address = this.#address): Promise<string> {
    if (!address.includes(this.#own) && !this.#has.has('mailbox')) return guess
    const isCode = ({ to, subject }: Mail) => to.includes(address) && subject.endsWith('コード')
    const isOnItsWay = await codesWait(this.#world, this.#account)
    return this.#world.mail.next(isCode, isOnItsWay ? 10_000 : 0).then(codeOf, () => guess)
  }

  get #newPassword(): string {
    return `eight quiet otters ${this.#made}`
  }

  #nextPassword(): string {
    this.#made += 1
    return this.#newPassword
  }
}

/** Whether it is the end of a sign-in. */
function isDone(answer: Answer | null): boolean {
  return (answer?.body as { step?: string } | undefined)?.step === 'done'
}
