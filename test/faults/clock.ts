// The clock is set forwards and back while people are at it: nobody is let in by it, nobody kept out.
import assert from 'node:assert/strict'
import { hours, minutes } from '../../src/kernel/clock.ts'
import { openRegistration, registerFirstPasskey } from '../support/world/journeys.ts'
import type { DatabaseKind } from '../support/world/postgres.ts'
import { expectProblem, expectStatus, World } from '../support/world/world.ts'

export async function stepClock(kind: DatabaseKind): Promise<void> {
  const world = await World.start(kind)
  try {
    await stepForwards(world)
    for (const back of [10_000, 20 * minutes, 5 * hours]) await stepBack(world, back)
    const failures = world.log.filter((line) => line.startsWith('{"level":50'))
    assert.deepEqual(failures, [])
  } finally {
    await world.stop()
  }
}

/** A day at once: what lives for minutes or hours has ended, and everything begins anew. */
async function stepForwards(world: World): Promise<void> {
  const account = await world.addAccount()
  const signedIn = await world.signIn(account)
  const half = world.client()
  expectStatus(await half.post('/api/sign-in', account), 200)
  const code = await world.nextCode(account)
  world.advance(24 * hours)
  assert.equal(expectProblem(await signedIn.get('/api/session'), 401), 'not_signed_in')
  assert.equal(
    expectProblem(await half.post('/api/sign-in/email-code', { code }), 404),
    'no_sign_in',
  )
  await world.signIn(account, half)
}

/** What was going on goes on, what begins works at once, and a mail that waited does not wait longer. */
async function stepBack(world: World, milliseconds: number): Promise<void> {
  const [account, other] = [await world.addAccount(), await world.addAccount()]
  const signedIn = await world.signIn(account)
  await openRegistration(world, signedIn, account)
  world.mail.refuse(other.email, 451)
  const waiting = world.client()
  expectStatus(await waiting.post('/api/sign-in', other), 200)
  await untilRefused(world)

  world.mail.refuse(other.email, null)
  world.advance(-milliseconds)
  expectStatus(await signedIn.get('/api/session'), 200)
  await openRegistration(world, signedIn, account)
  await registerFirstPasskey(world, signedIn, account, world.authenticator())
  await world.signIn(await world.addAccount())
  // Shorter steps than this are slept through.
  if (milliseconds < 5 * minutes) world.advance(milliseconds + 1 * minutes)
  const code = await world.nextCode(other)
  expectStatus(await waiting.post('/api/sign-in/email-code', { code }), 200)
}

/** Until the mail that waits has been refused and put off for a few seconds. */
async function untilRefused({ now, deps: { db } }: World): Promise<void> {
  const untried = db
    .selectFrom('outbox')
    .select('id')
    .where('sealed', 'is not', null)
    .where((row) => row.or([row('tries', '=', 0), row('next_try_at', '>', now + 1 * minutes)]))
  while (await untried.executeTakeFirst()) await new Promise((resolve) => setTimeout(resolve, 20))
}
