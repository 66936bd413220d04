// Rule 9: what was begun before a change of the factors ends with it, in every tab and on every node;
// and of changes that race, one is made and the account stays whole.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { accountRecord, countLivePasskeys, eventsOf } from '../support/checks/records.ts'
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
import type { Answer, HttpClient } from '../support/world/http-client.ts'
import {
  accountWithPasskey,
  askPasskey,
  givePassword,
  makePasskey,
  openRegistration,
  proveSession,
  registerFirstPasskey,
} from '../support/world/journeys.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const codeOf = ({ body }: Answer) => (body as { code?: string }).code

onEachDatabase('a change of the factors', (world, database) => {
  before(async () => {
    if (database.name === 'postgres') await world.startNode()
  })

  /** The same browser on the last node: another one than the first, where there are two. */
  const elsewhere = (client: HttpClient) => client.through(world.url(world.nodes.length - 1))

  async function factorHolds(account: TestAccount): Promise<void> {
    const { second_factor: factor } = await accountRecord(world, account)
    const passkeys = await countLivePasskeys(world, account)
    assert.ok(factor === 'email' || passkeys > 0, `${factor} with ${passkeys} passkeys`)
  }

  async function isSignedIn(client: HttpClient): Promise<boolean> {
    return (await client.get('/api/session')).status === 200
  }

  test('ends the permission to register that another session was given before it', async () => {
    const account = await world.addAccount()
    const first = await world.signIn(account)
    const second = elsewhere(await world.signIn(account))
    await openRegistration(world, first, account)
    world.advance(30_000)
    await openRegistration(world, second, account)
    const begun = await securityKey(world).create(await creationOptions(second, 'Second'))
    expectStatus(await makePasskey(first, world.authenticator(), 'First'), 201)

    assert.equal(expectProblem(await second.post('/api/passkeys', begun), 409), 'start_again')
    const asked = { name: 'Second', device: 'this-device' }
    const options = await second.post('/api/passkeys/options', asked)
    assert.equal(expectProblem(options, 409), 'start_again')
    const { registerUntil } = expectStatus(
      await second.get<{ registerUntil: string | null }>('/api/session'),
      200,
    )
    assert.equal(registerUntil, null)
    const code = await second.post('/api/passkeys/email-code')
    assert.equal(expectProblem(code, 403), 'passkey_needed')
    assert.equal(await countLivePasskeys(world, account), 1)
  })

  test('ends a code for registering that went out before it', async () => {
    const account = await world.addAccount()
    const [first, second] = [await world.signIn(account), await world.signIn(account)]
    expectStatus(await second.post('/api/passkeys/email-code'), 200)
    const code = await world.nextCode(account)
    await registerFirstPasskey(world, first, account, world.authenticator())
    const late = await elsewhere(second).post('/api/passkeys/email-code/verify', { code })
    assert.equal(expectProblem(late, 409), 'start_again')
    const options = await second.post('/api/passkeys/options', { name: 'B', device: 'phone' })
    assert.equal(expectProblem(options, 403), 'passkey_needed')
  })

  test('ends proofs that were begun or given before it', async () => {
    const holder = await holderOfPasskey(world)
    const { account, client, passkey, authenticator } = holder
    const other = elsewhere(await world.signIn(account))
    const begun = await authenticator.get(await proofOptions(other, passkey.id, 'switch'))
    const third = await world.signIn(account)
    expectStatus(await proveSession(third, authenticator, passkey.id, 'switch'), 200)
    const fourth = await world.signIn(account)
    expectStatus(await proveSession(fourth, authenticator, passkey.id, 'register'), 200)
    await registerFurtherPasskey(world, holder, securityKey(world), 'Key')

    assert.equal(expectProblem(await other.post('/api/session/passkey', begun), 409), 'start_again')
    const put = await third.put('/api/second-factor', { method: 'passkey' })
    assert.equal(expectProblem(put, 403), 'passkey_needed')
    const code = await fourth.post('/api/passkeys/email-code')
    assert.equal(expectProblem(code, 403), 'passkey_needed')
    assert.ok(await isSignedIn(client))
    assert.equal((await accountRecord(world, account)).second_factor, 'email')
  })

  test('ends a sign-in that stands at its passkey, whichever passkey came or went', async () => {
    const holder = await accountWithPasskey(world)
    const { account, passkey, authenticator } = holder
    const browser = world.client()
    const endsIt = async <T>(change: () => Promise<T>): Promise<T> => {
      expectStatus(await givePassword(browser, account), 200)
      const answer = await authenticator.get(await askPasskey(browser, passkey.id))
      const changed = await change()
      const late = await elsewhere(browser).post('/api/sign-in/passkey', answer)
      assert.equal(expectProblem(late, 404), 'no_sign_in')
      assert.equal(await isSignedIn(browser), false)
      return changed
    }
    const key = securityKey(world)
    const { id } = await endsIt(() => registerFurtherPasskey(world, holder, key, 'Key'))
    await endsIt(() => removeBySupport(world, account, id))
  })

  test('is made by one of two first passkeys at once', async () => {
    for (let round = 0; round < 3; round += 1) {
      const account = await world.addAccount()
      const clients = [await world.signIn(account), elsewhere(await world.signIn(account))]
      const answers: unknown[] = []
      for (const client of clients) {
        await openRegistration(world, client, account)
        world.advance(30_000)
        answers.push(await securityKey(world).create(await creationOptions(client, 'Key')))
      }
      const sent = await Promise.all(
        clients.map((client, index) => client.post('/api/passkeys', answers[index])),
      )
      assert.deepEqual(sent.map(({ status }) => status).toSorted(), [201, 409])
      assert.deepEqual(sent.map(codeOf).filter(Boolean), ['start_again'])
      assert.equal(await countLivePasskeys(world, account), 1)
    }
  })

  test('is made once by twenty equal switches at once, and the rest find it done', async () => {
    const { account, client, passkey, authenticator } = await holderOfPasskey(world)
    expectStatus(await proveSession(client, authenticator, passkey.id, 'switch'), 200)
    const nodes = [client, elsewhere(client)]
    const puts = Array.from({ length: 20 }, (_, index) =>
      nodes[index % 2]!.put('/api/second-factor', { method: 'passkey' }),
    )
    for (const answer of await Promise.all(puts)) expectStatus(answer, 200)
    assert.equal((await eventsOf(world, account, 'authn_factor_switched')).length, 1)
    const put = await client.put('/api/second-factor', { method: 'email' })
    assert.equal(expectProblem(put, 403), 'passkey_needed')
  })

  test('to passkey that races with the removal of the last one leaves a factor that works', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { account, client, passkey, authenticator } = await holderOfPasskey(world)
      expectStatus(await proveSession(client, authenticator, passkey.id, 'switch'), 200)
      const put = () => elsewhere(client).put('/api/second-factor', { method: 'passkey' })
      const remove = () => removeBySupport(world, account, passkey.id)
      const racers = round % 2 === 0 ? [put, remove] : [remove, put]
      await Promise.all(racers.map((race) => race()))
      await factorHolds(account)
      assert.equal(await countLivePasskeys(world, account), 0)
      assert.equal(await isSignedIn(client), false)
      await world.signIn(account)
    }
  })

  test('by registering that races with the removal of the last one keeps the account open', async () => {
    for (let round = 0; round < 4; round += 1) {
      const holder = await accountWithPasskey(world)
      const { account, client, passkey } = holder
      await openFurtherRegistration(world, holder)
      const answer = await securityKey(world).create(await creationOptions(client, 'Key'))
      const post = () => elsewhere(client).post('/api/passkeys', answer)
      const remove = () => removeBySupport(world, account, passkey.id)
      const racers = round % 2 === 0 ? [post, remove] : [remove, post]
      await Promise.all(racers.map((race) => race()))
      await factorHolds(account)
      assert.equal(await isSignedIn(client), false)
      expectStatus(await givePassword(world.client(), account), 200)
    }
  })

  test('by removing races with a sign-in: a removed passkey leaves nobody signed in', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { account, passkey, authenticator } = await accountWithPasskey(world)
      const browser = world.client()
      expectStatus(await givePassword(browser, account), 200)
      const answer = await authenticator.get(await askPasskey(browser, passkey.id))
      const post = () => elsewhere(browser).post('/api/sign-in/passkey', answer)
      const remove = () => removeBySupport(world, account, passkey.id)
      const racers = round % 2 === 0 ? [post, remove] : [remove, post]
      await Promise.all(racers.map((race) => race()))
      assert.equal(await isSignedIn(browser), false)
      await factorHolds(account)
    }
  })
})
