// Rule 22: the cookies that carry state, on http and on https.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Answer } from '../support/world/http-client.ts'
import { givePassword, proveSession, registerFirstPasskey } from '../support/world/journeys.ts'
import { databases } from '../support/world/postgres.ts'
import { expectStatus, World } from '../support/world/world.ts'

const [sqlite] = databases
const places = [
  { origin: 'http://localhost:3000', prefix: '', secure: '' },
  { origin: 'https://login.example.jp', prefix: '__Host-', secure: '; Secure' },
]

for (const { origin, prefix, secure } of places) {
  describe(`the cookies of ${origin}`, () => {
    const attempt = `${prefix}sekisho_sign_in`
    const session = `${prefix}sekisho_session`
    let world: World
    before(async () => {
      assert.ok(sqlite)
      world = await World.start(sqlite, { origin })
    })
    after(() => world.stop())

    /** The line that sets or ends a cookie, with a word in the place of its token. */
    function line(answer: Answer, name: string): string | undefined {
      const lines = answer.headers['set-cookie'] ?? []
      const line = lines.find((one) => one.startsWith(`${name}=`))
      return line?.replace(/=[\w-]{43};/, '=TOKEN;')
    }

    const kept = (name: string) => `${name}=TOKEN; Path=/; HttpOnly${secure}; SameSite=Lax`
    const ended = (name: string) => `${name}=; Max-Age=0; Path=/; HttpOnly${secure}; SameSite=Lax`

    test('are for this host alone, out of the reach of scripts and of other sites', async () => {
      const account = await world.addAccount()
      const client = world.client()
      const begun = await givePassword(client, account)
      assert.equal(line(begun, attempt), kept(attempt))
      assert.equal(line(begun, session), undefined)
      const code = await world.nextCode(account)
      const done = await client.post('/api/sign-in/email-code', { code })
      expectStatus(done, 200)
      assert.equal(line(done, attempt), ended(attempt))
      assert.equal(line(done, session), kept(session))

      const authenticator = world.authenticator()
      const { id } = await registerFirstPasskey(world, client, account, authenticator)
      const proof = await proveSession(client, authenticator, id, 'step-up')
      assert.equal(line(proof, session), kept(session))
      assert.equal(line(await client.delete('/api/session'), session), ended(session))

      expectStatus(await givePassword(client, account), 200)
      assert.equal(line(await client.delete('/api/sign-in'), attempt), ended(attempt))
    })

    test('hold nothing that a script may read or that another host may set', async () => {
      const account = await world.addAccount()
      const client = world.client()
      expectStatus(await givePassword(client, account), 200)
      const code = await world.nextCode(account)
      const answers = [
        await client.post('/api/sign-in/email-code', { code }),
        await client.get('/portal?lang=en'),
        await client.delete('/api/session'),
      ]
      const lines = answers.flatMap(({ headers }) => headers['set-cookie'] ?? [])
      assert.ok(lines.length >= 4)
      for (const one of lines) {
        assert.match(one, /; HttpOnly/)
        assert.doesNotMatch(one, /domain=/i)
        assert.equal(/; Secure/.test(one), origin.startsWith('https:'), one)
      }
    })

    test('count only under their own names', async () => {
      const client = await world.signIn(await world.addAccount())
      const token = client.cookies.get(session) ?? ''
      expectStatus(await client.get('/api/session'), 200)
      const names = [
        'sekisho_session',
        '__Host-sekisho_session',
        '__Secure-sekisho_session',
        attempt,
      ]
      for (const name of names) {
        const other = world.client()
        other.setCookie(name, token)
        const { status } = await other.get('/api/session')
        assert.equal(status, name === session ? 200 : 401, name)
      }
    })
  })
}
