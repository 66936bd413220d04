// Rule 22 and the provider: its cookies and addresses on http and on https.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import * as oauth from 'openid-client'
import type { Answer, HttpClient } from '../support/world/http-client.ts'
import { signedIn, tokensOf } from '../support/world/openid.ts'
import { databases } from '../support/world/postgres.ts'
import {
  authorizationRequest,
  follow,
  register,
  type RelyingParty,
} from '../support/world/relying-party.ts'
import { World } from '../support/world/world.ts'

const places = [
  { origin: 'http://localhost:3000', host: '', bound: '', secure: '' },
  { origin: 'https://login.example.jp', host: '__Host-', bound: '__Secure-', secure: '; secure' },
]

for (const { origin, host, bound, secure } of places) {
  describe(`the provider's cookies at ${origin}`, () => {
    const session = `${host}sekisho_session`
    let world: World
    let desk: RelyingParty
    before(async () => {
      const [sqlite] = databases
      assert.ok(sqlite)
      world = await World.start(sqlite, { origin, stillClock: false })
      desk = await register(world, 'web', {}, throughProxy)
    })
    after(() => world.stop())

    /** As the broker's proxy does: TLS ends before us, and the name stays. */
    const throughProxy: oauth.CustomFetch = async (url, { method, headers, body }) => {
      const { pathname, search } = new URL(url)
      const answer = await world.client().raw({
        method,
        path: pathname + search,
        headers: { origin: undefined, 'sec-fetch-site': undefined, ...headers },
        ...(body && { body: String(body) }),
      })
      const type = answer.headers['content-type'] ?? ''
      return new Response(answer.text, {
        status: answer.status,
        headers: { 'content-type': type, 'dpop-nonce': String(answer.headers['dpop-nonce'] ?? '') },
      })
    }

    const lines = (answer: Answer) =>
      (answer.headers['set-cookie'] ?? []).map((line) =>
        line.replace(/expires=[^;]+/, 'expires=THEN').replace(/=[\w-]{8,};/, '=TOKEN;'),
      )

    const signIn = async (): Promise<HttpClient> => {
      const { client } = await signedIn(world)
      client.setCookie(session, client.cookies.get('sekisho_session'))
      return client
    }

    test('are bound to their path or to this host, out of the reach of scripts', async () => {
      const client = world.client()
      const begun = await client.get((await authorizationRequest(desk)).address)
      const path = begun.headers.location ?? ''
      assert.match(path, /^\/oauth2\/interaction\/[\w-]+$/)
      const uid = path.split('/').at(-1)
      const kept = (name: string, of: string) =>
        `${bound}sekisho_${name}=TOKEN; path=${of}/${uid}; expires=THEN; samesite=lax${secure}; httponly`
      assert.deepEqual(lines(begun), [
        `${host}sekisho_authorization=TOKEN; Max-Age=1200; Path=/; HttpOnly${secure && '; Secure'}; SameSite=Lax`,
        kept('interaction', '/oauth2/interaction'),
        kept('resume', '/oauth2/authorize'),
      ])
      const logout = await (await signIn()).get('/oauth2/logout')
      assert.equal(logout.status, 200)
      // It says nothing: who is signed in is found by the session's own cookie.
      const own = `${host}sekisho_oidc=own; path=/; samesite=lax${secure}; httponly; expires=THEN`
      assert.deepEqual(lines(logout), [own])
    })

    test('of an interaction count only under their own name', async () => {
      const names = ['sekisho_interaction', '__Secure-sekisho_interaction']
      const client = world.client()
      const page = await follow(client, (await authorizationRequest(desk)).address)
      const continueTo = page.searchParams.get('continueTo') ?? ''
      for (const name of names) {
        const other = world.client()
        other.setCookie(name, continueTo.split('/').at(-1))
        const token = client.cookies.get(`${host}sekisho_authorization`)
        for (const prefix of ['', '__Secure-', '__Host-']) {
          other.setCookie(`${prefix}sekisho_authorization`, token)
          const own = name === `${bound}sekisho_interaction` && prefix === host
          assert.equal((await other.get(continueTo)).status, own ? 303 : 400, name + prefix)
          other.setCookie(`${prefix}sekisho_authorization`, undefined)
        }
      }
    })

    test('carry a whole sign-in, with a key too, at addresses of this origin', async () => {
      const client = await signIn()
      const { end_session_endpoint, ...metadata } = desk.configuration.serverMetadata()
      for (const [name, value] of Object.entries({ end_session_endpoint, ...metadata })) {
        if (name.endsWith('_endpoint') || name === 'jwks_uri') {
          assert.equal(new URL(String(value)).origin, origin, name)
        }
      }
      const tokens = await tokensOf(desk, client)
      assert.equal(tokens.claims()?.iss, origin)
      const native = await register(world, 'native', {}, throughProxy)
      const keys = await oauth.randomDPoPKeyPair('ES256')
      const DPoP = oauth.getDPoPHandle(native.configuration, keys)
      const bound = await tokensOf(native, client, {}, { DPoP })
      assert.equal(bound.token_type, 'dpop')
      const sub = bound.claims()?.sub ?? ''
      const { access_token: token } = bound
      const info = await oauth.fetchUserInfo(native.configuration, token, sub, { DPoP })
      assert.equal(info.sub, sub)
    })
  })
}
