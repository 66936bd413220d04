// Rules 42 and 43: whatever a thief tries in whatever order, with whatever part of the proofs, the account is not
// taken over with less than the table of rule 42 says; and what it says is enough, is.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import fc from 'fast-check'
import {
  allSets,
  reachOf,
  smallestSets,
  standings,
  type Gain,
  type Holding,
  type Standing,
} from '../support/checks/life-model.ts'
import { LifePlay, type Move, type Try } from '../support/checks/life-play.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { World } from '../support/world/world.ts'

/** For each database; more find more. What was found is found again with its seed. */
const seconds = Number(process.env['SEKISHO_TEST_SECONDS'] ?? 6)
const seed = Number(process.env['SEKISHO_TEST_SEED'] ?? Date.now() % 2 ** 31)

const gains: readonly Gain[] = [
  'signs in',
  'sets the password',
  'sets the address',
  'binds a passkey',
  'switches the factor',
  'lifts the stop',
]
/** With these the account is somebody else's. */
const takeovers: readonly Gain[] = gains.filter(
  (gain) => gain !== 'switches the factor' && gain !== 'lifts the stop',
)

describe('the table of rule 42', () => {
  const setsOf = (standing: Standing, gain: Gain) =>
    smallestSets(standing, gain)
      .map((set) => set.join(' + '))
      .toSorted()

  test('gives what is written here, and nothing for less', () => {
    for (const gain of takeovers) {
      assert.deepEqual(setsOf('e-mail', gain), [
        'mailbox + activation code',
        'mailbox + fresh session',
        'password + mailbox',
      ])
      assert.deepEqual(setsOf('passkey', gain), ['mailbox + passkey', 'password + passkey'])
    }
    const ofSession = ['fresh session', 'session'].flatMap((session) => [
      `mailbox + passkey + ${session}`,
      `password + passkey + ${session}`,
    ])
    for (const gain of ['signs in', 'sets the password', 'sets the address'] as const) {
      const two = ['mailbox + activation code', 'password + mailbox']
      const all = [...two, ...ofSession].toSorted()
      assert.deepEqual(setsOf('e-mail, with a passkey', gain), all)
    }
    const further = ['mailbox + passkey + activation code', 'password + mailbox + passkey']
    const all = [...further, ...ofSession].toSorted()
    assert.deepEqual(setsOf('e-mail, with a passkey', 'binds a passkey'), all)
  })

  test('lifts a stop before its time by a passkey that is older alone', () => {
    assert.deepEqual(setsOf('e-mail', 'lifts the stop'), [])
    const two = ['mailbox + passkey', 'password + passkey']
    const all = [...two, 'passkey + fresh session', 'passkey + session'].toSorted()
    assert.deepEqual(setsOf('passkey', 'lifts the stop'), all)
  })

  test('gives one thing alone nobody’s account', () => {
    for (const standing of standings) {
      for (const set of allSets.filter(({ length }) => length <= 1)) {
        const reach = reachOf(standing, set)
        assert.ok(!takeovers.some((gain) => reach.has(gain)), `${standing}: ${set.join()}`)
      }
    }
  })
})

const moves: readonly Move[] = [
  'sign in',
  'change the password',
  'change the address',
  'forget the password',
  'activate',
  'bind a passkey',
  'go over to the passkey',
  'go back to e-mail',
  'stop trades',
  'stop withdrawals',
  'lift the stop',
  'wait a minute',
  'wait twenty minutes',
]

const tries: fc.Arbitrary<Try> = fc.record({
  move: fc.constantFrom(...moves),
  short: fc.oneof(
    { weight: 3, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
})

/** The most that a thief may have without the account: these are worth the most tries. */
const nearly = (standing: Standing) => {
  const harmless = allSets.filter(
    (set) => !takeovers.some((gain) => reachOf(standing, set).has(gain)),
  )
  return harmless.filter(
    (set) => !harmless.some((other) => other !== set && set.every((one) => other.includes(one))),
  )
}

const thieves: fc.Arbitrary<readonly [Standing, readonly Holding[]]> = fc
  .constantFrom(...standings)
  .chain((standing) =>
    fc.tuple(
      fc.constant(standing),
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...nearly(standing)) },
        { weight: 1, arbitrary: fc.constantFrom(...allSets) },
      ),
    ),
  )

