// Rule 4: everything that the browser's answer can prove is checked, each by one answer that is wrong
// in nothing else; and the honest answer right after still works.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import { bentAssertions, bentRegistrations, site, type Bent } from '../support/bent-answers.ts'
import type { Faults } from '../support/authenticator-faults.ts'
import type { Answer, HttpClient } from '../support/http-client.ts'
import {
  accountWithPasskey,
  askPasskey,
  givePassword,
  makePasskey,
  openRegistration,
  proveSession,
  registerFirstPasskey,
} from '../support/journeys.ts'
import { databases } from '../support/postgres.ts'
import { eventsOf, recordsOf } from '../support/records.ts'
import { expectProblem, expectStatus, World } from '../support/world.ts'

/** A second authenticator of the same kind, on which nothing is excluded. */
const otherDevice = { transports: ['usb'], aaguid: '00000000-0000-0000-0000-000000000000' }

async function creationOptions(client: HttpClient, name = 'Windows') {
  return expectStatus(
    await client.post<PublicKeyCredentialCreationOptionsJSON>('/api/passkeys/options', {
      name,
      device: 'this-device',
    }),
    200,
  )
}

function expectRefusal(answer: Answer, { code, overHttp, unknown }: Bent<Faults>): void {
  assert.equal(expectProblem(answer, 400), overHttp ?? code)
  assert.equal((answer.body as { unknown?: true }).unknown, unknown)
}

