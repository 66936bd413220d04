// Rule 37: an operator's fresh proof, and the further passkeys that it permits.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import { minutes } from '../../src/kernel/clock.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import type { SoftwareAuthenticator } from '../support/authenticator/software-authenticator.ts'
import {
  deskAuthenticator,
  deskClient,
  enrolOperator,
  signInAtDesk,
  type EnrolledOperator,
} from '../support/world/desk.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

onEachDatabase('further passkeys of operators', (world) => {
  let desk: RunningConsole

  before(async () => {
    desk = await world.startConsole()
  })

  const passkeysOf = async (client: HttpClient) => {
    const answer = await client.get<{ passkeys: readonly unknown[] }>('/api/session')
    return expectStatus(answer, 200).passkeys
  }
  const furtherOptions = (client: HttpClient) =>
    client.post<PublicKeyCredentialCreationOptionsJSON>('/api/passkeys/options')
  const addPasskey = async (client: HttpClient, authenticator: SoftwareAuthenticator) => {
    const options = expectStatus(await furtherOptions(client), 200)
    return client.post('/api/passkeys', await authenticator.create(options))
  }
  const prove = async (client: HttpClient, authenticator: SoftwareAuthenticator) => {
    const options = await client.post<PublicKeyCredentialRequestOptionsJSON>('/api/proof/options')
    return client.post('/api/proof', await authenticator.get(expectStatus(options, 200)))
  }
  test('a further passkey needs a fresh proof, and there are three at most', async () => {
    const { client, authenticator } = await enrolOperator(world, desk, { roles: ['agent'] })
    world.advance(10 * minutes)
    assert.equal(expectProblem(await furtherOptions(client), 403), 'proof_needed')
    const before = client.cookies.get('sekisho_console_session')
    const proof = expectStatus(await prove(client, authenticator), 200)
    assert.deepEqual(proof, { provenAt: new Date(world.now).toISOString() })
    assert.notEqual(client.cookies.get('sekisho_console_session'), before)
    const thief = deskClient(desk)
    thief.setCookie('sekisho_console_session', before)
    assert.equal(expectProblem(await thief.get('/api/session'), 401), 'not_signed_in')

    const [one, two] = [deskAuthenticator(world), deskAuthenticator(world)]
    expectStatus(await addPasskey(client, one), 201)
    assert.equal(expectProblem(await furtherOptions(client), 403), 'proof_needed', 'used up')
    expectStatus(await prove(client, authenticator), 200)
    const kept = expectStatus(await furtherOptions(client), 200)
    await assert.rejects(authenticator.create(kept), { name: 'InvalidStateError' })
    expectStatus(await addPasskey(client, two), 201)
    assert.equal((await passkeysOf(client)).length, 3)
    assert.equal(expectProblem(await furtherOptions(client), 409), 'too_many_passkeys')
    for (const each of [authenticator, one, two]) {
      expectStatus(await signInAtDesk(deskClient(desk), each), 200)
    }
  })

  test('what was asked for a further passkey is checked again with the answer', async () => {
    const { client, authenticator } = await enrolOperator(world, desk, {
      roles: ['agent'],
    })
    const ask = async () =>
      deskAuthenticator(world).create(expectStatus(await furtherOptions(client), 200))
    const send = (answer: unknown, from = client) => from.post('/api/passkeys', answer)

    const [first, stale] = [await ask(), await ask()]
    const elsewhere = deskClient(desk)
    expectStatus(await signInAtDesk(elsewhere, authenticator), 200)
    assert.equal(expectProblem(await send(first, elsewhere), 400), 'ceremony_expired')
    expectStatus(await send(first), 201)
    assert.equal(expectProblem(await send(first), 400), 'ceremony_expired')
    // The passkeys have changed since.
    assert.equal(expectProblem(await send(stale), 409), 'start_again')
    // A sign-in is a proof, too, and good for one.
    assert.equal(expectProblem(await furtherOptions(client), 403), 'proof_needed')
    expectStatus(await prove(client, authenticator), 200)

    world.advance(9 * minutes)
    const late = await ask()
    world.advance(1 * minutes)
    assert.equal(expectProblem(await send(late), 403), 'proof_needed')
    expectStatus(await prove(client, authenticator), 200)
    const two = [await ask(), await ask()]
    const answers = await Promise.all(two.map((answer) => send(answer)))
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, 409])
    assert.equal((await passkeysOf(client)).length, 3)
  })

  test('a proof is by an own passkey, in the session that asked', async () => {
    const one = await enrolOperator(world, desk, { roles: ['agent'] })
    const other = await enrolOperator(world, desk, { roles: ['agent'] })
    const ask = async ({ client }: EnrolledOperator) =>
      expectStatus(
        await client.post<PublicKeyCredentialRequestOptionsJSON>('/api/proof/options'),
        200,
      )
    const options = await ask(one)
    assert.deepEqual(
      options.allowCredentials?.map(({ id }) => id),
      [one.authenticator.credentials[0]?.id],
    )
    const foreign = await other.authenticator.get({ ...options, allowCredentials: [] })
    const refused = await one.client.post('/api/proof', foreign)
    assert.equal(expectProblem(refused, 400), 'passkey_not_verified')
    const stolen = await one.authenticator.get(await ask(one))
    assert.equal(
      expectProblem(await other.client.post('/api/proof', stolen), 400),
      'ceremony_expired',
    )
    assert.equal(
      expectProblem(await other.client.post('/api/sign-in', stolen), 400),
      'ceremony_expired',
    )
  })
})
