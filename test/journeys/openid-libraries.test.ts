// What applications by other hands stumble over: each of these kept a library from its first sign-in.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import * as oauth from 'openid-client'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import {
  answerOf,
  codeForm,
  postForm,
  signedIn,
  startListener,
  tokensOf,
  until,
  verifiedJwt,
} from '../support/world/openid.ts'
import {
  authorizationRequest,
  follow,
  redeem,
  register,
  type RelyingParty,
} from '../support/world/relying-party.ts'
import { expectStatus } from '../support/world/world.ts'

const typed = { 'content-type': 'application/x-www-form-urlencoded' }

onEachDatabase('Applications by other hands', { reachable: true }, (world) => {
  let client: HttpClient
  let desk: RelyingParty
  before(async () => {
    client = (await signedIn(world)).client
    desk = await register(world)
  })

  /** As a page of another site posts a form: without the cookies that are `SameSite=Lax`. */
  const postBare = (path: string, body: string, headers = {}) =>
    world.client().raw({
      method: 'POST',
      path,
      headers: { origin: 'https://desk.example', ...typed, ...headers },
      body,
    })

  test('an application that asks for RS256 gets it, in ID tokens and logout tokens', async (t) => {
    const listener = await startListener()
    t.after(() => listener.stop())
    const settings = { idTokenAlg: 'RS256', backchannelLogoutUri: listener.address } as const
    const rs = await register(world, 'web', settings)
    const own = (await signedIn(world)).client
    const { id_token: idToken = '' } = await tokensOf(rs, own)
    const { header, claims } = await verifiedJwt(world, idToken)
    assert.equal(header['alg'], 'RS256')
    assert.equal((await own.delete('/api/session')).status, 204)
    const told = await verifiedJwt(world, await until(() => listener.heard[0]))
    assert.deepEqual([told.header['alg'], told.claims['sid']], ['RS256', claims['sid']])
    assert.equal(listener.headers[0]?.['user-agent'], 'Sekisho')
    const es = await verifiedJwt(world, (await tokensOf(desk, client)).id_token ?? '')
    assert.equal(es.header['alg'], 'ES256')
  })

  test('a secret is taken in the form from who is registered for that, and from nobody else', async () => {
    const post = await register(world, 'web', { authMethod: 'client_secret_post' })
    const { access_token: access, refresh_token: refresh = '' } = await tokensOf(post, client)
    assert.ok((await oauth.refreshTokenGrant(post.configuration, refresh)).access_token)
    assert.ok((await oauth.tokenIntrospection(post.configuration, access)).active)
    const byHeader = { authorization: `Basic ${btoa(`${post.clientId}:${post.secret}`)}` }
    const byForm = { client_id: desk.clientId, client_secret: String(desk.secret) }
    for (const path of ['/oauth2/token', '/oauth2/introspect', '/oauth2/revoke', '/oauth2/par']) {
      const form = { token: access, grant_type: 'refresh_token', refresh_token: refresh }
      for (const answer of [
        await postForm(world, path, form, byHeader),
        await postForm(world, path, { ...form, ...byForm }),
      ]) {
        assert.deepEqual([answer.status, answer.body['error']], [401, 'invalid_client'], path)
      }
    }
    await oauth.tokenRevocation(post.configuration, refresh)
    assert.equal((await oauth.tokenIntrospection(post.configuration, access)).active, false)
  })

  test('an ID token has `sid` also where no address for logouts is registered', async () => {
    const first = await tokensOf(desk, client)
    const sid = first.claims()?.['sid']
    assert.equal(typeof sid, 'string')
    const next = await oauth.refreshTokenGrant(desk.configuration, first.refresh_token ?? '')
    assert.equal(next.claims()?.['sid'], sid)
    const facts = await oauth.tokenIntrospection(desk.configuration, next.access_token)
    assert.equal(facts['sid'], sid)
  })

  test('an authorization request by POST ends as the one by GET does', async () => {
    const request = await authorizationRequest(desk, {
      ui_locales: 'en ja',
      login_hint: 'a+b 漢',
    })
    const [path = '', query = ''] = request.address.split('?')
    const led = await postBare(path, query)
    assert.equal(led.status, 303)
    const location = new URL(led.headers.location ?? '', world.origin)
    assert.equal(location.origin + location.pathname, `${world.origin}/oauth2/authorize`)
    assert.deepEqual([...location.searchParams], [...new URLSearchParams(query)])
    const arrived = await follow(client, location.pathname + location.search)
    assert.ok((await redeem(desk, arrived, request)).access_token)
  })

  test('a logout by POST ends as the one by GET does', async () => {
    const { id_token: hint = '' } = await tokensOf(desk, client)
    const form = new URLSearchParams({ id_token_hint: hint, state: 's' }).toString()
    const led = await postBare('/oauth2/logout', form)
    assert.equal(led.status, 303)
    const page = await client.get(String(led.headers.location))
    assert.match(page.text, /id="op\.logoutForm"/)
  })

  test('a POST leads nowhere but on, and only what a form can be', async () => {
    for (const path of ['/oauth2/authorize', '/oauth2/logout']) {
      const bodies = ['', '\r\nLocation: https://evil.example/', '//evil.example', '%00%ff=%']
      for (const body of bodies) {
        const { headers, status } = await postBare(path, body)
        assert.equal(status, 303)
        assert.ok(headers.location?.startsWith(`${path}?`), body)
        assert.doesNotMatch(headers.location ?? '', /[^!-~]|\/\/evil/)
        assert.ok((await client.get(String(headers.location))).status < 500)
      }
      const json = { 'content-type': 'application/json' }
      assert.equal((await postBare(path, '{}', json)).status, 415)
      assert.equal((await postBare(path, `a=${'b'.repeat(9000)}`)).status, 413)
    }
  })

  test('another method than an address is for is 405, and says which are', async () => {
    const by = async (method: string, path: string) => {
      const { status, headers } = await world.client().raw({ method, path, headers: typed })
      return [status, headers.allow]
    }
    const expected = {
      '/oauth2/token': 'POST, OPTIONS',
      '/oauth2/introspect': 'POST, OPTIONS',
      '/oauth2/revoke': 'POST, OPTIONS',
      '/oauth2/par': 'POST, OPTIONS',
      '/oauth2/logout/confirm': 'POST',
    }
    for (const [path, allow] of Object.entries(expected)) {
      for (const method of ['GET', 'HEAD', 'PUT', 'DELETE']) {
        assert.deepEqual(await by(method, path), [405, allow], `${method} ${path}`)
      }
    }
    assert.deepEqual(await by('POST', '/oauth2/jwks'), [405, 'GET, OPTIONS'])
    assert.deepEqual(await by('DELETE', '/oauth2/authorize'), [405, 'GET, POST'])
    assert.deepEqual(await by('PUT', '/oauth2/interaction/x'), [405, 'GET, POST'])
    const discovery = '/.well-known/openid-configuration'
    assert.deepEqual(await by('POST', discovery), [405, 'GET, OPTIONS'])
    assert.deepEqual(await by('HEAD', discovery), [200, undefined])
    assert.equal((await by('GET', '/oauth2/nothing'))[0], 404)
  })

  test('discovery and keys may be kept for minutes, and nothing that is about somebody', async () => {
    for (const path of [
      '/.well-known/openid-configuration',
      '/.well-known/oauth-authorization-server',
      '/oauth2/jwks',
    ]) {
      const { headers } = await client.get(path)
      assert.equal(headers['cache-control'], 'public, max-age=300', path)
      assert.match(String(headers['vary']), /origin/i, 'as the answer names who asks')
      assert.equal(headers['set-cookie'], undefined)
    }
    const { access_token: access } = await tokensOf(desk, client)
    const authorization = `Bearer ${access}`
    const own = await client.raw({
      method: 'GET',
      path: '/oauth2/userinfo',
      headers: { authorization },
    })
    assert.match(String(expectStatus(own, 200) && own.headers['cache-control']), /no-store/)
  })

  test('who sends no PKCE is told that this is what is missing', async () => {
    const { address } = await authorizationRequest(desk)
    const arrived = await follow(client, address.replace(/&code_challenge[^&]*/g, ''))
    assert.equal(answerOf(world, arrived).error, 'invalid_request')
    const said = arrived.searchParams.get('error_description') ?? ''
    assert.match(said, /^PKCE is required of every client: .*code_challenge_method=S256/)
  })

  test('a redirect URI is never guessed, and a `dpop_jkt` that no key has is refused', async () => {
    const { address } = await authorizationRequest(desk)
    const without = await client.get(address.replace(/&?redirect_uri=[^&]*/, ''))
    assert.equal(without.status, 400)
    assert.equal(without.headers.location, undefined)
    for (const dpop_jkt of ['abc', 'x'.repeat(44), '='.repeat(43)]) {
      const bent = await authorizationRequest(desk, { dpop_jkt })
      assert.equal(answerOf(world, await follow(client, bent.address)).code, null, dpop_jkt)
    }
  })

  test('a proof that was used before is `invalid_dpop_proof`', async () => {
    const native = await register(world, 'native')
    const keys = await oauth.randomDPoPKeyPair('ES256')
    const DPoP = oauth.getDPoPHandle(native.configuration, keys)
    const proofs: string[] = []
    native.configuration[oauth.customFetch] = (url, options) => {
      const proof = new Headers(options.headers as Record<string, string>).get('dpop')
      if (proof) proofs.push(proof)
      return fetch(url, options as RequestInit)
    }
    await tokensOf(native, client, {}, { DPoP })
    const again = await authorizationRequest(native)
    const form = codeForm(await follow(client, again.address), again)
    const dpop = proofs.at(-1) ?? ''
    const sent = { ...form, client_id: native.clientId }
    const { status, body } = await postForm(world, '/oauth2/token', sent, { dpop })
    assert.deepEqual([status, body['error']], [400, 'invalid_dpop_proof'])
  })

  test('the page of a sign-out speaks as the application wishes', async () => {
    for (const [wish, title] of [
      ['en-GB', 'Sign out?'],
      ['fr ja', 'ログアウトしますか'],
    ] as const) {
      const query = new URLSearchParams({ client_id: desk.clientId, ui_locales: wish })
      for (const language of ['ja', 'en']) {
        const { text } = await client.raw({
          method: 'GET',
          path: `/oauth2/logout?${query}`,
          headers: { 'accept-language': language, accept: 'text/html' },
        })
        assert.match(text, new RegExp(`<h1>${title.replace('?', '\\?')}</h1>`))
        assert.match(text, new RegExp(`<html lang="${wish.includes('ja') ? 'ja' : 'en'}"`))
      }
    }
  })
})
