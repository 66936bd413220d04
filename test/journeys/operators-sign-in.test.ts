// Rule 37: how operators sign in, and what ends a session of theirs.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import { hours, minutes } from '../../src/kernel/clock.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import type { GetFaults } from '../support/authenticator/software-authenticator.ts'
import { deskClient, enrolOperator, signInAtDesk } from '../support/world/desk.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

onEachDatabase('sign-ins of operators', (world) => {
  let desk: RunningConsole

  before(async () => {
    desk = await world.startConsole()
  })

  const session = async (client: ReturnType<typeof deskClient>) =>
    client.get<{ operator: { id: string }; expiresAt: string }>('/api/session')

  test('a session ends after 15 minutes without use, and after 10 hours of use', async () => {
    const idle = await enrolOperator(world, desk, { roles: ['agent'] })
    world.advance(15 * minutes - 1)
    expectStatus(await session(idle.client), 200)
    world.advance(15 * minutes - 1)
    expectStatus(await session(idle.client), 200)
    world.advance(15 * minutes)
    assert.equal(expectProblem(await session(idle.client), 401), 'not_signed_in')

    const busy = await enrolOperator(world, desk, { roles: ['agent'] })
    for (let time = 0; time < 10 * hours - 10 * minutes; time += 10 * minutes) {
      world.advance(10 * minutes)
      expectStatus(await session(busy.client), 200)
    }
    world.advance(10 * minutes - 1)
    const last = expectStatus(await session(busy.client), 200)
    assert.equal(last.expiresAt, new Date(world.now + 1).toISOString())
    world.advance(1)
    assert.equal(expectProblem(await session(busy.client), 401), 'not_signed_in')
  })

  test('a sign-in asks for no passkey by name, and its answer is good once, in the browser that asked, for five minutes', async () => {
    const { authenticator } = await enrolOperator(world, desk, { roles: ['agent'] })
    const ask = async (client: ReturnType<typeof deskClient>) =>
      expectStatus(
        await client.post<PublicKeyCredentialRequestOptionsJSON>('/api/sign-in/options'),
        200,
      )
    const client = deskClient(desk)
    const options = await ask(client)
    assert.deepEqual(Object.keys(options).toSorted(), [
      'challenge',
      'rpId',
      'timeout',
      'userVerification',
    ])
    assert.equal(options.userVerification, 'required')

    const answer = await authenticator.get(options)
    for (const elsewhere of [deskClient(desk), await withOptions(deskClient(desk))]) {
      const stolen = await elsewhere.post('/api/sign-in', answer)
      assert.equal(expectProblem(stolen, 400), 'ceremony_expired')
    }
    // Two tabs of one browser.
    await ask(client)
    expectStatus(await client.post('/api/sign-in', answer), 200)
    await ask(client)
    assert.equal(expectProblem(await client.post('/api/sign-in', answer), 400), 'ceremony_expired')

    const late = await authenticator.get(await ask(client))
    world.advance(5 * minutes)
    assert.equal(expectProblem(await client.post('/api/sign-in', late), 400), 'ceremony_expired')

    async function withOptions(browser: ReturnType<typeof deskClient>) {
      await ask(browser)
      return browser
    }
  })

  test('an answer that names nobody, somebody else or nobody’s passkey is refused', async () => {
    const { authenticator } = await enrolOperator(world, desk, { roles: ['agent'] })
    const other = await enrolOperator(world, desk, { roles: ['agent'] })
    const otherHandle = other.authenticator.credentials[0]?.userHandle ?? ''
    const wrong: readonly (readonly [string, GetFaults])[] = [
      ['no user handle', { userHandle: null }],
      ['an empty one', { userHandle: '' }],
      ['another operator’s', { userHandle: otherHandle }],
      ['nobody’s', { userHandle: 'bm9ib2R5' }],
      ['another credential', { credentialId: other.authenticator.credentials[0]?.id ?? '' }],
      ['not verified', { userVerified: false }],
      ['not present', { userPresent: false }],
      ['another key', { signature: 'other-key' }],
      ['another origin', { origin: 'http://localhost:3000' }],
      ['another relying party', { rpId: 'example.jp' }],
      ['in a frame', { crossOrigin: true }],
      ['another type', { type: 'webauthn.create' }],
    ]
    for (const [name, faults] of wrong) {
      const client = deskClient(desk)
      const options = expectStatus(
        await client.post<PublicKeyCredentialRequestOptionsJSON>('/api/sign-in/options'),
        200,
      )
      const answer = await authenticator.get(options, faults)
      const refused = await client.post('/api/sign-in', answer)
      assert.equal(expectProblem(refused, 400), 'passkey_not_verified', name)
      assert.equal((refused.body as { unknown?: true }).unknown, undefined, name)
      assert.equal(client.cookies.has('sekisho_console_session'), false)
      // The challenge is spent by the refusal too.
      const again = await client.post('/api/sign-in', answer)
      assert.equal(expectProblem(again, 400), 'ceremony_expired', name)
    }
  })

  test('a new sign-in ends the browser’s former session', async () => {
    const { client, authenticator } = await enrolOperator(world, desk, { roles: ['agent'] })
    const former = client.cookies.get('sekisho_console_session')
    const other = await enrolOperator(world, desk, { roles: ['auditor'] })
    expectStatus(await signInAtDesk(client, other.authenticator), 200)
    assert.equal(expectStatus(await session(client), 200).operator.id, other.operator.id)
    const thief = deskClient(desk)
    thief.setCookie('sekisho_console_session', former)
    assert.equal(expectProblem(await session(thief), 401), 'not_signed_in')
    expectStatus(await signInAtDesk(client, authenticator), 200)
  })
})
