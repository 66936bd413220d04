// Rule 10: once the second factor is the passkey, nothing else ends a sign-in: no code, no other tab, no
// other call, no other node. The one way back is support's removal of the last passkey.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  holderOfPasskey,
  registerFurtherPasskey,
  removeBySupport,
  securityKey,
} from '../support/world/ceremonies.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import {
  accountWithPasskey,
  givePassword,
  proveSession,
  signInWithPasskey,
  switchFactor,
} from '../support/world/journeys.ts'
import { databases } from '../support/world/postgres.ts'
import { expectProblem, expectStatus, World } from '../support/world/world.ts'

for (const database of databases) {
  describe(`once the factor is the passkey, on ${database.name},`, () => {
    let world: World
    before(async () => {
      world = await World.start(database)
      // On one file of SQLite two nodes of one process would wait for each other.
      if (database.name === 'postgres') await world.startNode()
    })
    after(() => world.stop())

    /** The same browser on the last node: another one than the first, where there are two. */
    const elsewhere = (client: HttpClient) => client.through(world.url(world.nodes.length - 1))

    async function isSignedIn(client: HttpClient): Promise<boolean> {
      return (await client.get('/api/session')).status === 200
    }

    test('a sign-in begun before cannot be ended by its code, nor get another', async () => {
      const { account, client, passkey, authenticator } = await holderOfPasskey(world)
      const begun = elsewhere(world.client())
      expectStatus(await givePassword(begun, account), 200)
      const code = await world.nextCode(account)
      world.advance(30_000)
      await switchFactor(client, authenticator, passkey.id, 'passkey')
      for (const path of ['/api/sign-in/email-code', '/api/sign-in/email-code/resend']) {
        const late = await begun.post(path, path.endsWith('resend') ? undefined : { code })
        assert.equal(expectProblem(late, 404), 'no_sign_in')
      }
      assert.equal(expectProblem(await begun.get('/api/sign-in'), 404), 'no_sign_in')
      assert.equal(await isSignedIn(begun), false)
    })

    test('a code that races with the switch leaves nobody signed in by it', async () => {
      for (let round = 0; round < 3; round += 1) {
        const { account, client, passkey, authenticator } = await holderOfPasskey(world)
        const begun = elsewhere(world.client())
        expectStatus(await givePassword(begun, account), 200)
        const code = await world.nextCode(account)
        expectStatus(await proveSession(client, authenticator, passkey.id, 'switch'), 200)
        const post = () => begun.post('/api/sign-in/email-code', { code })
        const put = () => client.put('/api/second-factor', { method: 'passkey' })
        await Promise.all(round % 2 === 0 ? [post(), put()] : [put(), post()])
        assert.equal(await isSignedIn(begun), false)
        assert.ok(await isSignedIn(client))
      }
    })

    test('the calls of the other factor answer with the step that is due', async () => {
      const { account, passkey } = await accountWithPasskey(world)
      const browser = world.client()
      expectStatus(await givePassword(browser, account), 200)
      const calls: [string, unknown?][] = [
        ['/api/sign-in/email-code', { code: '123456' }],
        ['/api/sign-in/email-code/resend'],
      ]
      for (const [path, body] of calls) {
        const refused = await browser.post(path, body)
        assert.equal(expectProblem(refused, 409), 'wrong_step')
        assert.equal((refused.body as { step: string }).step, 'passkey')
      }
      const byEmail = await world.addAccount()
      const other = world.client()
      expectStatus(await givePassword(other, byEmail), 200)
      const passkeyId = passkey.id
      const options = await other.post('/api/sign-in/passkey/options', { passkeyId })
      assert.equal(expectProblem(options, 409), 'wrong_step')
      assert.equal((options.body as { step: string }).step, 'email-code')
    })

    test('a code of the session for registering ends no sign-in', async () => {
      const holder = await accountWithPasskey(world)
      const { account, client, passkey, authenticator } = holder
      expectStatus(await proveSession(client, authenticator, passkey.id, 'register'), 200)
      expectStatus(await client.post('/api/passkeys/email-code'), 200)
      const code = await world.nextCode(account)
      const browser = world.client()
      expectStatus(await givePassword(browser, account), 200)
      const refused = await browser.post('/api/sign-in/email-code', { code })
      assert.equal(expectProblem(refused, 409), 'wrong_step')
    })

    test('the others are signed out, and only the passkey leads back in', async () => {
      const { account, client, passkey, authenticator } = await holderOfPasskey(world)
      const other = await world.signIn(account)
      await switchFactor(client, authenticator, passkey.id, 'passkey')
      assert.equal(await isSignedIn(other), false)
      assert.ok(await isSignedIn(client))
      assert.equal(expectStatus(await givePassword(other, account), 200).step, 'passkey')
      await signInWithPasskey(world, account, authenticator, passkey.id, other)
    })

    test("only support's removal of the last passkey leads back to codes", async () => {
      const holder = await accountWithPasskey(world)
      const { account, passkey } = holder
      const key = securityKey(world)
      const second = await registerFurtherPasskey(world, holder, key, 'Key')
      await removeBySupport(world, account, passkey.id)
      const browser = world.client()
      assert.equal(expectStatus(await givePassword(browser, account), 200).step, 'passkey')
      await signInWithPasskey(world, account, key, second.id, browser)
      await removeBySupport(world, account, second.id)
      assert.equal(await isSignedIn(browser), false)
      await world.signIn(account, browser)
      const factor = await browser.get('/api/second-factor')
      assert.deepEqual(expectStatus(factor, 200), { method: 'email' })
    })
  })
}
