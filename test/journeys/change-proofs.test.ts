// Rules 8 and 42: the fresh proof, by the factor in force, that a change needs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes, seconds } from '../../src/kernel/clock.ts'
import { holderOfPasskey } from '../support/world/ceremonies.ts'
import { proveChange } from '../support/world/changes.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { accountWithPasskey, proveSession, switchFactor } from '../support/world/journeys.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

onEachDatabase('the proof for a change', (world) => {
  const ask = (client: HttpClient) => client.post('/api/session/email-code')
  const verify = (client: HttpClient, code: string) =>
    client.post('/api/session/email-code/verify', { code })
  const tokenOf = (client: HttpClient) => client.cookies.get('sekisho_session')

  test('by e-mail leaves the worth of the session as it was, and renews its token', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    const before = expectStatus(await client.get<{ provenAt: string }>('/api/session'), 200)
    const former = tokenOf(client)
    world.advance(5 * minutes)
    expectStatus(await ask(client), 200)
    const answer = expectStatus(await verify(client, await world.nextCode(account)), 200)
    assert.deepEqual(answer, {
      acr: 'urn:sekisho:acr:email-code',
      amr: ['pwd', 'otp', 'mfa'],
      provenAt: before.provenAt,
    })
    assert.notEqual(tokenOf(client), former)
    const after = expectStatus(await client.get<object>('/api/session'), 200)
    assert.deepEqual({ ...after, expiresAt: null }, { ...before, expiresAt: null })
    // A proof by e-mail opens nothing else.
    assert.equal(
      expectProblem(await client.put('/api/second-factor', { method: 'passkey' }), 409),
      'no_passkey',
    )
  })

  test('by e-mail is for accounts whose factor is e-mail, by a passkey for the others', async () => {
    const holder = await holderOfPasskey(world)
    const { client, authenticator, passkey, account } = holder
    const options = { passkeyId: passkey.id, purpose: 'change' }
    const early = await client.post<{ step: string }>('/api/session/passkey/options', options)
    assert.equal(expectProblem(early, 409), 'wrong_step')
    assert.equal(early.body.step, 'email-code')
    expectStatus(await ask(client), 200)
    const code = await world.nextCode(account)

    await switchFactor(client, authenticator, passkey.id, 'passkey')
    const late = await verify(client, code)
    assert.equal(expectProblem(late, 409), 'wrong_step')
    const asked = await client.post<{ step: string }>('/api/session/email-code')
    assert.equal(expectProblem(asked, 409), 'wrong_step')
    assert.equal(asked.body.step, 'passkey')
    await proveChange(client, holder)
  })

  test('a code for a sign-in or a registration proves no change, nor does it the reverse', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    expectStatus(await client.post('/api/passkeys/email-code'), 200)
    const other = await world.nextCode(account)
    assert.equal(expectProblem(await verify(client, other), 400), 'code_expired')
    expectStatus(await ask(client), 200)
    const code = await world.nextCode(account)
    const registration = await client.post('/api/passkeys/email-code/verify', { code })
    if (code !== other) assert.equal(expectProblem(registration, 400), 'code_wrong')
    expectStatus(await verify(client, code), 200)
    assert.equal(expectProblem(await verify(client, code), 400), 'code_spent')
  })

  test('five wrong codes are all that one session has, whatever is sent anew', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    expectStatus(await ask(client), 200)
    const code = await world.nextCode(account)
    const wrong = code === '000000' ? '000001' : '000000'
    for (const left of [4, 3, 2, 1, 0]) {
      const answer = await client.post<{ triesLeft: number }>('/api/session/email-code/verify', {
        code: wrong,
      })
      assert.equal(expectProblem(answer, 400), 'code_wrong')
      assert.equal(answer.body.triesLeft, left)
    }
    assert.equal(expectProblem(await verify(client, code), 400), 'code_spent')
    world.advance(30 * seconds)
    assert.equal(expectProblem(await ask(client), 403), 'sign_in_again')
    for (const path of ['password', 'email', 'notices', 'notices/address']) {
      const { text } = await client.get(`/portal/${path}`)
      assert.match(text, /id="sign-in-again"/, path)
      assert.doesNotMatch(text, /id="(password|email|choices|address)-form"/, path)
    }
    const again = await world.signIn(account)
    expectStatus(await ask(again), 200)
  })

  test('a code of one session proves no other', async () => {
    const account = await world.addAccount()
    const [one, other] = [await world.signIn(account), await world.signIn(account)]
    expectStatus(await ask(one), 200)
    const code = await world.nextCode(account)
    assert.equal(expectProblem(await verify(other, code), 400), 'code_expired')
    expectStatus(await verify(one, code), 200)
  })

  test('by a passkey raises the session as any proof with a passkey does', async () => {
    const { account, authenticator, passkey, client } = await accountWithPasskey(world)
    world.advance(5 * minutes)
    const proof = await proveSession(client, authenticator, passkey.id, 'change')
    const provenAt = new Date(world.now).toISOString()
    assert.deepEqual(expectStatus(proof, 200), {
      acr: 'phr',
      amr: ['pwd', 'pop', 'user', 'mfa'],
      provenAt,
    })
    assert.ok(account)
  })
})
