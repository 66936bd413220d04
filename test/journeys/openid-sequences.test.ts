// Rules 24 and 33 together: whatever two people and a stranger's cookies do in whatever order, in two
// browsers, a code says of its person what the session in that browser says, and no token outlives it.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import fc from 'fast-check'
import { selectAccount } from '../../src/domain/accounts/find.ts'
import type { Factor } from '../../src/domain/factors/factors.ts'
import { lockByCommand, reopenAccount } from '../../src/operations/support/lock-account.ts'
import { brokenInvariants } from '../support/checks/invariants.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { isActive, signedIn } from '../support/world/openid.ts'
import {
  authorizationRequest,
  callback,
  follow,
  operator,
  redeem,
  register,
  type RelyingParty,
  type Request,
} from '../support/world/relying-party.ts'
import type { TestAccount, World } from '../support/world/world.ts'

const seconds = Number(process.env['SEKISHO_TEST_SECONDS'] ?? 4)
const seed = Number(process.env['SEKISHO_TEST_SEED'] ?? Date.now() % 2 ** 31)

const index = fc.nat(1)
const named = <Name extends string>(name: Name) => fc.constant(name)
const begin = fc.record({
  move: named('begin'),
  ...{ browser: index, prompt: fc.constantFrom('', '', 'login') },
})
const signIn = fc.record({
  move: named('sign in'),
  ...{ browser: index, person: index, factor: fc.constantFrom('email', 'passkey') },
})
const step = fc.record({
  move: fc.constantFrom('approve', 'resume', 'plant'),
  ...{ browser: index, which: fc.constantFrom(0, 0, 0, 1) },
})
const end = fc.record({ move: fc.constantFrom('sign out', 'lock'), browser: index })
const single = fc.oneof({ weight: 4, arbitrary: step }, signIn, end, begin)
/** Each begins with a request that waits for a sign-in, in one browser or in both. */
const moves = fc
  .tuple(
    fc.array(begin, { minLength: 1, maxLength: 2 }),
    fc.array(signIn, { minLength: 1, maxLength: 2 }),
    fc.array(single, { minLength: 3, maxLength: 9 }),
  )
  .map((parts) => parts.flat())
type Move = typeof moves extends fc.Arbitrary<(infer One)[]> ? One : never
/** It comes to a code: on a busy machine few others are played, and none of them need. */
const example: Move[] = [
  { move: 'begin', browser: 0, prompt: '' },
  { move: 'sign in', browser: 0, person: 0, factor: 'email' },
  { move: 'approve', browser: 0, which: 0 },
]

interface Signed {
  readonly accountId: string
  readonly acr: string
  live: boolean
}

class Play {
  readonly #world: World
  readonly #desk: RelyingParty
  readonly #people: readonly TestAccount[]
  readonly #browsers: readonly { readonly client: HttpClient; signed: Signed | null }[]
  readonly #begun: { readonly uid: string; readonly request: Request; readonly browser: number }[] =
    []
  readonly #tokens: { readonly token: string; readonly signed: Signed }[] = []

  constructor(world: World, desk: RelyingParty, people: readonly TestAccount[]) {
    this.#world = world
    this.#desk = desk
    this.#people = people
    this.#browsers = [0, 1].map(() => ({ client: world.client(), signed: null }))
  }

  get codes(): number {
    return this.#tokens.length
  }

