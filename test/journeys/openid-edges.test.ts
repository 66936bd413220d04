// The provider's addresses as a browser and as a stranger see them: signing out, headers, junk.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import * as oauth from 'openid-client'
import { openAdapter } from '../../src/surfaces/oidc/adapter.ts'
import { rowsOf } from '../support/checks/tables.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { inOneRequest, isActive, postForm, signedIn, tokensOf } from '../support/world/openid.ts'
import {
  authorizationRequest,
  follow,
  register,
  type RelyingParty,
} from '../support/world/relying-party.ts'

const back = 'http://localhost:3200/signed-out'

onEachDatabase('The edges of OpenID Connect', { reachable: true }, (world) => {
  let desk: RelyingParty
  before(async () => {
    desk = await register(world, 'web', { postLogoutRedirectUris: [back] })
  })

  const logout = (parameters: Record<string, string>) =>
    `/oauth2/logout?${new URLSearchParams(parameters).toString()}`

  const actionsOf = (policy: unknown) => /form-action ([^;]*)/.exec(String(policy))?.[1]

  test('a record that is saved in its last second ends there, and one needs a lifetime', async () => {
    const kept = openAdapter(world.deps, 'PushedAuthorizationRequest')
    const save = (lifetime: unknown) =>
      inOneRequest(world, async () => {
        await kept.upsert('one', {}, lifetime as number)
        return kept.find('one')
      })
    const find = () => inOneRequest(world, async () => kept.find('one'))
    assert.ok(await save(60))
    assert.ok(await find())
    for (const left of [0, -1]) {
      assert.equal(await save(left), undefined)
      assert.equal(await find(), undefined)
    }
    for (const none of [undefined, Number.NaN]) await assert.rejects(save(none), TypeError)
  })

  test('a request that uses up what is used already cannot stand', async () => {
    const pushed = openAdapter(world.deps, 'PushedAuthorizationRequest')
    await inOneRequest(world, () => pushed.upsert('once', {}, 60))
    const use = () => inOneRequest(world, () => pushed.consume('once'))
    await use()
    await assert.rejects(use(), { error: 'invalid_grant' })
  })

  test('an application signs out: we ask, end our session, and lead back', async () => {
    const { account, client } = await signedIn(world)
    const tokens = await tokensOf(desk, client)
    const address = logout({
      client_id: desk.clientId,
      post_logout_redirect_uri: back,
      state: 'a&b',
    })
    const page = await client.get(address)
    assert.equal(page.status, 200)
    assert.match(page.text, /ログアウトしますか/)
    const policy = page.headers['content-security-policy']
    assert.equal(actionsOf(policy), "'self'", 'the form goes to us alone')
    assert.match(String(policy), /script-src 'self';/)
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const send = (form: Record<string, string>) =>
      client.raw({
        method: 'POST',
        path: '/oauth2/logout/confirm',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form).toString(),
      })
    assert.equal((await send({ xsrf: 'guessed', logout: 'yes' })).status, 400)
    assert.equal((await client.get('/api/session')).status, 200, 'a forged form ends nothing')
    const done = await send({ xsrf, logout: 'yes' })
    assert.equal(done.status, 200, 'no redirect, which a browser would hold against the form')
    assert.ok(done.text.includes(`content="0; url=${back}?state=a%26b"`))
    assert.ok(done.text.includes(`href="${back}?state=a%26b"`))
    assert.equal((await client.get('/api/session')).status, 401)
    assert.equal(await isActive(desk, tokens.access_token), false)
    const refresh = oauth.refreshTokenGrant(desk.configuration, tokens.refresh_token ?? '')
    await assert.rejects(refresh, { error: 'invalid_grant' })
    const events = await rowsOf(world, 'audit_events', account)
    assert.ok(events.some(({ event }) => event === 'session_logout'))
  })

  test('who stays signed in stays so', async () => {
    const { client } = await signedIn(world)
    const tokens = await tokensOf(desk, client)
    const page = await client.get(logout({ id_token_hint: tokens.id_token ?? '' }))
    assert.equal(actionsOf(page.headers['content-security-policy']), "'self'")
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const done = await client.raw({
      method: 'POST',
      path: '/oauth2/logout/confirm',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ xsrf }).toString(),
    })
    assert.equal(done.status, 200)
    assert.equal((await client.get('/api/session')).status, 200)
  })

  test('without a session there is nothing to ask, and the way back is the same', async () => {
    const { client } = await signedIn(world)
    const { id_token: hint = '' } = await tokensOf(desk, client)
    const address = logout({ id_token_hint: hint, post_logout_redirect_uri: back, state: 's' })
    const answer = await world.client().get(address)
    assert.equal(answer.status, 303)
    assert.equal(answer.headers.location, `${back}?state=s`)
    const bare = await world.client().get('/oauth2/logout')
    assert.equal(bare.status, 303)
    assert.equal(bare.headers.location, `${world.origin}/oauth2/logout/success`)
    const end = await world.client().get('/oauth2/logout/success')
    assert.match(end.text, /ログアウトしました/)
  })

  test('nobody is led to an address that is not registered', async () => {
    const { client } = await signedIn(world)
    const { id_token: hint = '' } = await tokensOf(desk, client)
    const evil = 'https://evil.example/'
    for (const address of [
      logout({ id_token_hint: hint, post_logout_redirect_uri: evil }),
      logout({ client_id: desk.clientId, post_logout_redirect_uri: evil }),
      logout({ post_logout_redirect_uri: evil }),
      logout({ id_token_hint: 'junk', post_logout_redirect_uri: back }),
    ]) {
      for (const browser of [client, world.client()]) {
        const answer = await browser.get(address)
        assert.equal(actionsOf(answer.headers['content-security-policy']), "'self'")
        assert.doesNotMatch(answer.headers.location ?? '', /evil|3200/)
      }
    }
  })

  test('every answer carries our headers and is kept by nobody', async () => {
    const { client } = await signedIn(world)
    const { address } = await authorizationRequest(desk)
    const answers = [
      await client.get(address),
      await client.get(address.replace('client_id', 'client')),
      await client.get('/oauth2/userinfo'),
      await client.get('/oauth2/nothing'),
      await postForm(world, '/oauth2/token', {}),
      await postForm(world, '/oauth2/introspect', {}),
      await postForm(world, '/oauth2/par', {}),
      await client.get('/oauth2/logout'),
      await client.get('/oauth2/interaction/nothing-here'),
    ]
    for (const { headers, status } of answers) {
      assert.match(String(headers['cache-control']), /no-store/, String(status))
      assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/)
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.ok(headers['referrer-policy'])
      assert.ok(headers['x-request-id'])
      assert.equal(headers['x-powered-by'], undefined)
    }
  })

  test('another host is refused before the provider sees the request', async () => {
    const paths = ['/.well-known/openid-configuration', '/oauth2/jwks', '/oauth2/authorize']
    for (const path of paths) {
      for (const headers of [
        { host: 'evil.example' },
        { host: 'evil.example', 'x-forwarded-host': new URL(world.origin).host },
      ]) {
        const answer = await world.client().raw({ method: 'GET', path, headers })
        assert.equal(answer.status, 421)
      }
    }
    const forwarded = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }
    const path = '/.well-known/openid-configuration'
    const { text } = await world.client().raw({ method: 'GET', path, headers: forwarded })
    assert.doesNotMatch(text, /evil|https:/)
  })

  test('junk is refused as the fault of who sent it', async () => {
    const client = world.client()
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const bodies = ['', '=&=&', 'a'.repeat(200_000), '\u0000=\uffff', '__proto__=1&grant_type[]=x']
    const paths = ['token', 'introspect', 'revoke', 'par', 'logout', 'logout/confirm', 'userinfo']
    for (const path of [...paths, 'authorize', 'nothing']) {
      for (const body of bodies) {
        const request = { method: 'POST', path: `/oauth2/${path}`, headers: form, body }
        const { status } = await client.raw(request)
        assert.ok(status < 500, `${status} for ${path} with ${body.slice(0, 20)}`)
      }
      for (const [method, headers, body] of [
        ['POST', { 'content-type': 'application/json' }, '{"grant_type":{"a":1}}'],
        ['POST', { ...form, 'content-encoding': 'gzip' }, 'not gzip'],
        ['POST', { ...form, authorization: `Basic ${'%'.repeat(40)}` }, 'a=1'],
        ['POST', { ...form, dpop: 'a.b.c' }, 'grant_type=refresh_token'],
        ['PUT', {}, undefined],
        ['DELETE', {}, undefined],
        ['OPTIONS', {}, undefined],
        ['TRACE', {}, undefined],
      ] as const) {
        const request = { method, path: `/oauth2/${path}`, headers }
        const { status } = await client.raw(body === undefined ? request : { ...request, body })
        assert.ok(status < 500, `${status} for ${method} ${path}`)
      }
    }
    for (const query of [
      'client_id=%00',
      'client_id=%ff%fe',
      'client_id=a&client_id=b',
      `client_id=${desk.clientId}&request=a.b.c`,
      `client_id=${desk.clientId}&request_uri=https://evil.example/`,
      `client_id=${desk.clientId}&request_uri=urn:ietf:params:oauth:request_uri:x`,
      `client_id=${desk.clientId}&redirect_uri=%00`,
      `client_id=${desk.clientId}&scope=${'x+'.repeat(2000)}`,
      `id_token_hint=a.b.c&post_logout_redirect_uri=//`,
    ]) {
      for (const path of ['authorize', 'logout']) {
        const { status } = await client.get(`/oauth2/${path}?${query}`)
        assert.ok(status < 500, `${status} for ${path}?${query.slice(0, 60)}`)
      }
    }
    for (const path of ['%', '%00', '..%2f..', 'interaction/%', 'interaction/%00/leave', '//']) {
      const { status } = await client.get(`/oauth2/${path}`)
      assert.ok(status >= 300 && status < 500, `${status} for ${path}`)
    }
    assert.deepEqual(
      world.log.filter((line) => line.includes('the OpenID provider failed')),
      [],
    )
    assert.ok(await follow(client, (await authorizationRequest(desk)).address))
  })
})
