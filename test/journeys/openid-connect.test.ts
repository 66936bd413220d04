// An application's sign-in, by OpenID Connect, from its request to its tokens.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import * as oauth from 'openid-client'
import { onEachDatabase } from '../support/world/frames.ts'
import { accountWithPasskey, proveSession } from '../support/world/journeys.ts'
import {
  authorizationRequest,
  follow,
  redeem,
  register,
  type RelyingParty,
} from '../support/world/relying-party.ts'
import { expectStatus } from '../support/world/world.ts'

onEachDatabase('OpenID Connect', { reachable: true }, (world) => {
  let desk: RelyingParty
  before(async () => {
    desk = await register(world)
  })

  test('a browser without a session signs in at our page and comes back with a code', async () => {
    const account = await world.addAccount()
    const client = world.client()
    const request = await authorizationRequest(desk)
    const page = await follow(client, request.address)
    assert.equal(page.pathname, '/sign-in')
    const continueTo = page.searchParams.get('continueTo') ?? ''
    assert.match((await client.get(page.pathname + page.search)).text, /NEOTRADER/)
    const { loginId, password } = account
    expectStatus(await client.post('/api/sign-in', { loginId, password, continueTo }), 200)
    const code = await world.nextCode(account)
    const done = await client.post<{ continueTo: string }>('/api/sign-in/email-code', { code })
    assert.equal(expectStatus(done, 200).continueTo, continueTo)
    const arrived = await follow(client, continueTo)
    assert.equal(arrived.searchParams.get('iss'), world.origin)
    const tokens = await redeem(desk, arrived, request)
    const claims = tokens.claims()
    assert.equal(claims?.['acr'], 'urn:sekisho:acr:email-code')
    assert.deepEqual(claims?.['amr'], ['pwd', 'otp', 'mfa'])
    assert.ok(Math.abs(Number(claims?.auth_time) - Date.now() / 1000) < 30)
    assert.equal(tokens.expires_in, 600)
    const facts = await oauth.tokenIntrospection(desk.configuration, tokens.access_token)
    assert.equal(facts['acr'], 'urn:sekisho:acr:email-code')
    assert.equal(facts.active, true)
    const info = await oauth.fetchUserInfo(
      desk.configuration,
      tokens.access_token,
      claims?.sub ?? '',
    )
    assert.equal(info.name, '田中 花子')

    const again = await authorizationRequest(desk)
    const passed = await follow(client, again.address)
    assert.ok(passed.searchParams.has('code'), 'with a session it passes at once')
    const silent = await authorizationRequest(desk, { prompt: 'none' })
    assert.ok((await follow(client, silent.address)).searchParams.has('code'))
  })

  test('a code is redeemed once, and the second time ends what it gave', async () => {
    const client = await world.signIn(await world.addAccount())
    const request = await authorizationRequest(desk)
    const arrived = await follow(client, request.address)
    const tokens = await redeem(desk, arrived, request)
    await assert.rejects(redeem(desk, arrived, request), { error: 'invalid_grant' })
    const facts = await oauth.tokenIntrospection(desk.configuration, tokens.access_token)
    assert.equal(facts.active, false)
  })

  test('of twenty redemptions at once one gets tokens', async () => {
    const client = await world.signIn(await world.addAccount())
    const request = await authorizationRequest(desk)
    const arrived = await follow(client, request.address)
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () => redeem(desk, arrived, request)),
    )
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
  })

  test('`phr` is never answered with less, and a live session is stepped up', async () => {
    const account = await world.addAccount()
    const byMail = await world.signIn(account)
    const wish = { acr_values: 'phr' }
    const asked = await authorizationRequest(desk, wish)
    const page = await follow(byMail, asked.address)
    assert.match(page.pathname, /^\/oauth2\/interaction\//)
    assert.match((await byMail.get(page.pathname)).text, /パスキーの登録が必要です/)
    const left = await follow(byMail, `${page.pathname}/leave`)
    assert.equal(left.searchParams.get('error'), 'unmet_authentication_requirements')
    const silent = await authorizationRequest(desk, { ...wish, prompt: 'none' })
    assert.equal((await follow(byMail, silent.address)).searchParams.get('error'), 'login_required')

    const { client, passkey, authenticator } = await accountWithPasskey(world)
    const fresh = await authorizationRequest(desk, { ...wish, max_age: '0' })
    await new Promise((resolve) => setTimeout(resolve, 1100))
    const stepUp = await follow(client, fresh.address)
    assert.match(stepUp.pathname, /^\/oauth2\/interaction\//)
    assert.match((await client.get(stepUp.pathname)).text, /パスキーによる本人確認/)
    expectStatus(await proveSession(client, authenticator, passkey.id, 'step-up'), 200)
    const arrived = await follow(client, stepUp.pathname)
    const claims = (await redeem(desk, arrived, fresh)).claims()
    assert.equal(claims?.['acr'], 'phr')
    assert.deepEqual(claims?.['amr'], ['pwd', 'pop', 'user', 'mfa'])
    assert.ok('hold' in (claims ?? {}), 'the first passkey is held')
  })

  test('an interaction of another browser gives nothing', async () => {
    const thief = world.client()
    const request = await authorizationRequest(desk)
    const page = await follow(thief, request.address)
    const continueTo = page.searchParams.get('continueTo') ?? ''
    const victim = await world.signIn(await world.addAccount())
    const answer = await victim.get(continueTo)
    assert.equal(answer.status, 400)
    assert.equal(answer.headers.location, undefined)
    const still = await follow(thief, continueTo)
    assert.equal(still.pathname, '/sign-in')
  })

  test('giving up tells the application', async () => {
    const client = world.client()
    const request = await authorizationRequest(desk)
    const page = await follow(client, request.address)
    const continueTo = page.searchParams.get('continueTo') ?? ''
    const left = await follow(client, `${continueTo}/leave`)
    assert.equal(left.searchParams.get('error'), 'access_denied')
  })

  test('refresh tokens are rotated, and the end of the session ends them', async () => {
    const client = await world.signIn(await world.addAccount())
    const request = await authorizationRequest(desk)
    const tokens = await redeem(desk, await follow(client, request.address), request)
    const next = await oauth.refreshTokenGrant(desk.configuration, tokens.refresh_token ?? '')
    assert.notEqual(next.refresh_token, tokens.refresh_token)
    assert.equal(next.claims()?.auth_time, tokens.claims()?.auth_time)
    assert.equal(next.claims()?.['acr'], tokens.claims()?.['acr'])
    assert.deepEqual(next.claims()?.['amr'], tokens.claims()?.['amr'])
    const told = await Promise.all(
      [tokens, next].map(async ({ access_token: token }) => {
        const facts = await oauth.tokenIntrospection(desk.configuration, token)
        return { acr: facts['acr'], amr: facts['amr'], at: facts['auth_time'] }
      }),
    )
    assert.equal(told[0]?.at, tokens.claims()?.auth_time)
    assert.deepEqual(told[1], told[0], 'introspection too')
    expectStatus(await client.delete('/api/session'), 204)
    await assert.rejects(oauth.refreshTokenGrant(desk.configuration, next.refresh_token ?? ''), {
      error: 'invalid_grant',
    })
    const facts = await oauth.tokenIntrospection(desk.configuration, next.access_token)
    assert.equal(facts.active, false)
    const silent = await authorizationRequest(desk, { prompt: 'none' })
    const refused = await follow(client, silent.address)
    assert.equal(refused.searchParams.get('error'), 'login_required')
  })
})
