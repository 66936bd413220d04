// Plays moves against the API and the model side by side: a call succeeds where the model says that it
// must, and only there; and after each one both stand alike.
import assert from 'node:assert/strict'
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import type { Account } from '../../../src/domain/accounts/account.ts'
import { findAccount } from '../../../src/domain/accounts/find.ts'
import { transact, type Act } from '../../../src/domain/act.ts'
import { fromNowhere } from '../../../src/domain/actor.ts'
import { reopenAccount } from '../../../src/operations/support/lock-account.ts'
import { resumePasskey, suspendPasskey } from '../../../src/operations/support/suspend-passkey.ts'
import type { SoftwareAuthenticator } from '../authenticator/software-authenticator.ts'
import { removeBySupport } from '../world/ceremonies.ts'
import type { Answer, HttpClient } from '../world/http-client.ts'
import { givePassword } from '../world/journeys.ts'
import type { TestAccount, World } from '../world/world.ts'
import { FactorModel, type Method, type ModelCeremony, type Purpose } from './factor-model.ts'
import { accountRecord, countLivePasskeys } from './records.ts'

/** `honest`, or what somebody else's hand makes of it. */
export type Hand = 'honest' | 'bent' | 'other passkey'

export type Move =
  | { readonly move: 'password'; readonly browser: number }
  | { readonly move: 'code'; readonly browser: number; readonly right: boolean }
  | { readonly move: 'ask'; readonly browser: number; readonly key: number; readonly hand: Hand }
  | { readonly move: 'answer'; readonly browser: number }
  | {
      readonly move: 'ask proof'
      readonly browser: number
      readonly key: number
      readonly purpose: Purpose
      readonly hand: Hand
    }
  | { readonly move: 'answer proof'; readonly browser: number }
  | { readonly move: 'send code'; readonly browser: number }
  | { readonly move: 'open'; readonly browser: number; readonly right: boolean }
  | { readonly move: 'ask passkey'; readonly browser: number; readonly hand: Hand }
  | { readonly move: 'register'; readonly browser: number }
  | { readonly move: 'switch'; readonly browser: number; readonly method: Method }
  | { readonly move: 'remove' | 'suspend' | 'resume' | 'reopen'; readonly key: number }
  | { readonly move: 'sign out'; readonly browser: number }
  | { readonly move: 'give up'; readonly browser: number }
  | { readonly move: 'wait'; readonly milliseconds: number }

interface SessionAnswer {
  readonly acr: string
  readonly secondFactor: Method
}

interface Pending {
  readonly ceremony: ModelCeremony
  readonly answer: unknown
}

interface Desk {
  readonly client: HttpClient
  signInCode: string
  registrationCode: string
  signIn: Pending | null
  proof: Pending | null
  creation: Pending | null
}

const browsers = 2
const operator = { name: 'suzuki', reason: 'stolen' }

type SupportMove = 'remove' | 'suspend' | 'resume' | 'reopen'

export class FactorPlay {
  readonly model: FactorModel
  /** How often each move has succeeded. */
  readonly successes = new Map<string, number>()
  readonly #world: World
  readonly #account: TestAccount
  readonly #desks: readonly Desk[]
  /** In the order of their making; `ids` are those of the API, for the ones that registered. */
  readonly #keys: SoftwareAuthenticator[] = []
  readonly #ids = new Map<number, string>()

