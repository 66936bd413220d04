// Rule 4: everything that the browser's answer can prove is checked, each by one answer that is wrong
// in nothing else; and the honest answer right after still works.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Faults } from '../support/authenticator/authenticator-faults.ts'
import {
  bentAssertions,
  bentKeys,
  bentRegistrations,
  site,
  type Bent,
} from '../support/authenticator/bent-answers.ts'
import { accountRecord, eventsOf, recordsOf } from '../support/checks/records.ts'
import {
  creationOptions,
  holderOfPasskey,
  openFurtherRegistration,
  proofOptions,
  securityKey,
  type Holder,
} from '../support/world/ceremonies.ts'
import type { Answer, HttpClient } from '../support/world/http-client.ts'
import {
  accountWithPasskey,
  askPasskey,
  givePassword,
  makePasskey,
  openRegistration,
  proveSession,
} from '../support/world/journeys.ts'
import { databases } from '../support/world/postgres.ts'
import { expectProblem, expectStatus, World } from '../support/world/world.ts'

/** Fewer than an account may have, so that each honest registration finds room. */
const perAccount = 15

/** The answer that is due, and nothing but the ceremony and the trail is changed by it. */
async function expectRefusal(
  world: World,
  { code, overHttp, unknown }: Bent<Faults>,
  send: () => Promise<Answer>,
): Promise<void> {
  const earlier = await recordsOf(world)
  const answer = await send()
  assert.equal(expectProblem(answer, 400), overHttp ?? code)
  assert.equal((answer.body as { unknown?: true }).unknown, unknown)
  assert.deepEqual(await recordsOf(world), earlier)
}

for (const database of databases) {
  describe(`bent answers of the browser on ${database.name}`, () => {
    let world: World
    let registrant: Holder
    let holder: Holder
    /** A sign-in that stands at the passkey: failed answers block nothing (rule 16). */
    let open: HttpClient
    before(async () => {
      const env = { SEKISHO_RP_ID: site.rpId }
      world = await World.start(database, { origin: site.origin, env })
      holder = await accountWithPasskey(world)
      open = world.client()
      expectStatus(await givePassword(open, holder.account), 200)
    })
    after(() => world.stop())

    for (const [index, bent] of bentRegistrations.entries()) {
      test(`a registration is refused for ${bent.name}, and the next honest one works`, async () => {
        if (index % perAccount === 0) registrant = await holderOfPasskey(world)
        const { client } = registrant
        await openFurtherRegistration(world, registrant)
        const options = await creationOptions(client, `Key ${index}`)
        const answer = await securityKey(world).create(options, bent.faults)
        await expectRefusal(world, bent, () => client.post('/api/passkeys', answer))
        expectStatus(await makePasskey(client, securityKey(world), `Key ${index}`), 201)
      })
    }

    for (const bent of bentAssertions) {
      test(`a proof is refused for ${bent.name}, and the next honest one works`, async () => {
        const { client, passkey, authenticator } = holder
        const options = await proofOptions(client, passkey.id, 'switch')
        const answer = await authenticator.get(options, bent.faults)
        await expectRefusal(world, bent, () => client.post('/api/session/passkey', answer))
        const used = await client.post('/api/session/passkey', await authenticator.get(options))
        // A challenge of ours is spent by the first answer that carries it, whatever became of it.
        const spent = bent.code !== 'invalid_request' && bent.faults.challenge === undefined
        if (spent) assert.equal(expectProblem(used, 400), 'ceremony_expired')
        else expectStatus(used, 200)
        expectStatus(await proveSession(client, authenticator, passkey.id, 'step-up'), 200)
      })

      test(`a sign-in is refused for ${bent.name}, and stays open`, async () => {
        const { passkey, authenticator } = holder
        const answer = await authenticator.get(await askPasskey(open, passkey.id), bent.faults)
        await expectRefusal(world, bent, () => open.post('/api/sign-in/passkey', answer))
        assert.equal(expectProblem(await open.get('/api/session'), 401), 'not_signed_in')
        expectStatus(await open.get('/api/sign-in'), 200)
      })
    }

    test('after all these the honest answer still ends that sign-in', async () => {
      const honest = await holder.authenticator.get(await askPasskey(open, holder.passkey.id))
      expectStatus(await open.post('/api/sign-in/passkey', honest), 200)
      assert.equal(expectStatus(await open.get<{ acr: string }>('/api/session'), 200).acr, 'phr')
    })

    test('a first passkey whose key cannot verify leaves no passkey, no mail and no hold', async () => {
      const account = await world.addAccount()
      const client = await world.signIn(account)
      await openRegistration(world, client, account)
      for (const bent of bentKeys) {
        const options = await creationOptions(client, 'First')
        const answer = await securityKey(world).create(options, bent.faults)
        await expectRefusal(world, bent, () => client.post('/api/passkeys', answer))
        assert.equal((await accountRecord(world, account)).hold_until, null, bent.name)
      }
      const honest = await makePasskey(client, securityKey(world), 'First')
      assert.equal(expectStatus(honest, 201).name, 'First')
      assert.notEqual((await accountRecord(world, account)).hold_until, null)
    })

    test('each answer that was refused for what it proves is on record with its reason', async () => {
      const own = bentAssertions.filter(
        ({ code, faults }) => code === 'passkey_not_verified' && faults.challenge === undefined,
      )
      const events = await eventsOf(world, holder.account, 'authn_passkey_fail')
      const ofSignIns = events.filter(({ detail }) => detail['purpose'] === 'sign-in')
      assert.equal(ofSignIns.length, own.length)
      for (const { detail } of ofSignIns) {
        assert.equal(detail['passkey'], holder.passkey.id)
        assert.ok(detail['reason'])
      }
      const ofRegistrations = await eventsOf(world, registrant.account, 'authn_passkey_fail')
      assert.ok(ofRegistrations.length > 5)
      for (const { detail } of ofRegistrations) assert.equal(detail['purpose'], 'registration')
    })

    test('the longest credential ID that is allowed, 1023 bytes, registers and proves', async () => {
      const owner = await holderOfPasskey(world)
      await openFurtherRegistration(world, owner)
      const key = securityKey(world)
      const options = await creationOptions(owner.client, 'Long')
      const answer = await key.create(options, { credentialId: 1023 })
      const registered = await owner.client.post<{ id: string }>('/api/passkeys', answer)
      const { id } = expectStatus(registered, 201)
      expectStatus(await proveSession(owner.client, key, id, 'switch'), 200)
    })

    test('what is only told, and unknown to us, keeps nobody from registering', async () => {
      const owner = await holderOfPasskey(world)
      await openFurtherRegistration(world, owner)
      const options = await creationOptions(owner.client, 'Strange')
      const answer = await securityKey(world).create(options)
      const strange = {
        ...answer,
        authenticatorAttachment: 'implanted\u0000',
        clientExtensionResults: { credProps: { rk: 'maybe' }, other: [1] },
        response: { ...answer.response, transports: ['telepathy', '\u0000'], more: 1 },
      }
      const registered = await owner.client.post<{ transports: string[] }>('/api/passkeys', strange)
      assert.deepEqual(expectStatus(registered, 201).transports, ['telepathy', '\u0000'])
    })

    test('an answer without a user handle is accepted, as of a key that keeps none', async () => {
      const { client, passkey, authenticator } = holder
      const options = await proofOptions(client, passkey.id, 'step-up')
      const answer = await authenticator.get(options, { userHandle: null })
      expectStatus(await client.post('/api/session/passkey', answer), 200)
    })
  })
}