for (const database of databases) {
  describe(`answers of the browser on ${database.name}`, () => {
    let world: World
    before(async () => {
      world = await World.start(database, {
        origin: site.origin,
        env: { SEKISHO_RP_ID: site.rpId },
      })
    })
    after(() => world.stop())

    for (const bent of bentRegistrations) {
      test(`a registration is refused for ${bent.name}, and the next honest one works`, async () => {
        const account = await world.addAccount()
        const client = await world.signIn(account)
        const authenticator = world.authenticator()
        await openRegistration(world, client, account)
        const options = await creationOptions(client)
        const answer = await authenticator.create(options, bent.faults)
        const before = await recordsOf(world)
        expectRefusal(await client.post('/api/passkeys', answer), bent)
        assert.deepEqual(await recordsOf(world), before)
        expectStatus(await makePasskey(client, authenticator, 'Windows'), 201)
      })
    }

    for (const bent of bentAssertions) {
      test(`a sign-in is refused for ${bent.name}, and the next honest answer works`, async () => {
        const { account, passkey, authenticator } = await shared()
        const client = world.client()
        expectStatus(await givePassword(client, account), 200)
        const answer = await authenticator.get(await askPasskey(client, passkey.id), bent.faults)
        const before = await recordsOf(world)
        expectRefusal(await client.post('/api/sign-in/passkey', answer), bent)
        assert.deepEqual(await recordsOf(world), before)
        assert.equal(expectProblem(await client.get('/api/session'), 401), 'not_signed_in')

        const honest = await authenticator.get(await askPasskey(client, passkey.id))
        expectStatus(await client.post('/api/sign-in/passkey', honest), 200)
      })

      test(`a proof in the session is refused for ${bent.name}`, async () => {
        const { client, passkey, authenticator } = await shared()
        const options = expectStatus(
          await client.post<PublicKeyCredentialRequestOptionsJSON>('/api/session/passkey/options', {
            passkeyId: passkey.id,
            purpose: 'switch',
          }),
          200,
        )
        const answer = await authenticator.get(options, bent.faults)
        const before = await recordsOf(world)
        expectRefusal(await client.post('/api/session/passkey', answer), bent)
        assert.deepEqual(await recordsOf(world), before)
        expectStatus(await proveSession(client, authenticator, passkey.id, 'step-up'), 200)
      })
    }

    test('every refusal of a right challenge is on record with its reason', async () => {
      const { account, passkey, authenticator } = await accountWithPasskey(world)
      const client = world.client()
      expectStatus(await givePassword(client, account), 200)
      const onRecord = bentAssertions.filter(
        ({ code, overHttp }) => code === 'passkey_not_verified' && !overHttp,
      )
      for (const { faults } of onRecord) {
        const answer = await authenticator.get(await askPasskey(client, passkey.id), faults)
        expectProblem(await client.post('/api/sign-in/passkey', answer), 400)
      }
      const events = await eventsOf(world, account, 'authn_passkey_fail')
      assert.equal(events.length, onRecord.length)
      for (const { detail } of events) {
        assert.equal(detail['passkey'], passkey.id)
        assert.equal(detail['purpose'], 'sign-in')
        assert.ok(detail['reason'])
      }
    })

    test('refused registrations are on record too', async () => {
      const account = await world.addAccount()
      const client = await world.signIn(account)
      await openRegistration(world, client, account)
      for (const faults of [{ userVerified: false }, { crossOrigin: true }]) {
        const answer = await world.authenticator().create(await creationOptions(client), faults)
        expectProblem(await client.post('/api/passkeys', answer), 400)
      }
      const events = await eventsOf(world, account, 'authn_passkey_fail')
      assert.deepEqual(
        events.map(({ detail }) => detail['purpose']),
        ['registration', 'registration'],
      )
    })

    test('the longest credential ID that is allowed, 1023 bytes, registers and signs in', async () => {
      const account = await world.addAccount()
      const client = await world.signIn(account)
      const authenticator = world.authenticator()
      await openRegistration(world, client, account)
      const options = await creationOptions(client)
      const answer = await authenticator.create(options, { credentialId: 1023 })
      const { id } = expectStatus(await client.post<{ id: string }>('/api/passkeys', answer), 201)
      expectStatus(await proveSession(client, authenticator, id, 'switch'), 200)
    })

    test('a sign-in without a user handle is accepted, as of a key that keeps none', async () => {
      const { account, passkey, authenticator } = await shared()
      const client = world.client()
      expectStatus(await givePassword(client, account), 200)
      const options = await askPasskey(client, passkey.id)
      const answer = await authenticator.get(options, { userHandle: null })
      expectStatus(await client.post('/api/sign-in/passkey', answer), 200)
    })

    test("a credential of an account cannot be registered again, by itself or by another's", async () => {
      const owner = await shared()
      const taken = owner.authenticator.credentials[0]?.id ?? ''
      expectStatus(
        await proveSession(owner.client, owner.authenticator, owner.passkey.id, 'register'),
        200,
      )
      await openRegistration(world, owner.client, owner.account)
      const thief = await world.addAccount()
      const thiefsClient = await world.signIn(thief)
      await openRegistration(world, thiefsClient, thief)
      for (const client of [owner.client, thiefsClient]) {
        const options = await creationOptions(client, 'Again')
        const answer = await world
          .authenticator(otherDevice)
          .create(options, { credentialId: taken })
        const before = await recordsOf(world)
        assert.equal(
          expectProblem(await client.post('/api/passkeys', answer), 409),
          'passkey_known',
        )
        assert.deepEqual(await recordsOf(world), before)
        expectStatus(await makePasskey(client, world.authenticator(otherDevice), 'New'), 201)
      }
    })

    test("another account's passkey signs nobody else in", async () => {
      const { account, passkey } = await shared()
      const other = await accountWithPasskey(world)
      const client = world.client()
      expectStatus(await givePassword(client, account), 200)
      const missing = await client.post('/api/sign-in/passkey/options', {
        passkeyId: other.passkey.id,
      })
      assert.equal(expectProblem(missing, 404), 'no_such_passkey')
      const options = await askPasskey(client, passkey.id)
      const answer = await other.authenticator.get({ ...options, allowCredentials: [] })
      const refused = await client.post('/api/sign-in/passkey', answer)
      assert.equal(expectProblem(refused, 400), 'passkey_not_verified')
      assert.equal((refused.body as { unknown?: true }).unknown, true)
    })

    test('another passkey of the account than the chosen one is refused, and is not unknown', async () => {
      const { account, client, passkey, authenticator } = await accountWithPasskey(world)
      expectStatus(await proveSession(client, authenticator, passkey.id, 'register'), 200)
      await openRegistration(world, client, account)
      const second = world.authenticator(otherDevice)
      expectStatus(await makePasskey(client, second, 'Key'), 201)
      const browser = world.client()
      expectStatus(await givePassword(browser, account), 200)
      const options = await askPasskey(browser, passkey.id)
      const refused = await browser.post(
        '/api/sign-in/passkey',
        await second.get({ ...options, allowCredentials: [] }),
      )
      assert.equal(expectProblem(refused, 400), 'passkey_not_verified')
      assert.equal((refused.body as { unknown?: true }).unknown, undefined)
    })

    test('the answer to create() does not sign in, and the answer to get() does not register', async () => {
      const account = await world.addAccount()
      const client = await world.signIn(account)
      const authenticator = world.authenticator()
      const passkey = await registerFirstPasskey(world, client, account, authenticator)
      expectStatus(await proveSession(client, authenticator, passkey.id, 'register'), 200)
      await openRegistration(world, client, account)
      const created = await world
        .authenticator(otherDevice)
        .create(await creationOptions(client, 'B'))
      const request = expectStatus(
        await client.post<PublicKeyCredentialRequestOptionsJSON>('/api/session/passkey/options', {
          passkeyId: passkey.id,
          purpose: 'switch',
        }),
        200,
      )
      const got = await authenticator.get(request)
      const before = await recordsOf(world)
      const asProof = await client.post('/api/session/passkey', created)
      assert.equal(expectProblem(asProof, 400), 'invalid_request')
      const asRegistration = await client.post('/api/passkeys', got)
      assert.equal(expectProblem(asRegistration, 400), 'invalid_request')
      // The members of both: now each is readable as the other.
      const both = { ...created, response: { ...created.response, ...got.response } }
      assert.equal(expectProblem(await client.post('/api/passkeys', both), 400), 'ceremony_expired')
      const reverse = { ...got, response: { ...got.response, ...created.response } }
      assert.equal(
        expectProblem(await client.post('/api/session/passkey', reverse), 400),
        'ceremony_expired',
      )
      assert.deepEqual(await recordsOf(world), before)
    })

    let holder: ReturnType<typeof accountWithPasskey> | undefined
    /** One account for all the sign-ins that fail: failed answers block nothing (rule 16). */
    function shared() {
      holder ??= accountWithPasskey(world)
      return holder
    }
  })
}
