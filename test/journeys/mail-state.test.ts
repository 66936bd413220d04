// How far the mail with a code has come: told to the browser that asked for the code, and to nobody else.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { seconds } from '../../src/kernel/clock.ts'
import { resendWait } from '../../src/limits/codes.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { accountWithPasskey, givePassword } from '../support/world/journeys.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

interface Told {
  readonly mail: string
  readonly at: string | null
  readonly sentTo: string
  readonly expiresAt: string
}

const ways = {
  'a sign-in': {
    path: '/api/sign-in/email-code',
    another: '/api/sign-in/email-code/resend',
    begin: (client: HttpClient, account: TestAccount) => givePassword(client, account),
  },
  'a registration': {
    path: '/api/passkeys/email-code',
    another: '/api/passkeys/email-code',
    begin: (client: HttpClient) => client.post('/api/passkeys/email-code'),
  },
} as const

onEachDatabase('the state of the mail', (world) => {
  for (const [name, { path, another, begin }] of Object.entries(ways)) {
    const look = async (client: HttpClient) => expectStatus(await client.get<Told>(path), 200)
    const becomes = (client: HttpClient, mail: string, t: TestContext) =>
      t.waitFor(async () => assert.equal((await look(client)).mail, mail), { timeout: 10_000 })

    async function start() {
      const account = await world.addAccount()
      const client = name === 'a sign-in' ? world.client() : await world.signIn(account)
      return { account, client }
    }

    test(`of ${name}: taken, and when`, async (t) => {
      const { account, client } = await start()
      expectStatus(await begin(client, account), 200)
      await becomes(client, 'taken', t)
      const { at, sentTo } = await look(client)
      assert.equal(at, new Date(world.now).toISOString())
      assert.match(sentTo, /^.\*\*\*@example\.jp$/)
    })

    test(`of ${name}: refused for now, and taken later`, async (t) => {
      const { account, client } = await start()
      world.mail.refuse(account.email, 451)
      expectStatus(await begin(client, account), 200)
      await becomes(client, 'refused', t)
      assert.equal((await look(client)).at, new Date(world.now).toISOString())
      world.mail.refuse(account.email, null)
      world.advance(10 * seconds)
      await becomes(client, 'taken', t)
    })

    test(`of ${name}: that of the latest code`, async (t) => {
      const { account, client } = await start()
      expectStatus(await begin(client, account), 200)
      await becomes(client, 'taken', t)
      world.mail.refuse(account.email, 550)
      world.advance(resendWait)
      expectStatus(await client.post(another), 200)
      await becomes(client, 'refused', t)
    })

    test(`of ${name}: told to no other browser`, async () => {
      const { account, client } = await start()
      expectStatus(await begin(client, account), 200)
      expectProblem(await world.client().get(path), name === 'a sign-in' ? 404 : 401)
      const stranger = await world.signIn(await world.addAccount())
      const refused = expectProblem(await stranger.get(path), name === 'a sign-in' ? 404 : 403)
      assert.equal(refused, name === 'a sign-in' ? 'no_sign_in' : 'email_code_needed')
    })
  }

  test('where a passkey is asked for there is no mail to tell of', async () => {
    const { account } = await accountWithPasskey(world)
    const client = world.client()
    expectStatus(await givePassword(client, account), 200)
    assert.equal(expectProblem(await client.get('/api/sign-in/email-code'), 409), 'wrong_step')
  })
})
