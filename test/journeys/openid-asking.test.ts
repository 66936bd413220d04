// How an application asks for a sign-in, and what becomes of the question on its way.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { sql } from 'kysely'
import * as oauth from 'openid-client'
import { hashToken } from '../../src/kernel/secrets.ts'
import { holderOfPasskey } from '../support/world/ceremonies.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { proveSession } from '../support/world/journeys.ts'
import { answerOf, signedIn, tokensOf } from '../support/world/openid.ts'
import {
  authorizationRequest,
  follow,
  redeem,
  register,
  type RelyingParty,
} from '../support/world/relying-party.ts'
import { expectStatus } from '../support/world/world.ts'

const interaction = /^\/oauth2\/interaction\/[\w-]+$/

onEachDatabase('Asking for a sign-in', { reachable: true }, (world) => {
  let desk: RelyingParty
  before(async () => {
    desk = await register(world)
  })

  /** A step back in time for a session's proof. */
  const provenAgo = (accountId: string, milliseconds: number) =>
    world.deps.db
      .updateTable('sessions')
      .set({ proven_at: Date.now() - milliseconds })
      .where('account_id', '=', accountId)
      .execute()

  test('an `acr` that nobody can meet is answered so at once, signed in or not', async () => {
    const { client } = await signedIn(world, { factor: 'passkey' })
    for (const browser of [client, world.client()]) {
      const { address } = await authorizationRequest(desk, { acr_values: 'phrh gold' })
      const { error } = answerOf(world, await follow(browser, address))
      assert.equal(error, 'unmet_authentication_requirements')
    }
    const either = await authorizationRequest(desk, { acr_values: 'phrh phr' })
    assert.ok(answerOf(world, await follow(client, either.address)).code)
  })

  test('`prompt=none` never shows a page', async () => {
    const { client } = await signedIn(world)
    for (const [browser, wish] of [
      [world.client(), {}],
      [client, { acr_values: 'phr' }],
    ] as const) {
      const { address } = await authorizationRequest(desk, { prompt: 'none', ...wish })
      assert.equal(answerOf(world, await follow(browser, address)).error, 'login_required')
    }
  })

  test('`prompt=login` wants a proof made after it, and `max_age` one that is young', async () => {
    const { client, accountId } = await signedIn(world)
    await provenAgo(accountId, 60_000)
    const again = await authorizationRequest(desk, { prompt: 'login' })
    const page = await follow(client, again.address)
    assert.match(page.pathname, interaction)
    assert.match((await client.get(page.pathname)).text, /もう一度ログインしてください/)
    await provenAgo(accountId, 0)
    const { code } = answerOf(world, await follow(client, page.pathname))
    assert.ok(code, 'a new proof ends it')

    await provenAgo(accountId, 60_000)
    const young = await authorizationRequest(desk, { max_age: '30' })
    assert.match((await follow(client, young.address)).pathname, interaction)
    const older = await authorizationRequest(desk, { max_age: '90' })
    const claims = (await redeem(desk, await follow(client, older.address), older)).claims()
    assert.ok(Date.now() / 1000 - Number(claims?.auth_time) >= 60)
    for (const max_age of ['-1', 'x', '1.5']) {
      const { address } = await authorizationRequest(desk, { max_age })
      assert.equal(answerOf(world, await follow(client, address)).error, 'invalid_request')
    }
  })

  test('who proves themselves under a request has time for it, however young it wants the proof', async () => {
    const { client, accountId } = await signedIn(world)
    for (const max_age of ['0', '1', '2']) {
      await provenAgo(accountId, 60_000)
      const request = await authorizationRequest(desk, { max_age })
      const page = await follow(client, request.address)
      assert.match(page.pathname, interaction, 'an old proof does not do')
      // As if the request had waited for long, and the proof were made under it three seconds ago.
      await world.deps.db
        .updateTable('oidc_records')
        .set({ payload: sql`replace(payload, '"iat":', '"iat":1,"was":')` })
        .where('kind', '=', 'Interaction')
        .execute()
      await provenAgo(accountId, 3000)
      assert.ok(answerOf(world, await follow(client, page.pathname)).code, `max_age=${max_age}`)
    }
  })

  test('who must sign in again does so under the same request', async () => {
    const { client, account, accountId } = await signedIn(world)
    await provenAgo(accountId, 60_000)
    const request = await authorizationRequest(desk, { prompt: 'login' })
    const page = await follow(client, request.address)
    expectStatus(await client.delete('/api/session'), 204)
    const signIn = await follow(client, page.pathname)
    assert.equal(signIn.pathname, '/sign-in')
    assert.equal(signIn.searchParams.get('continueTo'), page.pathname)
    await world.signIn(account, client)
    const arrived = await follow(client, page.pathname)
    assert.ok((await redeem(desk, arrived, request)).access_token)
  })

  test('the sign-in is filled in and speaks as the application wishes', async () => {
    const client = world.client()
    const wish = { login_hint: 'hanako"><b>', ui_locales: 'fr en-GB ja' }
    const { address } = await authorizationRequest(desk, wish)
    const page = await follow(client, address)
    const { text } = await client.get(page.pathname + page.search)
    assert.match(text, /<html lang="en"/)
    assert.match(text, /value="hanako&quot;&gt;&lt;b&gt;"/)
    const live = (await signedIn(world)).client
    const strong = await authorizationRequest(desk, { acr_values: 'phr', ui_locales: 'en' })
    const stepUp = await follow(live, strong.address)
    assert.match((await live.get(stepUp.pathname)).text, /A passkey is needed/)
  })

  test('`id_token_hint` of another account ends in login_required, not in a circle', async () => {
    const hanako = await signedIn(world)
    const { id_token: hint = '' } = await tokensOf(desk, hanako.client)
    const own = await authorizationRequest(desk, { id_token_hint: hint })
    assert.ok(answerOf(world, await follow(hanako.client, own.address)).code)
    const taro = await signedIn(world)
    for (const prompt of [{}, { prompt: 'none' }] as const) {
      const { address } = await authorizationRequest(desk, { id_token_hint: hint, ...prompt })
      const { error } = answerOf(world, await follow(taro.client, address))
      assert.equal(error, 'login_required')
    }
    const nobody = world.client()
    const request = await authorizationRequest(desk, { id_token_hint: hint })
    const page = await follow(nobody, request.address)
    const continueTo = page.searchParams.get('continueTo') ?? ''
    nobody.setCookie('sekisho_session', hanako.client.cookies.get('sekisho_session'))
    assert.ok(answerOf(world, await follow(nobody, continueTo)).code)
  })

  test('a step-up that another account ends is answered login_required', async () => {
    const { client } = await signedIn(world)
    const taro = await signedIn(world, { factor: 'passkey' })
    const { address } = await authorizationRequest(desk, { acr_values: 'phr' })
    const page = await follow(client, address)
    client.setCookie('sekisho_session', taro.client.cookies.get('sekisho_session'))
    const { code, error } = answerOf(world, await follow(client, page.pathname))
    assert.equal(code, null)
    assert.equal(error, 'login_required')
  })

  test('giving up is heard also when the session has ended or is another’s meanwhile', async () => {
    const taro = await signedIn(world)
    for (const cookie of [undefined, taro.client.cookies.get('sekisho_session')]) {
      const { client } = await signedIn(world)
      const { address } = await authorizationRequest(desk, { acr_values: 'phr' })
      const page = await follow(client, address)
      client.setCookie('sekisho_session', cookie)
      const { error } = answerOf(world, await follow(client, `${page.pathname}/leave`))
      assert.match(error ?? '', /^(access_denied|unmet_authentication_requirements)$/)
    }
  })

  test('a step-up with a passkey goes on, and not with a proof of before', async () => {
    const { client, passkey, authenticator } = await holderOfPasskey(world)
    const request = await authorizationRequest(desk, { acr_values: 'phr', max_age: '300' })
    const page = await follow(client, request.address)
    assert.match(page.pathname, interaction)
    assert.equal((await follow(client, page.pathname)).pathname, page.pathname, 'a reload waits')
    expectStatus(await proveSession(client, authenticator, passkey.id, 'step-up'), 200)
    const tokens = await redeem(desk, await follow(client, page.pathname), request)
    const claims = tokens.claims()
    assert.equal(claims?.['acr'], 'phr')
    const facts = () => oauth.tokenIntrospection(desk.configuration, tokens.access_token)
    assert.deepEqual((await facts())['hold'], claims['hold'], 'rule 11: also at introspection')
    await world.deps.db.updateTable('accounts').set({ hold_until: null }).execute()
    assert.equal((await facts())['hold'], undefined, 'as it is now')
    await world.deps.db
      .updateTable('sessions')
      .set({ proven_at: Date.now() - 301_000 })
      .where('account_id', '=', claims?.sub ?? '')
      .execute()
    const late = await authorizationRequest(desk, { acr_values: 'phr', max_age: '300' })
    assert.match((await follow(client, late.address)).pathname, interaction)
  })

  test('two tabs and two applications end well, and a way back says what to do', async () => {
    const account = await world.addAccount()
    const client = world.client()
    const tool = await register(world)
    const first = await authorizationRequest(desk)
    const second = await authorizationRequest(tool)
    const firstPage = await follow(client, first.address)
    const secondPage = await follow(client, second.address)
    await world.signIn(account, client)
    const firstPath = firstPage.searchParams.get('continueTo') ?? ''
    const firstDone = await follow(client, firstPath)
    assert.ok((await redeem(desk, firstDone, first)).access_token)
    const reloaded = await follow(client, secondPage.pathname + secondPage.search)
    assert.ok((await redeem(tool, reloaded, second)).access_token, 'the other tab is reloaded')
    const back = await client.get(firstPath)
    assert.equal(back.status, 400)
    assert.match(back.text, /もう一度ログインしてください/)
    assert.equal((await follow(client, firstPage.pathname + firstPage.search)).pathname, firstPath)
  })

  test('two applications that come at once are both remembered', async () => {
    const { client } = await signedIn(world)
    const desks = [desk, await register(world), await register(world)]
    const all = await Promise.all(desks.map((one) => tokensOf(one, client)))
    const { id } = await world.deps.db
      .selectFrom('sessions')
      .select('id')
      .where('token_hash', '=', hashToken(client.cookies.get('sekisho_session') ?? ''))
      .executeTakeFirstOrThrow()
    const noted = await world.deps.db
      .selectFrom('oidc_records')
      .select('payload')
      .where('kind', '=', 'SignedInClient')
      .where('session_id', '=', id)
      .execute()
    assert.equal(noted.length, all.length)
  })

  test('an interaction that has expired, or that never was, says what to do', async () => {
    const client = world.client()
    const page = await follow(client, (await authorizationRequest(desk)).address)
    const continueTo = page.searchParams.get('continueTo') ?? ''
    await world.deps.db
      .updateTable('oidc_records')
      .set({ expires_at: Date.now() - 1 })
      .where('kind', '=', 'Interaction')
      .execute()
    for (const path of [continueTo, `${continueTo}/leave`, '/oauth2/interaction/nothing-here']) {
      const answer = await client.get(path)
      assert.equal(answer.status, 400, path)
      assert.match(answer.text, /もう一度ログインしてください/)
    }
    const form = await client.get(page.pathname + page.search)
    assert.equal(form.status, 200)
    assert.doesNotMatch(form.text, /NEOTRADER/)
  })

  test("another browser's session finishes nothing, whatever cookie it lacks", async () => {
    const thief = world.client()
    const page = await follow(thief, (await authorizationRequest(desk)).address)
    const continueTo = page.searchParams.get('continueTo') ?? ''
    const { client: victim } = await signedIn(world)
    for (const path of [continueTo, `${continueTo}/leave`]) {
      const answer = await victim.get(path)
      assert.equal(answer.status, 400)
      assert.equal(answer.headers.location, undefined)
    }
    const own = await follow(
      victim,
      (await authorizationRequest(desk, { acr_values: 'phr' })).address,
    )
    assert.match(own.pathname, interaction)
    assert.equal((await victim.get(continueTo)).status, 400, 'nor with the cookie of its own')
    assert.equal((await follow(thief, continueTo)).pathname, '/sign-in')
  })
})
