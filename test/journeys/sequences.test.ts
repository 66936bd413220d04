// Rules 5 and 7 to 10 together: whatever is done in whatever order, in two browsers, by the holder, by a
// stranger who knows the password, and by support, no session begins without the second factor that is
// in force, and passkey is never the factor of an account without one.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import fc from 'fast-check'
import { minutes } from '../../src/kernel/clock.ts'
import type { Method, Purpose } from '../support/checks/factor-model.ts'
import { FactorPlay, type Hand, type Move } from '../support/checks/factor-play.ts'
import { onEachDatabase } from '../support/world/frames.ts'

/** For each database; more find more. What was found is found again with its seed. */
const seconds = Number(process.env['SEKISHO_TEST_SECONDS'] ?? 6)
const seed = Number(process.env['SEKISHO_TEST_SEED'] ?? Date.now() % 2 ** 31)

const enter = (browser: number): Move[] => [
  { move: 'password', browser },
  { move: 'code', browser, right: true },
]
const enterByPasskey = (browser: number, key = 0, hand: Hand = 'honest'): Move[] => [
  { move: 'password', browser },
  { move: 'ask', browser, key, hand },
  { move: 'answer', browser },
]
const prove = (browser: number, purpose: Purpose, key = 0, hand: Hand = 'honest'): Move[] => [
  { move: 'ask proof', browser, key, purpose, hand },
  { move: 'answer proof', browser },
]
const register = (browser: number): Move[] => [
  { move: 'send code', browser },
  { move: 'open', browser, right: true },
  { move: 'ask passkey', browser, hand: 'honest' },
  { move: 'register', browser },
]
const switchTo = (browser: number, method: Method): Move[] => [
  ...prove(browser, 'switch'),
  { move: 'switch', browser, method },
]

/** The main journey, and the states from which most is to be lost. */
const beginnings: readonly Move[][] = [
  [],
  enter(0),
  [...enter(0), ...register(0)],
  [...enter(0), ...enter(1), ...register(0)],
  [...enter(0), ...register(0), ...switchTo(0, 'passkey')],
  [...enter(0), ...register(0), ...prove(0, 'register'), ...register(0), ...switchTo(0, 'passkey')],
]

const browser = fc.nat({ max: 1 })
const key = fc.nat({ max: 2 })
const hand = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Hand>('honest') },
  { weight: 1, arbitrary: fc.constantFrom<Hand>('bent', 'other passkey') },
)
const purpose = fc.constantFrom<Purpose>('register', 'switch', 'step-up')
const method = fc.constantFrom<Method>('email', 'passkey')
const right = fc.oneof(
  { weight: 4, arbitrary: fc.constant(true) },
  { weight: 1, arbitrary: fc.constant(false) },
)
const named = <N extends Move['move']>(move: N) => fc.constant(move)

const single: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ move: named('password'), browser }),
  fc.record({ move: named('code'), browser, right }),
  fc.record({ move: named('ask'), browser, key, hand }),
  fc.record({ move: named('answer'), browser }),
  fc.record({ move: named('ask proof'), browser, key, purpose, hand }),
  fc.record({ move: named('answer proof'), browser }),
  fc.record({ move: named('send code'), browser }),
  fc.record({ move: named('open'), browser, right }),
  fc.record({ move: named('ask passkey'), browser, hand }),
  fc.record({ move: named('register'), browser }),
  fc.record({ move: named('switch'), browser, method }),
  fc.record({ move: named('remove'), key }),
  fc.record({ move: fc.constantFrom('suspend', 'resume', 'reopen'), key }),
  fc.record({ move: fc.constantFrom('sign out', 'give up'), browser }),
  fc.record({
    move: named('wait'),
    milliseconds: fc.constantFrom(
      1000,
      31_000,
      5 * minutes,
      10 * minutes,
      16 * minutes,
      31 * minutes,
    ),
  }),
)
/** Whole steps, so that what follows them is reached at all. */
const whole: fc.Arbitrary<Move[]> = fc.oneof(
  browser.map(enter),
  fc.tuple(browser, key, hand).map((chosen) => enterByPasskey(...chosen)),
  fc.tuple(browser, purpose, key, hand).map((chosen) => prove(...chosen)),
  browser.map(register),
  fc.tuple(browser, method).map((chosen) => switchTo(...chosen)),
)
const moves = fc
  .tuple(
    fc.constantFrom(...beginnings),
    fc.array(fc.oneof({ weight: 3, arbitrary: single.map((move) => [move]) }, whole), {
      minLength: 3,
      maxLength: 14,
    }),
  )
  .map(([beginning, rest]) => [...beginning, ...rest.flat()])

onEachDatabase('sequences of calls', (world, database) => {
  before(async () => {
    if (database.name === 'postgres') await world.startNode()
  })

  test('the main journey succeeds at every move, in the model as in the API', async () => {
    const play = await FactorPlay.begin(world)
    const journey: Move[] = [
      ...[...enter(0), ...register(0), ...switchTo(0, 'passkey'), ...enterByPasskey(1)],
      { move: 'wait', milliseconds: 31_000 },
      ...[...prove(1, 'register'), ...register(1), ...prove(1, 'step-up', 1)],
      { move: 'remove', key: 0 },
      { move: 'suspend', key: 0 },
      { move: 'resume', key: 0 },
      { move: 'reopen', key: 0 },
      ...[...enterByPasskey(0), ...switchTo(0, 'email')],
      { move: 'sign out', browser: 0 },
      { move: 'password', browser: 0 },
      { move: 'give up', browser: 0 },
    ]
    for (const move of journey) await play.play(move)
    const played = Map.groupBy(journey, ({ move }) => move)
    for (const [move, { length }] of played) {
      if (move !== 'wait') assert.equal(play.successes.get(move), length, move)
    }
  })

  test('no sequence reaches a session without the factor in force, nor that factor without a passkey', async () => {
    const property = fc.asyncProperty(moves, async (sequence) => {
      const play = await FactorPlay.begin(world)
      for (const move of sequence) await play.play(move)
    })
    const options = { seed, numRuns: 10_000, interruptAfterTimeLimit: seconds * 1000 }
    // A short one first: a run of which the time ends none is a failure.
    const first = { examples: [[enter(0)]] satisfies [Move[]][] }
    await fc.assert(property, { ...options, ...first, markInterruptAsFailure: false })
  })
})
