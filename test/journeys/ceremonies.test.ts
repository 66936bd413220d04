// Rule 5: a challenge is random, belongs to one ceremony of one sign-in or session, lives 5 minutes and
// is taken once, however many answers come and wherever they arrive.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { minutes } from '../../src/kernel/clock.ts'
import { countLivePasskeys, eventsOf, recordsOf } from '../support/checks/records.ts'
import {
  creationOptions,
  holderOfPasskey,
  openFurtherRegistration,
  proofOptions,
  registerFurtherPasskey,
  securityKey,
} from '../support/world/ceremonies.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { Answer, HttpClient } from '../support/world/http-client.ts'
import {
  accountWithPasskey,
  askPasskey,
  atPasskey,
  givePassword,
  makePasskey,
  proveSession,
  registerFirstPasskey,
  signInWithPasskey,
} from '../support/world/journeys.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

onEachDatabase('a ceremony', (world, database) => {
  before(async () => {
    // On one file of SQLite two nodes of one process would wait for each other.
    if (database.name === 'postgres') await world.startNode()
  })

  async function expectExpired(client: HttpClient, path: string, answer: unknown) {
    const earlier = await recordsOf(world)
    assert.equal(expectProblem(await client.post(path, answer), 400), 'ceremony_expired')
    assert.deepEqual(await recordsOf(world), earlier)
  }

  for (const [what, wait, works] of [
    ['answered in time until the last moment of 5 minutes', 5 * minutes - 1, true],
    ['over after 5 minutes', 5 * minutes, false],
  ] as const) {
    test(`is ${what}`, async () => {
      const holder = await accountWithPasskey(world)
      const { client, passkey, authenticator } = holder
      await openFurtherRegistration(world, holder)
      const browser = await atPasskey(world, holder)
      const key = securityKey(world)
      const proof = await authenticator.get(await proofOptions(client, passkey.id, 'switch'))
      const signIn = await authenticator.get(await askPasskey(browser, passkey.id))
      const created = await key.create(await creationOptions(client, 'Key'))
      world.advance(wait)
      if (works) {
        expectStatus(await client.post('/api/session/passkey', proof), 200)
        expectStatus(await browser.post('/api/sign-in/passkey', signIn), 200)
        expectStatus(await client.post('/api/passkeys', created), 201)
      } else {
        await expectExpired(client, '/api/session/passkey', proof)
        await expectExpired(browser, '/api/sign-in/passkey', signIn)
        await expectExpired(client, '/api/passkeys', created)
        // A new one serves; the permission to register was not used up.
        expectStatus(await makePasskey(client, securityKey(world), 'Key'), 201)
      }
    })
  }

  test('takes one answer: the same one again is refused', async () => {
    const holder = await accountWithPasskey(world)
    const { client, passkey, authenticator } = holder
    const proof = await authenticator.get(await proofOptions(client, passkey.id, 'register'))
    expectStatus(await client.post('/api/session/passkey', proof), 200)
    await expectExpired(client, '/api/session/passkey', proof)

    const browser = await atPasskey(world, holder)
    const answer = await authenticator.get(await askPasskey(browser, passkey.id))
    expectStatus(await browser.post('/api/sign-in/passkey', answer), 200)
    const again = await browser.post('/api/sign-in/passkey', answer)
    assert.equal(expectProblem(again, 404), 'no_sign_in')
    expectStatus(await givePassword(browser, holder.account), 200)
    await expectExpired(browser, '/api/sign-in/passkey', answer)

    await openFurtherRegistration(world, holder)
    const created = await securityKey(world).create(await creationOptions(client, 'Key'))
    expectStatus(await client.post('/api/passkeys', created), 201)
    await openFurtherRegistration(world, holder)
    await expectExpired(client, '/api/passkeys', created)
  })

  test('belongs to its sign-in: no other sign-in and no session may answer it, and it waits', async () => {
    const holder = await accountWithPasskey(world)
    const { client, passkey, authenticator } = holder
    const [own, other] = [await atPasskey(world, holder), await atPasskey(world, holder)]
    await askPasskey(other, passkey.id)
    const answer = await authenticator.get(await askPasskey(own, passkey.id))
    await expectExpired(other, '/api/sign-in/passkey', answer)
    await expectExpired(client, '/api/session/passkey', answer)
    const stranger = await atPasskey(world, await accountWithPasskey(world))
    await expectExpired(stranger, '/api/sign-in/passkey', answer)
    expectStatus(await own.post('/api/sign-in/passkey', answer), 200)
  })

  test('belongs to its session: no other session and no sign-in may answer it, and it waits', async () => {
    const holder = await accountWithPasskey(world)
    const { account, client, passkey, authenticator } = holder
    const other = await signInWithPasskey(world, account, authenticator, passkey.id)
    const browser = await atPasskey(world, holder)
    const { client: stranger } = await holderOfPasskey(world)
    const proof = await authenticator.get(await proofOptions(client, passkey.id, 'switch'))
    await expectExpired(other, '/api/session/passkey', proof)
    await expectExpired(browser, '/api/sign-in/passkey', proof)
    await expectExpired(stranger, '/api/session/passkey', proof)
    expectStatus(await client.post('/api/session/passkey', proof), 200)

    await openFurtherRegistration(world, holder)
    expectStatus(await proveSession(other, authenticator, passkey.id, 'register'), 200)
    const created = await securityKey(world).create(await creationOptions(client, 'Key'))
    await expectExpired(other, '/api/passkeys', created)
    await expectExpired(stranger, '/api/passkeys', created)
    expectStatus(await client.post('/api/passkeys', created), 201)
  })

  test('has a kind: the challenge of a get() makes no passkey, that of a create() proves nothing', async () => {
    const holder = await holderOfPasskey(world)
    const { client, passkey, authenticator } = holder
    await openFurtherRegistration(world, holder)
    const creation = await creationOptions(client, 'Key')
    const request = await proofOptions(client, passkey.id, 'switch')
    const created = await securityKey(world).create({ ...creation, challenge: request.challenge })
    const got = await authenticator.get({ ...request, challenge: creation.challenge })
    await expectExpired(client, '/api/passkeys', created)
    await expectExpired(client, '/api/session/passkey', got)
  })

  test('lives beside others: two tabs ask, and each answer works in any order', async () => {
    const holder = await accountWithPasskey(world)
    const { client, passkey, authenticator } = holder
    await openFurtherRegistration(world, holder)
    const creation = await creationOptions(client, 'Key')
    const first = await proofOptions(client, passkey.id, 'step-up')
    const second = await proofOptions(client, passkey.id, 'step-up')
    for (const options of [first, second]) {
      const answer = await authenticator.get(options)
      expectStatus(await client.post('/api/session/passkey', answer), 200)
    }
    const created = await securityKey(world).create(creation)
    expectStatus(await client.post('/api/passkeys', created), 201)

    const browser = await atPasskey(world, holder)
    const asked = await askPasskey(browser, passkey.id)
    await askPasskey(browser, passkey.id)
    const answer = await authenticator.get(asked)
    expectStatus(await browser.post('/api/sign-in/passkey', answer), 200)
  })

  test('outlives the token of its session, which each proof changes', async () => {
    const { client, passkey, authenticator } = await holderOfPasskey(world)
    const asked = await proofOptions(client, passkey.id, 'switch')
    expectStatus(await proveSession(client, authenticator, passkey.id, 'step-up'), 200)
    const answer = await authenticator.get(asked)
    expectStatus(await client.post('/api/session/passkey', answer), 200)
    expectStatus(await client.put('/api/second-factor', { method: 'passkey' }), 200)
  })

  /** Sends one body twenty times at once, to every node in turn. */
  function twentyAtOnce(client: HttpClient, path: string, body: unknown): Promise<Answer[]> {
    const nodes = world.nodes.map((_, index) => client.through(world.url(index)))
    const send = (_: unknown, index: number) => nodes[index % nodes.length]!.post(path, body)
    return Promise.all(Array.from({ length: 20 }, send))
  }

  function expectOneWinner(answers: readonly Answer[], status: number, others: string[]) {
    const won = answers.filter((answer) => answer.status === status)
    assert.equal(won.length, 1, answers.map((answer) => answer.text).join('\n'))
    for (const answer of answers) {
      if (answer.status === status) continue
      const { code } = answer.body as { code: string }
      assert.ok(others.includes(code), answer.text)
    }
  }

  test('gives one session to twenty equal answers at once', async () => {
    const holder = await accountWithPasskey(world)
    const browser = await atPasskey(world, holder)
    const options = await askPasskey(browser, holder.passkey.id)
    const answer = await holder.authenticator.get(options)
    const answers = await twentyAtOnce(browser, '/api/sign-in/passkey', answer)
    expectOneWinner(answers, 200, ['ceremony_expired', 'no_sign_in'])
    const successes = await eventsOf(world, holder.account, 'authn_login_success')
    assert.equal(successes.filter(({ detail }) => detail['factor'] === 'passkey').length, 1)
  })

  test('proves once by twenty equal answers at once', async () => {
    const { account, client, passkey, authenticator } = await holderOfPasskey(world)
    const answer = await authenticator.get(await proofOptions(client, passkey.id, 'switch'))
    const answers = await twentyAtOnce(client, '/api/session/passkey', answer)
    expectOneWinner(answers, 200, ['ceremony_expired', 'not_signed_in'])
    assert.equal((await eventsOf(world, account, 'authn_proof_success')).length, 1)
    expectStatus(await client.get('/api/session'), 200)
  })

  test('makes one passkey of twenty equal answers at once, the first and a further one', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    const authenticator = world.authenticator()
    const passkey = await registerFirstPasskey(world, client, account, authenticator)
    const holder = { account, client, authenticator, passkey }
    await registerFurtherPasskey(world, holder, securityKey(world), 'Second')
    await openFurtherRegistration(world, holder)
    const answer = await securityKey(world).create(await creationOptions(client, 'Third'))
    const answers = await twentyAtOnce(client, '/api/passkeys', answer)
    expectOneWinner(answers, 201, ['ceremony_expired'])
    assert.equal(await countLivePasskeys(world, account), 3)
  })
})