  async play(move: Move): Promise<void> {
    const browser = this.#browsers[move.browser]
    assert.ok(browser)
    const { client } = browser
    if (move.move === 'begin') {
      const request = await authorizationRequest(
        this.#desk,
        move.prompt ? { prompt: move.prompt } : {},
      )
      const { location = '' } = (await client.get(request.address)).headers
      const uid = /^\/oauth2\/interaction\/([\w-]+)$/.exec(location)?.[1]
      if (uid) this.#begun.push({ uid, request, browser: move.browser })
      else await this.#arrive(new URL(location, this.#world.origin), request, browser.signed)
    } else if (move.move === 'sign in') {
      const account = this.#people[move.person]
      assert.ok(account)
      const factor: Factor = move.factor === 'passkey' ? 'passkey' : 'email'
      const other = await signedIn(this.#world, { account, factor })
      client.setCookie('sekisho_session', other.client.cookies.get('sekisho_session'))
      const acr = factor === 'passkey' ? 'phr' : 'urn:sekisho:acr:email-code'
      browser.signed = { accountId: other.accountId, acr, live: true }
    } else if (move.move === 'sign out') {
      await client.delete('/api/session')
      if (browser.signed) browser.signed.live = false
      browser.signed = null
    } else if (move.move === 'lock') {
      if (browser.signed) await this.#lock(browser.signed.accountId)
    } else if ('which' in move) {
      const begun = this.#begun.at(-1 - move.which)
      if (!begun) return
      if (move.move === 'plant') {
        client.setCookie('sekisho_interaction', begun.uid)
        client.setCookie('sekisho_resume', begun.uid)
      } else {
        const at = move.move === 'approve' ? 'interaction' : 'authorize'
        const arrived = await follow(client, `/oauth2/${at}/${begun.uid}`)
        // A planted cookie may lead on to the browser's own request: the answer says to which it belongs.
        const state = arrived.searchParams.get('state')
        const isAnswered = ({ request }: { request: Request }) =>
          request.checks.expectedState === state
        const answered = this.#begun.find(isAnswered) ?? begun
        const signed = answered.browser === move.browser ? browser.signed : null
        await this.#arrive(arrived, answered.request, signed)
      }
    }
    await this.check()
  }

  /** A code comes to the browser that began, and is of the session there as it is now. */
  async #arrive(arrived: URL, request: Request, signed: Signed | null): Promise<void> {
    if (!arrived.href.startsWith(callback) || !arrived.searchParams.get('code')) return
    assert.ok(signed?.live, 'a code without a session, or in another browser')
    const tokens = await redeem(this.#desk, arrived, request)
    const claims = tokens.claims()
    assert.deepEqual([claims?.sub, claims?.['acr']], [signed.accountId, signed.acr])
    this.#tokens.push({ token: tokens.access_token, signed })
  }

  async #lock(accountId: string): Promise<void> {
    const find = async () => {
      const account = await selectAccount(this.#world.deps.db, accountId)
      assert.ok(account)
      return account
    }
    await lockByCommand(this.#world.deps, await find(), operator)
    await reopenAccount(this.#world.deps, await find(), operator)
    for (const browser of this.#browsers) {
      if (browser.signed?.accountId === accountId) {
        browser.signed.live = false
        browser.signed = null
      }
    }
  }

  async check(): Promise<void> {
    const broken = await brokenInvariants(this.#world.deps)
    assert.deepEqual(
      broken.filter((rule) => rule.startsWith('rule 33')),
      [],
    )
    for (const { token, signed } of this.#tokens) {
      if (!signed.live)
        assert.equal(await isActive(this.#desk, token), false, 'outlives its session')
    }
  }
}

onEachDatabase('sequences of interactions', { reachable: true }, (world) => {
  let desk: RelyingParty
  let people: readonly TestAccount[]
  before(async () => {
    desk = await register(world)
    people = [await world.addAccount(), await world.addAccount()]
  })

  test('a code says what the session of its browser says, and no token outlives it', async () => {
    let codes = 0
    const property = fc.asyncProperty(moves, async (sequence) => {
      const play = new Play(world, desk, people)
      for (const move of sequence) await play.play(move)
      codes += play.codes
    })
    const options = { seed, numRuns: 10_000, interruptAfterTimeLimit: seconds * 1000 }
    const first = { examples: [[example]] satisfies [Move[]][] }
    await fc.assert(property, { ...options, ...first, markInterruptAsFailure: false })
    assert.ok(codes > 0, 'some sequence came to a code')
  })
})
