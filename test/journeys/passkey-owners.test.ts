// Rule 4: a passkey proves its own account, where it was asked for, as long as it lives; and a
// credential belongs to one account for ever.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordsOf } from '../support/checks/records.ts'
import {
  creationOptions,
  holderOfPasskey,
  openFurtherRegistration,
  proofOptions,
  registerFurtherPasskey,
  removeBySupport,
  securityKey,
} from '../support/world/ceremonies.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { Answer } from '../support/world/http-client.ts'
import {
  accountWithPasskey,
  askPasskey,
  givePassword,
  makePasskey,
} from '../support/world/journeys.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

function expectNotVerified(answer: Answer, unknown: true | undefined): void {
  assert.equal(expectProblem(answer, 400), 'passkey_not_verified')
  assert.equal((answer.body as { unknown?: true }).unknown, unknown)
}

onEachDatabase('whose passkey it is,', (world) => {
  test("another account's passkey signs nobody else in, and is not offered", async () => {
    const victim = await accountWithPasskey(world)
    const thief = await accountWithPasskey(world)
    const browser = world.client()
    const { passkeys } = expectStatus(await givePassword(browser, victim.account), 200)
    assert.deepEqual(
      passkeys.map(({ id }) => id),
      [victim.passkey.id],
    )
    const passkeyId = thief.passkey.id
    const missing = await browser.post('/api/sign-in/passkey/options', { passkeyId })
    assert.equal(expectProblem(missing, 404), 'no_such_passkey')
    const options = await askPasskey(browser, victim.passkey.id)
    const answer = await thief.authenticator.get({ ...options, allowCredentials: [] })
    expectNotVerified(await browser.post('/api/sign-in/passkey', answer), true)
  })

  test("another account's passkey proves nobody else's session", async () => {
    const victim = await holderOfPasskey(world)
    const thief = await holderOfPasskey(world)
    const passkeyId = thief.passkey.id
    for (const purpose of ['register', 'switch', 'step-up']) {
      const asked = { passkeyId, purpose }
      const missing = await victim.client.post('/api/session/passkey/options', asked)
      assert.equal(expectProblem(missing, 404), 'no_such_passkey')
    }
    const options = await proofOptions(victim.client, victim.passkey.id, 'switch')
    const answer = await thief.authenticator.get({ ...options, allowCredentials: [] })
    expectNotVerified(await victim.client.post('/api/session/passkey', answer), true)
    const put = await victim.client.put('/api/second-factor', { method: 'passkey' })
    assert.equal(expectProblem(put, 403), 'passkey_needed')
  })

  test('another passkey of the account than the chosen one is refused, but not as unknown', async () => {
    const holder = await accountWithPasskey(world)
    const key = securityKey(world)
    await registerFurtherPasskey(world, holder, key, 'Key')
    const browser = world.client()
    expectStatus(await givePassword(browser, holder.account), 200)
    const options = await askPasskey(browser, holder.passkey.id)
    const answer = await key.get({ ...options, allowCredentials: [] })
    expectNotVerified(await browser.post('/api/sign-in/passkey', answer), undefined)
  })

  test('a removed passkey is unknown, and one that was never there is answered alike', async () => {
    const holder = await accountWithPasskey(world)
    const key = securityKey(world)
    const { id } = await registerFurtherPasskey(world, holder, key, 'Key')
    await removeBySupport(world, holder.account, id)

    const browser = world.client()
    const { passkeys } = expectStatus(await givePassword(browser, holder.account), 200)
    assert.equal(passkeys.length, 1)
    for (const passkeyId of [id, 'AAAAAAAAAAAAAAAAAAAAAA', 'nobody', '']) {
      const missing = await browser.post('/api/sign-in/passkey/options', { passkeyId })
      assert.equal(expectProblem(missing, 404), 'no_such_passkey', passkeyId)
    }
    const options = { ...(await askPasskey(browser, holder.passkey.id)), allowCredentials: [] }
    const removed = await browser.post('/api/sign-in/passkey', await key.get(options))
    expectNotVerified(removed, true)
    const again = { ...(await askPasskey(browser, holder.passkey.id)), allowCredentials: [] }
    const strange = Buffer.alloc(32, 3).toString('base64url')
    const invented = await key.get(again, { credentialId: strange })
    const unknown = await browser.post('/api/sign-in/passkey', invented)
    expectNotVerified(unknown, true)
    const shown = ({ body }: Answer) => ({ ...(body as object), requestId: '' })
    assert.deepEqual(shown(unknown), shown(removed))
  })

  test('a credential registers once: not again for its account, nor for another, nor after its removal', async () => {
    const owner = await holderOfPasskey(world)
    const thief = await holderOfPasskey(world)
    const key = securityKey(world)
    const { id } = await registerFurtherPasskey(world, owner, key, 'Key')
    const credentialId = key.credentials[0]?.id ?? ''
    const refuseBoth = async () => {
      for (const { client } of [owner, thief]) {
        const options = await creationOptions(client, 'Again')
        const answer = await securityKey(world).create(options, { credentialId })
        const earlier = await recordsOf(world)
        const refused = await client.post('/api/passkeys', answer)
        assert.equal(expectProblem(refused, 409), 'passkey_known')
        assert.deepEqual(await recordsOf(world), earlier)
      }
    }
    await openFurtherRegistration(world, owner)
    await openFurtherRegistration(world, thief)
    await refuseBoth()

    await removeBySupport(world, owner.account, id)
    await world.signIn(owner.account, owner.client)
    await openFurtherRegistration(world, owner)
    await world.signIn(thief.account, thief.client)
    await openFurtherRegistration(world, thief)
    await refuseBoth()
  })

  test('the answer to create() proves nothing, and the answer to get() registers nothing', async () => {
    const holder = await holderOfPasskey(world)
    const { client, passkey, authenticator } = holder
    await openFurtherRegistration(world, holder)
    const created = await securityKey(world).create(await creationOptions(client, 'B'))
    const got = await authenticator.get(await proofOptions(client, passkey.id, 'switch'))
    const earlier = await recordsOf(world)
    const send = async (path: string, body: unknown) =>
      expectProblem(await client.post(path, body), 400)
    assert.equal(await send('/api/session/passkey', created), 'invalid_request')
    assert.equal(await send('/api/passkeys', got), 'invalid_request')
    // With the members of both, each can be read as the other.
    const asCreated = { ...created, response: { ...got.response, ...created.response } }
    const asGot = { ...got, response: { ...created.response, ...got.response } }
    assert.equal(await send('/api/session/passkey', asCreated), 'ceremony_expired')
    assert.equal(await send('/api/passkeys', asGot), 'ceremony_expired')
    assert.deepEqual(await recordsOf(world), earlier)
  })

  test('an authenticator that holds a passkey of the account is not asked for another', async () => {
    const holder = await holderOfPasskey(world)
    await openFurtherRegistration(world, holder)
    const making = makePasskey(holder.client, holder.authenticator, 'Twice')
    await assert.rejects(making, { name: 'InvalidStateError' })
  })
})
