// Rule 24: how strong a session is said to be, and since when.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PublicKeyCredentialRequestOptionsJSON as RequestOptions } from '@simplewebauthn/server'
import { minutes } from '../../src/kernel/clock.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import {
  accountWithPasskey,
  proveSession,
  registerFirstPasskey,
  signInWithPasskey,
  switchFactor,
} from '../support/world/journeys.ts'
import { databases } from '../support/world/postgres.ts'
import { expectProblem, expectStatus, World } from '../support/world/world.ts'

interface SessionAnswer {
  readonly acr: string
  readonly amr: readonly string[]
  readonly signedInAt: string
  readonly provenAt: string
  readonly registerUntil: string | null
  readonly expiresAt: string
  readonly account: { readonly loginId: string }
}

onEachDatabase('what a session was proven with', (world) => {
  const at = (milliseconds = 0) => new Date(world.now + milliseconds).toISOString()
  const look = async (client: HttpClient) =>
    expectStatus(await client.get<SessionAnswer>('/api/session'), 200)

  test('says how it was proven and when, from one proof', async () => {
    const byPasskey = { acr: 'phr', amr: ['pwd', 'pop', 'user', 'mfa'] }
    const account = await world.addAccount()
    const client = await world.signIn(account)
    const strength = async (one: HttpClient) => {
      const { acr, amr, provenAt, signedInAt } = await look(one)
      return { acr, amr, provenAt, signedInAt }
    }
    const signedInAt = at()
    const byMail = { acr: 'urn:sekisho:acr:email-code', amr: ['pwd', 'otp', 'mfa'] }
    assert.deepEqual(await strength(client), { ...byMail, provenAt: at(), signedInAt })
    const authenticator = world.authenticator()
    world.advance(1 * minutes)
    const { id } = await registerFirstPasskey(world, client, account, authenticator)
    assert.deepEqual(await strength(client), { ...byMail, provenAt: signedInAt, signedInAt })

    world.advance(1 * minutes)
    const proof = await proveSession(client, authenticator, id, 'step-up')
    assert.deepEqual(expectStatus(proof, 200), { ...byPasskey, provenAt: at() })
    const provenAt = at()
    world.advance(1 * minutes)
    assert.deepEqual(await strength(client), { ...byPasskey, provenAt, signedInAt })
    const token = tokenOf(client)
    const asked = { passkeyId: id, purpose: 'step-up' }
    const options = await client.post<RequestOptions>('/api/session/passkey/options', asked)
    const bogus = await authenticator.get(options.body, { signature: 'bogus' })
    expectProblem(await client.post('/api/session/passkey', bogus), 400)
    assert.deepEqual(await strength(client), { ...byPasskey, provenAt, signedInAt })
    assert.equal(tokenOf(client), token)
    await switchFactor(client, authenticator, id, 'passkey')
    world.advance(1 * minutes)
    const other = await signInWithPasskey(world, account, authenticator, id)
    const now = at()
    assert.deepEqual(await strength(other), { ...byPasskey, provenAt: now, signedInAt: now })
  })
})

test('a proof has one moment, in its own answer and in what is told later', async (t) => {
  const [sqlite] = databases
  assert.ok(sqlite)
  const world = await World.start(sqlite, { stillClock: false })
  t.after(() => world.stop())
  const { client, passkey, authenticator } = await accountWithPasskey(world)
  for (let count = 0; count < 5; count += 1) {
    const proof = await proveSession(client, authenticator, passkey.id, 'step-up')
    const { provenAt } = expectStatus(proof, 200) as SessionAnswer
    assert.equal((await client.get<SessionAnswer>('/api/session')).body.provenAt, provenAt)
  }
})

function tokenOf(client: HttpClient): string {
  const token = client.cookies.get('sekisho_session')
  assert.ok(token)
  return token
}