async function playAll(
  world: World,
  [standing, has]: readonly [Standing, readonly Holding[]],
  sequence: readonly Try[],
) {
  const play = await LifePlay.begin(world, standing, has)
  const reach = reachOf(standing, has)
  for (const one of sequence) {
    await play.play(one)
    const beyond = [...play.gains].filter((gain) => !reach.has(gain))
    assert.deepEqual(beyond, [], `${standing}, with ${has.join(', ') || 'nothing'}: ${one.move}`)
  }
  return play
}

onEachDatabase('sequences of a thief', (world, database) => {
  before(async () => {
    if (database.name === 'postgres') await world.startNode()
  })

  /** Each way to each gain, one after the other, as who knows the table would go. */
  const ways: readonly Move[] = [
    'activate',
    'bind a passkey',
    'go over to the passkey',
    'forget the password',
    'wait a minute',
    'sign in',
    'change the password',
    'wait a minute',
    'sign in',
    'change the address',
    'wait a minute',
    'bind a passkey',
  ]

  for (const standing of standings) {
    test(`what is enough by the table is enough: ${standing}`, async () => {
      for (const has of smallestSets(standing, 'sets the password')) {
        const sequence = ways.map((move) => ({ move, short: false }))
        const play = await playAll(world, [standing, has], sequence)
        for (const gain of ['sets the password', 'signs in'] as const) {
          assert.ok(play.gains.has(gain), `${has.join(', ')}: ${[...play.gains].join(', ')}`)
        }
      }
    })

    test(`a stop that is raised is lifted by what the table says alone: ${standing}`, async () => {
      const lifting: readonly Move[] = ['wait a minute', 'stop trades', 'lift the stop']
      const setsPassword: readonly Move[] = ['activate', 'forget the password', 'wait a minute']
      const bindsFirst: readonly Move[] = ['sign in', 'bind a passkey', 'go over to the passkey']
      for (const has of smallestSets(standing, 'binds a passkey')) {
        const sequence = [...bindsFirst, ...lifting].map((move) => ({ move, short: false }))
        await playAll(world, [standing, has], sequence)
      }
      for (const has of smallestSets(standing, 'lifts the stop')) {
        const all = [...setsPassword, 'sign in', 'go over to the passkey', ...lifting] as const
        const sequence = all.map((move) => ({ move, short: false }))
        const play = await playAll(world, [standing, has], sequence)
        assert.ok(play.gains.has('lifts the stop'), has.join(', '))
      }
    })

    test(`what is not enough by the table is not, in the order of its lines: ${standing}`, async () => {
      for (const has of nearly(standing)) {
        for (const short of [false, true]) {
          const sequence = ways.map((move) => ({ move, short }))
          const play = await playAll(world, [standing, has], sequence)
          assert.ok(!takeovers.some((gain) => play.gains.has(gain)), has.join(', '))
        }
      }
    })
  }

  test('no sequence takes an account over with less than the table says', async () => {
    const sequences = fc.array(tries, { minLength: 3, maxLength: 8 })
    const property = fc.asyncProperty(thieves, sequences, async (thief, sequence) => {
      await playAll(world, thief, sequence)
    })
    const options = { seed, numRuns: 10_000, interruptAfterTimeLimit: seconds * 1000 }
    // A short one first: a run of which the time ends none is a failure.
    const nothing: [readonly [Standing, readonly Holding[]], Try[]] = [['e-mail', []], []]
    const first = { examples: [nothing], markInterruptAsFailure: false }
    await fc.assert(property, { ...options, ...first })
  })
})
