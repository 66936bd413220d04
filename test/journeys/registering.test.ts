// Rules 7 and 8: what must be proven before a passkey is registered or the second factor switched, for
// how long that lasts, and that it serves once and only for what it was given.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { minutes } from '../../src/kernel/clock.ts'
import { countLivePasskeys } from '../support/checks/records.ts'
import {
  creationOptions,
  holderOfPasskey,
  openFurtherRegistration,
  registerFurtherPasskey,
  securityKey,
} from '../support/world/ceremonies.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import {
  accountWithPasskey,
  makePasskey,
  openRegistration,
  proveSession,
  registerFirstPasskey,
} from '../support/world/journeys.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

onEachDatabase('leave to change the factors', (world) => {
  const askCode = (client: HttpClient) => client.post('/api/passkeys/email-code')
  const askOptions = (client: HttpClient) =>
    client.post('/api/passkeys/options', { name: 'Key', device: 'this-device' })
  const switchTo = (client: HttpClient, method: 'email' | 'passkey') =>
    client.put('/api/second-factor', { method })

  async function refusesCode(client: HttpClient, code: string): Promise<void> {
    assert.equal(expectProblem(await askCode(client), 403), code)
  }
  async function refusesOptions(client: HttpClient, code: string): Promise<void> {
    assert.equal(expectProblem(await askOptions(client), 403), code)
  }
  async function refusesSwitch(client: HttpClient, method: 'email' | 'passkey') {
    assert.equal(expectProblem(await switchTo(client, method), 403), 'passkey_needed')
  }
  async function registerUntil(client: HttpClient): Promise<string | null> {
    const session = await client.get<{ registerUntil: string | null }>('/api/session')
    return expectStatus(session, 200).registerUntil
  }

  describe('the first passkey', () => {
    test('needs a sign-in that is at most 15 minutes old', async () => {
      const account = await world.addAccount()
      const client = await world.signIn(account)
      world.advance(15 * minutes)
      await openRegistration(world, client, account)

      const late = await world.signIn(account)
      world.advance(15 * minutes + 1)
      await refusesCode(late, 'sign_in_again')
      expectStatus(await late.get('/api/session'), 200)
      await world.signIn(account, late)
      await registerFirstPasskey(world, late, account, world.authenticator())
    })

    test('needs the code that was mailed for it', async () => {
      const account = await world.addAccount()
      const client = await world.signIn(account)
      await refusesOptions(client, 'email_code_needed')
      expectStatus(await askCode(client), 200)
      await refusesOptions(client, 'email_code_needed')
      const wrong = await client.post('/api/passkeys/email-code/verify', { code: 'no code' })
      assert.equal(expectProblem(wrong, 400), 'code_wrong')
      await refusesOptions(client, 'email_code_needed')
      assert.equal(await registerUntil(client), null)
      const code = await world.nextCode(account)
      const opened = await client.post('/api/passkeys/email-code/verify', { code })
      const until = new Date(world.now + 10 * minutes).toISOString()
      assert.deepEqual(expectStatus(opened, 200), { registerUntil: until })
      assert.equal(await registerUntil(client), until)
      expectStatus(await askOptions(client), 200)
    })

    test('may be registered in the session that typed the code, and in no other', async () => {
      const account = await world.addAccount()
      const [client, other] = [await world.signIn(account), await world.signIn(account)]
      await openRegistration(world, client, account)
      await refusesOptions(other, 'email_code_needed')
      assert.equal(await registerUntil(other), null)
      const again = await world.signIn(account, client)
      await refusesOptions(again, 'email_code_needed')
    })
  })

  describe('the permission to register', () => {
    test('lasts 10 minutes', async () => {
      const account = await world.addAccount()
      const client = await world.signIn(account)
      await openRegistration(world, client, account)
      world.advance(10 * minutes - 1)
      expectStatus(await askOptions(client), 200)
      world.advance(1)
      assert.equal(await registerUntil(client), null)
      await refusesOptions(client, 'email_code_needed')
    })

    test('ends while the dialog is open: the answer comes too late', async () => {
      const account = await world.addAccount()
      const client = await world.signIn(account)
      await openRegistration(world, client, account)
      world.advance(10 * minutes - 1)
      const answer = await world.authenticator().create(await creationOptions(client, 'Key'))
      world.advance(1)
      const late = await client.post('/api/passkeys', answer)
      assert.equal(expectProblem(late, 400), 'ceremony_expired')
      assert.equal(await countLivePasskeys(world, account), 0)
    })

    test('is not used up by a cancelled dialog nor by a refused answer, but by success', async () => {
      const account = await world.addAccount()
      const client = await world.signIn(account)
      await openRegistration(world, client, account)
      const until = await registerUntil(client)
      await creationOptions(client, 'Cancelled')
      const options = await creationOptions(client, 'Refused')
      const bent = await world.authenticator().create(options, { userVerified: false })
      const refused = await client.post('/api/passkeys', bent)
      assert.equal(expectProblem(refused, 400), 'passkey_not_verified')
      assert.equal(await registerUntil(client), until)
      expectStatus(await makePasskey(client, world.authenticator(), 'Made'), 201)
      assert.equal(await registerUntil(client), null)
      await refusesOptions(client, 'passkey_needed')
    })

    test('makes one passkey, however many ceremonies it began and end at once', async () => {
      const account = await world.addAccount()
      const client = await world.signIn(account)
      await openRegistration(world, client, account)
      const answers: unknown[] = []
      for (let index = 0; index < 20; index += 1) {
        const options = await creationOptions(client, `Key ${index}`)
        answers.push(await securityKey(world).create(options))
      }
      const sent = await Promise.all(answers.map((body) => client.post('/api/passkeys', body)))
      const refused = sent.filter(({ status }) => status !== 201)
      assert.equal(refused.length, 19)
      for (const answer of refused) assert.equal(expectProblem(answer, 409), 'start_again')
      assert.equal(await countLivePasskeys(world, account), 1)
    })
  })

  describe('a further passkey', () => {
    test('needs a proof for registering before the code goes out', async () => {
      const { account, client, passkey, authenticator } = await holderOfPasskey(world)
      await refusesCode(client, 'passkey_needed')
      await refusesOptions(client, 'passkey_needed')
      for (const purpose of ['step-up', 'switch'] as const) {
        expectStatus(await proveSession(client, authenticator, passkey.id, purpose), 200)
        await refusesCode(client, 'passkey_needed')
        await refusesOptions(client, 'passkey_needed')
      }
      expectStatus(await proveSession(client, authenticator, passkey.id, 'register'), 200)
      await refusesOptions(client, 'email_code_needed')
      await openRegistration(world, client, account)
      expectStatus(await makePasskey(client, securityKey(world), 'Key'), 201)
    })

    test('needs no fresh sign-in, as the proof is fresh', async () => {
      const holder = await holderOfPasskey(world)
      world.advance(25 * minutes)
      await registerFurtherPasskey(world, holder, securityKey(world), 'Key')
    })

    test('needs a proof that is less than 10 minutes old when the code goes out', async () => {
      const { account, client, passkey, authenticator } = await holderOfPasskey(world)
      expectStatus(await proveSession(client, authenticator, passkey.id, 'register'), 200)
      world.advance(10 * minutes)
      await refusesCode(client, 'passkey_needed')
      expectStatus(await proveSession(client, authenticator, passkey.id, 'register'), 200)
      world.advance(10 * minutes - 1)
      await openRegistration(world, client, account)
      // The code came in time; from here on its leave counts.
      world.advance(9 * minutes)
      expectStatus(await makePasskey(client, securityKey(world), 'Key'), 201)
    })

    test('uses its proof up: one proof, one passkey', async () => {
      const holder = await holderOfPasskey(world)
      await openFurtherRegistration(world, holder)
      await refusesCode(holder.client, 'passkey_needed')
      expectStatus(await makePasskey(holder.client, securityKey(world), 'Key'), 201)
      await refusesCode(holder.client, 'passkey_needed')
      await refusesOptions(holder.client, 'passkey_needed')
    })

    test('is proven in its own session only', async () => {
      const { account, client, passkey, authenticator } = await holderOfPasskey(world)
      const other = await world.signIn(account)
      expectStatus(await proveSession(client, authenticator, passkey.id, 'register'), 200)
      await refusesCode(other, 'passkey_needed')
    })
  })

  describe('switching the second factor', () => {
    test('needs a proof for switching, in either direction', async () => {
      const { client, passkey, authenticator } = await holderOfPasskey(world)
      const prove = async (purpose: 'register' | 'switch' | 'step-up') =>
        expectStatus(await proveSession(client, authenticator, passkey.id, purpose), 200)
      for (const method of ['passkey', 'email'] as const) {
        await refusesSwitch(client, method)
        for (const purpose of ['register', 'step-up'] as const) {
          await prove(purpose)
          await refusesSwitch(client, method)
        }
        await prove('switch')
        assert.deepEqual(expectStatus(await switchTo(client, method), 200), { method })
      }
    })

    test('uses its proof up: one proof, one switch', async () => {
      const { client } = await accountWithPasskey(world)
      await refusesSwitch(client, 'email')
      const factor = await client.get('/api/second-factor')
      assert.deepEqual(expectStatus(factor, 200), { method: 'passkey' })
    })

    test('needs a proof that is less than 10 minutes old', async () => {
      const { client, passkey, authenticator } = await holderOfPasskey(world)
      expectStatus(await proveSession(client, authenticator, passkey.id, 'switch'), 200)
      world.advance(10 * minutes)
      await refusesSwitch(client, 'passkey')
      expectStatus(await proveSession(client, authenticator, passkey.id, 'switch'), 200)
      world.advance(10 * minutes - 1)
      expectStatus(await switchTo(client, 'passkey'), 200)
    })

    test('is proven in its own session only, and by no sign-in', async () => {
      const { account, client, passkey, authenticator } = await holderOfPasskey(world)
      const other = await world.signIn(account)
      expectStatus(await proveSession(client, authenticator, passkey.id, 'switch'), 200)
      await refusesSwitch(other, 'passkey')
      const again = await world.signIn(account, client)
      await refusesSwitch(again, 'passkey')
    })

    test('to the factor in force changes nothing and needs nothing', async () => {
      const { client, passkey, authenticator } = await accountWithPasskey(world)
      expectStatus(await proveSession(client, authenticator, passkey.id, 'switch'), 200)
      assert.deepEqual(expectStatus(await switchTo(client, 'passkey'), 200), {
        method: 'passkey',
      })
      // The proof is still there for the switch that it was made for.
      expectStatus(await switchTo(client, 'email'), 200)
    })

    test('to a passkey is refused where there is none', async () => {
      const client = await world.signIn(await world.addAccount())
      assert.equal(expectProblem(await switchTo(client, 'passkey'), 409), 'no_passkey')
      expectStatus(await switchTo(client, 'email'), 200)
    })
  })
})
