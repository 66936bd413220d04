// What people really do, one after another, for as long as the fuzzer goes on.
import {
  askPasskey,
  givePassword,
  makePasskey,
  openRegistration,
  proveSession,
  registerFirstPasskey,
  switchFactor,
  type PasskeyAnswer,
} from '../support/world/journeys.ts'
import { expectStatus, type World } from '../support/world/world.ts'
import type { Fuzzer, Saboteur } from './fuzzer.ts'
import { seededRandom } from './random.ts'

export interface Outcome {
  /** How many journeys came to their end although they were sabotaged. */
  readonly finished: number
  readonly begun: number
}

/** So many journeys are on their way at once. */
const lanes = 3

/** Journey after journey, until the fuzzer is over. A sabotaged one may well end early. */
export async function fuzzJourneys(world: World, fuzzer: Fuzzer, seed: number): Promise<Outcome> {
  let [begun, finished] = [0, 0]
  const lane = async (_: unknown, index: number) => {
    const random = seededRandom(seed + index)
    while (!fuzzer.isOver) {
      begun += 1
      try {
        await mainJourney(world, fuzzer, { random, zeal: random.below(4) })
        finished += 1
      } catch (error) {
        if (!isSpoilt(error)) throw error
      }
      world.advance(30_000 + random.below(120_000))
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return { begun, finished }
}

async function mainJourney(world: World, fuzzer: Fuzzer, saboteur: Saboteur): Promise<void> {
  const browser = () => fuzzer.client(saboteur)
  const newAuthenticator = () => {
    const authenticator = world.authenticator({ backupEligible: saboteur.random.percent(50) })
    fuzzer.authenticators.push(authenticator)
    return authenticator
  }
  const account = await world.addAccount()
  const authenticator = newAuthenticator()
  const client = await world.signIn(account, browser())
  const first = await registerFirstPasskey(world, client, account, authenticator)
  await switchFactor(client, authenticator, first.id, 'passkey')

  const other = browser()
  expectStatus(await givePassword(other, account), 200)
  await other.get('/api/sign-in')
  const options = await askPasskey(other, first.id)
  expectStatus(await other.post('/api/sign-in/passkey', await authenticator.get(options)), 200)
  for (const path of ['/api/session', '/api/passkeys', '/api/activity', '/portal']) {
    expectStatus(await other.get(path), 200)
  }

  expectStatus(await proveSession(other, authenticator, first.id, 'register'), 200)
  await openRegistration(world, other, account)
  const phone = newAuthenticator()
  const second: PasskeyAnswer = expectStatus(await makePasskey(other, phone, 'Pixel', 'phone'), 201)
  expectStatus(await proveSession(other, phone, second.id, 'change'), 200)

  const sessions = await other.get<{ sessions: { id: string; current: boolean }[] }>(
    '/api/sessions',
  )
  const elsewhere = expectStatus(sessions, 200).sessions.find(({ current }) => !current)
  if (elsewhere) expectStatus(await other.delete(`/api/sessions/${elsewhere.id}`), 204)
  await switchFactor(other, phone, second.id, 'email')
  expectStatus(await other.delete('/api/session'), 204)

  const again = browser()
  expectStatus(await givePassword(again, account), 200)
  world.advance(31_000)
  await again.post('/api/sign-in/email-code/resend')
  expectStatus(await again.delete('/api/sign-in'), 204)
}

/** The saboteur was first: a step is refused, its code's mail never comes, its passkey is not there. */
function isSpoilt(error: unknown): boolean {
  return (
    error instanceof DOMException ||
    (error instanceof Error && /^(expected \d+, got 4\d\d|no such mail)/.test(error.message))
  )
}
