// The kinds of clients, what each must do, and what the provider says of itself.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import * as oauth from 'openid-client'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import {
  arrive,
  codeForm,
  isActive,
  postForm,
  signedIn,
  tokensOf,
} from '../support/world/openid.ts'
import {
  authorizationRequest,
  callback,
  redeem,
  register,
  newDPoP,
  type RelyingParty,
} from '../support/world/relying-party.ts'

const invalidGrant = { error: 'invalid_grant' }

onEachDatabase('Kinds of clients', { reachable: true }, (world) => {
  let client: HttpClient
  let api: RelyingParty
  before(async () => {
    client = (await signedIn(world)).client
    api = await register(world)
  })

  const provenAt = (endpoint: string) => ({
    [`${endpoint}_endpoint_auth_methods_supported`]: [
      'client_secret_basic',
      'client_secret_post',
      'private_key_jwt',
      'none',
    ],
    [`${endpoint}_endpoint_auth_signing_alg_values_supported`]: [
      'ES256',
      'PS256',
      'Ed25519',
      'EdDSA',
    ],
  })

  test('discovery offers what is built, and nothing else', async () => {
    const { body } = await client.get<Record<string, unknown>>('/.well-known/openid-configuration')
    const { body: same } = await client.get('/.well-known/oauth-authorization-server')
    assert.deepEqual(same, body)
    const endpoints = {
      authorization: '/authorize',
      token: '/token',
      userinfo: '/userinfo',
      revocation: '/revoke',
      introspection: '/introspect',
      end_session: '/logout',
      pushed_authorization_request: '/par',
    }
    for (const [name, path] of Object.entries(endpoints)) {
      assert.equal(body[`${name}_endpoint`], `${world.origin}/oauth2${path}`)
    }
    const expected = {
      issuer: world.origin,
      jwks_uri: `${world.origin}/oauth2/jwks`,
      acr_values_supported: ['urn:sekisho:acr:email-code', 'phr'],
      code_challenge_methods_supported: ['S256'],
      response_types_supported: ['code'],
      response_modes_supported: ['query', 'form_post'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      ...provenAt('token'),
      ...provenAt('introspection'),
      ...provenAt('revocation'),
      id_token_signing_alg_values_supported: ['ES256', 'RS256'],
      ui_locales_supported: ['ja', 'en'],
      service_documentation: `${world.origin}/integrate.md`,
      authorization_response_iss_parameter_supported: true,
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
      request_uri_parameter_supported: false,
      claims_parameter_supported: false,
    }
    for (const [name, value] of Object.entries(expected)) {
      assert.deepEqual(body[name], value, name)
    }
    const prompts = body['prompt_values_supported'] as string[]
    assert.deepEqual([prompts.includes('none'), prompts.includes('login')], [true, true])
    const guide = await client.get('/integrate.md')
    assert.match(guide.text, /^# Signing your users in with Sekisho/)
    assert.match(guide.headers['content-type'] ?? '', /^text\/markdown/)
    assert.ok((body['dpop_signing_alg_values_supported'] as string[]).includes('ES256'))
    for (const absent of ['registration_endpoint', 'device_authorization_endpoint']) {
      assert.equal(body[absent], undefined)
    }
    assert.doesNotMatch(JSON.stringify(body), /implicit|password|client_secret_jwt|HS256|"none\./)
  })

  test('a native application is sent to whichever loopback port it listens on', async () => {
    const native = await register(world, 'native')
    const redirect_uri = callback.replace('3200', '51234')
    const request = await authorizationRequest(native, { redirect_uri })
    await arrive(client, (await authorizationRequest(native)).address)
    const answer = await client.get(request.address)
    assert.ok(answer.headers.location?.startsWith(`${redirect_uri}?code=`))
    const web = await authorizationRequest(api, { redirect_uri })
    assert.equal((await client.get(web.address)).status, 400, 'a web client is not')
  })

  test('a native application binds its tokens to its key, and to nothing else', async () => {
    const native = await register(world, 'native')
    const [own, wrong] = [await newDPoP(native), await newDPoP(native)]
    const bare = await authorizationRequest(native)
    const form = {
      ...codeForm(await arrive(client, bare.address), bare),
      client_id: native.clientId,
    }
    const refused = await postForm(world, '/oauth2/token', form)
    assert.equal(refused.status, 400, 'without a key there is no token')

    const request = await authorizationRequest(native)
    const tokens = await redeem(native, await arrive(client, request.address), request, {
      DPoP: own,
    })
    assert.equal(tokens.token_type, 'dpop')
    const facts = await oauth.tokenIntrospection(api.configuration, tokens.access_token)
    assert.ok((facts.cnf as { jkt?: string }).jkt, 'what it calls can check the key')
    const sub = tokens.claims()?.sub ?? ''
    const call = (DPoP: oauth.DPoPHandle) =>
      oauth.fetchUserInfo(native.configuration, tokens.access_token, sub, { DPoP })
    assert.equal((await call(own)).sub, sub)
    await assert.rejects(call(wrong))
    const bearer = await world.client().raw({
      method: 'GET',
      path: '/oauth2/userinfo',
      headers: { authorization: `Bearer ${tokens.access_token}` },
    })
    assert.equal(bearer.status, 401)

    const refresh = (DPoP: oauth.DPoPHandle, token: string | undefined) =>
      oauth.refreshTokenGrant(native.configuration, token ?? '', undefined, { DPoP })
    await assert.rejects(refresh(wrong, tokens.refresh_token), invalidGrant)
    const next = await refresh(own, tokens.refresh_token)
    assert.notEqual(next.refresh_token, tokens.refresh_token)
    assert.ok(await isActive(api, next.access_token), 'a wrong key ends nobody else’s grant')
    await assert.rejects(
      refresh(wrong, tokens.refresh_token),
      invalidGrant,
      'nor in the 30 seconds',
    )
    assert.equal(await isActive(api, next.access_token), false, 'two have a used one: it ends')
  })

  test('a program on a PC whose clock is ahead proves its key by a nonce', async () => {
    const native = await register(world, 'native')
    const keys = await oauth.randomDPoPKeyPair('ES256')
    const asked: string[] = []
    native.configuration[oauth.customFetch] = async (url, options) => {
      const answer = await fetch(url, options as RequestInit)
      if (answer.status >= 400) asked.push(await answer.clone().text())
      return answer
    }
    for (const [ahead, nonces] of [
      [30, 0],
      [90, 1],
      [600, 1],
    ] as const) {
      asked.length = 0
      const DPoP = oauth.getDPoPHandle(native.configuration, keys, {
        [oauth.modifyAssertion]: (_header, payload) => {
          payload['iat'] = Math.floor(Date.now() / 1000) + ahead
        },
      })
      const tokens = await tokensOf(native, client, {}, { DPoP })
      assert.equal(tokens.token_type, 'dpop')
      const nonceAsked = asked.filter((text) => text.includes('use_dpop_nonce'))
      assert.equal(nonceAsked.length, nonces, `${ahead} s ahead`)
    }
  })

  test('a code that is bound to a key is redeemed with that key', async () => {
    const native = await register(world, 'native')
    const [own, wrong] = [await newDPoP(native), await newDPoP(native)]
    const dpop_jkt = await own.calculateThumbprint()
    const request = await authorizationRequest(native, { dpop_jkt })
    const arrived = await arrive(client, request.address)
    await assert.rejects(redeem(native, arrived, request, { DPoP: wrong }), invalidGrant)
    const second = await authorizationRequest(native, { dpop_jkt })
    const there = await arrive(client, second.address)
    assert.ok((await redeem(native, there, second, { DPoP: own })).access_token)
  })
})
