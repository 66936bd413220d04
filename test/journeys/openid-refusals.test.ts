// What the token endpoint and the authorization endpoint refuse, and what a refusal ends.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import * as oauth from 'openid-client'
import { hashToken } from '../../src/kernel/secrets.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import {
  answerOf,
  codeForm,
  isActive,
  postForm,
  signedIn,
  tokensOf,
} from '../support/world/openid.ts'
import {
  authorizationRequest,
  follow,
  redeem,
  register,
  type RelyingParty,
} from '../support/world/relying-party.ts'
import { expectStatus } from '../support/world/world.ts'

const invalidGrant = { error: 'invalid_grant' }

onEachDatabase('Refusals of OpenID Connect', { reachable: true }, (world) => {
  let desk: RelyingParty
  let other: RelyingParty
  let client: HttpClient
  before(async () => {
    desk = await register(world)
    other = await register(world)
    client = (await signedIn(world)).client
  })

  const basic = ({ clientId, secret }: RelyingParty) => ({
    authorization: `Basic ${btoa(`${clientId}:${secret}`)}`,
  })

  /** Moves the moment at which a refresh token was used back, as the library lives on the real clock. */
  const usedAgo = (token: string, milliseconds: number) =>
    world.deps.db
      .updateTable('oidc_records')
      .set({ consumed_at: Date.now() - milliseconds })
      .where('kind', '=', 'RefreshToken')
      .where('id_hash', '=', hashToken(token))
      .execute()

  test('an unknown client or an unregistered address is never led to', async () => {
    for (const bent of [
      { redirect_uri: 'https://evil.example/callback' },
      { redirect_uri: 'http://localhost:3200/callback/' },
      { redirect_uri: 'http://localhost:3200/callback?x=1' },
      { client_id: 'nobody-at-all-known-here' },
    ]) {
      const { address } = await authorizationRequest(desk, bent)
      const answer = await client.raw({
        method: 'GET',
        path: address,
        headers: { accept: 'text/html' },
      })
      assert.equal(answer.status, 400, JSON.stringify(bent))
      assert.equal(answer.headers.location, undefined)
      assert.match(answer.text, /アプリケーションからの要求を受け付けられませんでした/)
    }
  })

  test('plain PKCE, or none, is refused, and the refusal says who answers', async () => {
    const plain = await authorizationRequest(desk, { code_challenge_method: 'plain' })
    const none = plain.address.replace(/&code_challenge[^&]*/g, '')
    assert.doesNotMatch(none, /code_challenge/)
    for (const address of [plain.address, none]) {
      const { code, error } = answerOf(world, await follow(client, address))
      assert.equal(code, null)
      assert.equal(error, 'invalid_request')
    }
  })

  test('nothing but a code is given at the authorization endpoint', async () => {
    for (const response_type of ['token', 'id_token', 'code id_token', 'none']) {
      const { address } = await authorizationRequest(desk, { response_type })
      const arrived = await follow(client, address)
      const given = new URLSearchParams(arrived.hash.slice(1) || arrived.search)
      assert.match(given.get('error') ?? '', /^(unsupported_response_type|invalid_request)$/)
      assert.equal(given.get('access_token') ?? given.get('id_token') ?? given.get('code'), null)
    }
    for (const response_mode of ['form_post', 'fragment']) {
      const { address } = await authorizationRequest(desk, { response_mode })
      const arrived = await follow(client, address)
      assert.equal(arrived.searchParams.get('code'), null)
      assert.doesNotMatch(arrived.hash, /code=/)
    }
  })

  test('passwords, client credentials and other grants are refused', async () => {
    for (const grant_type of [
      'password',
      'client_credentials',
      'implicit',
      'urn:ietf:params:oauth:grant-type:device_code',
      'urn:ietf:params:oauth:grant-type:jwt-bearer',
    ]) {
      const form = { grant_type, username: 'hanako', password: 'secret', scope: 'openid' }
      const answer = await postForm(world, '/oauth2/token', form, basic(desk))
      assert.equal(answer.status, 400)
      assert.equal(answer.body['error'], 'unsupported_grant_type', grant_type)
    }
  })

  test('a client proves itself with its own secret, in the header only', async () => {
    const request = await authorizationRequest(desk)
    const form = codeForm(await follow(client, request.address), request)
    const { clientId: client_id, secret: client_secret } = desk
    const wrong = { authorization: `Basic ${btoa(`${client_id}:wrong`)}` }
    const ownHash = hashToken(String(client_secret))
    const hash = { authorization: `Basic ${btoa(`${client_id}:${ownHash}`)}` }
    const inBody = { ...form, client_id, client_secret: String(client_secret) }
    const without = { ...form, client_id }
    const answers = [
      await postForm(world, '/oauth2/token', form, wrong),
      await postForm(world, '/oauth2/token', form, hash),
      await postForm(world, '/oauth2/token', form, { authorization: 'Basic !!!' }),
      await postForm(world, '/oauth2/token', inBody),
      await postForm(world, '/oauth2/token', without),
      await postForm(world, '/oauth2/token', {
        ...without,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: 'eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJ4In0.AAAA',
      }),
    ]
    for (const answer of answers) {
      assert.ok([400, 401].includes(answer.status), answer.text)
      assert.match(String(answer.body['error']), /^invalid_(client|request)$/)
    }
    const right = await postForm(world, '/oauth2/token', form, basic(desk))
    assert.ok(expectStatus(right, 200)['access_token'], 'none of these used the code up')
  })

  test("another client's code is refused", async () => {
    const request = await authorizationRequest(desk)
    const form = codeForm(await follow(client, request.address), request)
    const stolen = await postForm(world, '/oauth2/token', form, basic(other))
    assert.equal(stolen.body['error'], 'invalid_grant')
  })

  test('a code without its verifier, or for another address, is refused', async () => {
    for (const bent of [
      { code_verifier: 'x'.repeat(43) },
      { redirect_uri: 'http://localhost:3200/other' },
    ]) {
      const request = await authorizationRequest(desk)
      const form = { ...codeForm(await follow(client, request.address), request), ...bent }
      const answer = await postForm(world, '/oauth2/token', form, basic(desk))
      assert.equal(answer.body['error'], 'invalid_grant', JSON.stringify(bent))
    }
  })

  test("another client's tokens are neither refreshed nor given back", async () => {
    const { access_token: access, refresh_token: refresh = '' } = await tokensOf(desk, client)
    await assert.rejects(oauth.refreshTokenGrant(other.configuration, refresh), invalidGrant)
    await oauth.tokenRevocation(other.configuration, refresh).catch(() => null)
    await oauth.tokenRevocation(other.configuration, access).catch(() => null)
    assert.ok(await isActive(desk, access))
    await oauth.tokenRevocation(desk.configuration, refresh)
    assert.equal(await isActive(desk, access), false, 'its own refresh token ends the grant')
  })

  test('what a token is worth is told to who proves itself, and to its own client', async () => {
    const { access_token: access } = await tokensOf(desk, client)
    const native = await register(world, 'native')
    assert.ok(await isActive(other, access), 'an API asks as a client of its own')
    assert.equal(await isActive(native, access), false)
    const keys = await oauth.randomDPoPKeyPair('ES256')
    const DPoP = oauth.getDPoPHandle(native.configuration, keys)
    const own = await tokensOf(native, client, {}, { DPoP })
    assert.ok(await isActive(native, own.access_token))
  })

  test('a replayed code ends what it gave, whichever node sees it', async () => {
    const request = await authorizationRequest(desk)
    const arrived = await follow(client, request.address)
    const tokens = await redeem(desk, arrived, request)
    await assert.rejects(redeem(desk, arrived, request), invalidGrant)
    assert.equal(await isActive(desk, tokens.access_token), false)
    const refresh = oauth.refreshTokenGrant(desk.configuration, tokens.refresh_token ?? '')
    await assert.rejects(refresh, invalidGrant)
    assert.ok(await isActive(desk, (await tokensOf(desk, client)).access_token))
  })

  test('an expired code is refused', async () => {
    const request = await authorizationRequest(desk)
    const arrived = await follow(client, request.address)
    const { expires_at: until } = await world.deps.db
      .selectFrom('oidc_records')
      .select('expires_at')
      .where('id_hash', '=', hashToken(arrived.searchParams.get('code') ?? ''))
      .executeTakeFirstOrThrow()
    const left = until - Date.now()
    assert.ok(left > 30_000 && left <= 60_000, `${left} ms`)
    await world.deps.db
      .updateTable('oidc_records')
      .set({ expires_at: Date.now() - 1 })
      .where('kind', '=', 'AuthorizationCode')
      .execute()
    await assert.rejects(redeem(desk, arrived, request), invalidGrant)
  })

  test('the refresh token before the last is taken for 30 seconds, then it ends the grant', async () => {
    const first = await tokensOf(desk, client)
    const old = first.refresh_token ?? ''
    await oauth.refreshTokenGrant(desk.configuration, old)
    // Some seconds are left, as a busy machine may take one.
    await usedAgo(old, 25_000)
    const again = await oauth.refreshTokenGrant(desk.configuration, old)
    assert.ok(await isActive(desk, again.access_token), 'a lost answer is asked for again')
    const theft = oauth.refreshTokenGrant(other.configuration, old)
    await assert.rejects(theft, invalidGrant)
    assert.ok(await isActive(desk, again.access_token))
    await usedAgo(old, 31_000)
    await assert.rejects(oauth.refreshTokenGrant(desk.configuration, old), invalidGrant)
    const rest = oauth.refreshTokenGrant(desk.configuration, again.refresh_token ?? '')
    await assert.rejects(rest, invalidGrant)
    assert.equal(await isActive(desk, again.access_token), false)
    assert.equal(await isActive(desk, first.access_token), false)
  })

  test('a grant that ends while a token is made takes the token with it', async () => {
    const tokens = await tokensOf(desk, client)
    await world.deps.db.deleteFrom('oidc_records').where('kind', '=', 'Grant').execute()
    assert.equal(await isActive(desk, tokens.access_token), false)
    const userInfo = await world.client().raw({
      method: 'GET',
      path: '/oauth2/userinfo',
      headers: { authorization: `Bearer ${tokens.access_token}` },
    })
    assert.equal(userInfo.status, 401)
  })
})