  private constructor(world: World, account: TestAccount) {
    this.#world = world
    this.#account = account
    this.model = new FactorModel(browsers, () => world.now)
    this.#desks = Array.from({ length: browsers }, (_, index) => ({
      client: world.client({ node: index % world.nodes.length }),
      ...{ signInCode: '', registrationCode: '', signIn: null, proof: null, creation: null },
    }))
  }

  static async begin(world: World): Promise<FactorPlay> {
    return new FactorPlay(world, await world.addAccount())
  }

  async play(move: Move): Promise<void> {
    if (move.move === 'wait') this.#world.advance(move.milliseconds)
    else if ('key' in move && !('browser' in move)) await this.#support(move.move, move.key)
    else await this.#call(move)
    await this.#compare()
  }

  async #call(move: Exclude<Move, { move: 'wait' | SupportMove }>): Promise<void> {
    const { browser } = move
    const { model } = this
    const desk = this.#desks[browser]
    assert.ok(desk)
    const { client } = desk
    /** Too many codes may be refused at any time (rules 14 and 15); nothing happens then. */
    const due = (answer: Answer, judge: () => boolean): boolean => {
      if (answer.status === 429) return false
      assert.ok(answer.status < 500, answer.text)
      const mayGo = judge()
      assert.equal(answer.status < 300, mayGo, `${JSON.stringify(move)}: ${answer.text}`)
      if (mayGo) this.successes.set(move.move, (this.successes.get(move.move) ?? 0) + 1)
      return mayGo
    }

    if (move.move === 'password') {
      const answer = await givePassword(client, this.#account)
      if (!due(answer, () => model.givePassword(browser))) return
      assert.equal(answer.body.step, model.factor === 'email' ? 'email-code' : 'passkey')
      if (model.factor === 'email') desk.signInCode = await this.#world.nextCode(this.#account)
    } else if (move.move === 'code') {
      const code = move.right ? desk.signInCode : wrong(desk.signInCode)
      const answer = await client.post('/api/sign-in/email-code', { code })
      due(answer, () => model.typeCode(browser, move.right))
    } else if (move.move === 'ask') {
      const key = this.#liveKey(move.key)
      const passkeyId = this.#ids.get(key) ?? 'none'
      const answer = await client.post('/api/sign-in/passkey/options', { passkeyId })
      if (!due(answer, () => model.askPasskey(browser, key))) return
      desk.signIn = await this.#getAnswer(browser, 'sign-in', key, move.hand, answer.body)
    } else if (move.move === 'answer') {
      if (!desk.signIn) return
      const { ceremony, answer } = desk.signIn
      const sent = await client.post('/api/sign-in/passkey', answer)
      due(sent, () => model.signIn(browser, ceremony))
    } else if (move.move === 'ask proof') {
      const key = this.#liveKey(move.key)
      const body = { passkeyId: this.#ids.get(key) ?? 'none', purpose: move.purpose }
      const answer = await client.post('/api/session/passkey/options', body)
      if (!due(answer, () => model.askProof(browser, key))) return
      desk.proof = await this.#getAnswer(browser, move.purpose, key, move.hand, answer.body)
    } else if (move.move === 'answer proof') {
      if (!desk.proof) return
      const { ceremony, answer } = desk.proof
      const sent = await client.post('/api/session/passkey', answer)
      due(sent, () => model.prove(browser, ceremony))
    } else if (move.move === 'send code') {
      const answer = await client.post('/api/passkeys/email-code')
      if (!due(answer, () => model.sendCode(browser))) return
      desk.registrationCode = await this.#world.nextCode(this.#account)
    } else if (move.move === 'open') {
      const code = move.right ? desk.registrationCode : wrong(desk.registrationCode)
      const answer = await client.post('/api/passkeys/email-code/verify', { code })
      due(answer, () => model.openRegistration(browser, move.right))
    } else if (move.move === 'ask passkey') {
      const name = `Key ${this.#keys.length}`
      const answer = await client.post('/api/passkeys/options', { name, device: 'phone' })
      if (!due(answer, () => model.askRegistration(browser))) return
      desk.creation = await this.#createAnswer(browser, move.hand, answer.body)
    } else if (move.move === 'register') {
      if (!desk.creation) return
      const { ceremony, answer } = desk.creation
      const sent = await client.post<{ id: string }>('/api/passkeys', answer)
      if (due(sent, () => model.register(browser, ceremony))) {
        this.#ids.set(ceremony.passkey, sent.body.id)
      }
    } else if (move.move === 'switch') {
      const answer = await client.put('/api/second-factor', { method: move.method })
      due(answer, () => model.switchTo(browser, move.method))
    } else {
      const out = move.move === 'sign out'
      const answer = await client.delete(out ? '/api/session' : '/api/sign-in')
      due(answer, () => (out ? model.signOut(browser) : model.giveUp(browser)))
    }
  }

  async #support(move: SupportMove, choice: number): Promise<void> {
    const { model } = this
    const suspended = [...model.suspended]
    const key = move === 'resume' ? (suspended[choice] ?? choice) : this.#liveKey(choice)
    const passkeyId = this.#ids.get(key) ?? 'none'
    const account = await accountOf(this.#world, this.#account)
    const inAct = (work: (act: Act) => Promise<unknown>) =>
      transact(this.#world.deps, fromNowhere(operator), work)
    const suspension = { passkeyId, by: 'operator:suzuki', locks: true }
    const [mayGo, tried] = {
      remove: () =>
        [
          model.removeBySupport(key),
          removeBySupport(this.#world, this.#account, passkeyId),
        ] as const,
      suspend: () =>
        [
          model.suspendBySupport(key),
          inAct((act) => suspendPasskey(act, account, suspension)),
        ] as const,
      resume: () =>
        [
          model.resumeBySupport(key),
          inAct((act) => resumePasskey(act, account, passkeyId)),
        ] as const,
      reopen: () => [model.reopenBySupport(), this.#reopen(account)] as const,
    }[move]()
    const done = await tried.then(
      () => true,
      () => false,
    )
    assert.equal(done, mayGo, move)
    if (done) this.successes.set(move, (this.successes.get(move) ?? 0) + 1)
  }

  async #reopen(account: Account): Promise<void> {
    const outcome = await reopenAccount(this.#world.deps, account, operator)
    assert.match(outcome, /^(reopened|codes_resumed|waits_lifted)$/)
  }

  /** What must be so in every state, and what the API shows of it. */
  async #compare(): Promise<void> {
    const [record, live, ...answers] = await Promise.all([
      accountRecord(this.#world, this.#account),
      countLivePasskeys(this.#world, this.#account),
      ...this.#desks.map(({ client }) => client.get<SessionAnswer>('/api/session')),
    ])
    const factor = record.second_factor
    const isLocked = record.locked_at !== null
    assert.ok(
      factor === 'email' || live > 0 || isLocked,
      'a passkey is asked for, and there is none',
    )
    const { model } = this
    assert.deepEqual([factor, live, isLocked], [model.factor, model.live.size, model.isLocked])
    for (const [browser, answer] of answers.entries()) {
      const session = this.model.sessionOf(browser)
      assert.equal(answer.status, session ? 200 : 401, `browser ${browser}: ${answer.text}`)
      if (!session) continue
      const acr = session.provenBy === 'passkey' ? 'phr' : 'urn:sekisho:acr:email-code'
      assert.equal(answer.body.acr, acr)
      assert.equal(answer.body.secondFactor, factor)
    }
  }

  /** One of the passkeys that were ever made; most likely a live one. */
  #liveKey(choice: number): number {
    const live = [...this.model.live]
    return live[choice] ?? choice
  }

  async #getAnswer(
    browser: number,
    purpose: Purpose | 'sign-in',
    key: number,
    hand: Hand,
    body: unknown,
  ): Promise<Pending | null> {
    const options = { ...(body as PublicKeyCredentialRequestOptionsJSON), allowCredentials: [] }
    const other = [...this.#ids.keys()].find((one) => one !== key)
    const stranger = hand === 'other passkey' && other !== undefined
    const authenticator = this.#keys[stranger ? other : key]
    assert.ok(authenticator)
    const faults = hand === 'bent' ? ({ signature: 'other-key' } as const) : {}
    const answer = await authenticator.get(options, faults)
    const ceremony = this.model.begin(browser, purpose, key, hand !== 'bent' && !stranger)
    return ceremony && { ceremony, answer }
  }

  async #createAnswer(browser: number, hand: Hand, body: unknown): Promise<Pending | null> {
    // Without a counter, so that answers may come late; rule 6 has its own tests.
    const authenticator = this.#world.authenticator({ counts: false, transports: ['hybrid'] })
    const options = body as PublicKeyCredentialCreationOptionsJSON
    const faults = hand === 'bent' ? { userVerified: false } : {}
    const answer = await authenticator.create(options, faults)
    const key = this.#keys.push(authenticator) - 1
    const ceremony = this.model.begin(browser, 'create', key, hand !== 'bent')
    return ceremony && { ceremony, answer }
  }
}

async function accountOf({ deps }: World, { loginId }: TestAccount): Promise<Account> {
  const account = await findAccount(deps, loginId)
  assert.ok(account)
  return account
}

/** Another code, one digit off. */
function wrong(code: string): string {
  return code.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10))
}
