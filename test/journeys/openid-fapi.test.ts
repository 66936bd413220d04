// FAPI 2.0: clients that prove themselves by a key, push their requests and bind their tokens.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import * as oauth from 'openid-client'
import { addClient } from '../../src/operations/openid/clients.ts'
import { openAdapter } from '../../src/surfaces/oidc/adapter.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { answerOf, inOneRequest, isActive, postForm, signedIn } from '../support/world/openid.ts'
import {
  authorizationRequest,
  callback,
  follow,
  operator,
  register,
  newDPoP,
  type RelyingParty,
} from '../support/world/relying-party.ts'
import type { World } from '../support/world/world.ts'

const invalidGrant = { error: 'invalid_grant' }

function discover(world: World, clientId: string, authentication: oauth.ClientAuth) {
  const execute = [oauth.allowInsecureRequests]
  return oauth.discovery(new URL(world.origin), clientId, undefined, authentication, { execute })
}

/** What `clients add` is given for a FAPI client. */
function fapiClient(...keys: readonly Readonly<Record<string, unknown>>[]) {
  return {
    kind: 'fapi',
    name: 'OMS',
    settings: {
      redirectUris: [callback],
      postLogoutRedirectUris: [],
      backchannelLogoutUri: null,
      jwks: { keys },
    },
  } as const
}

const publicExponent = new Uint8Array([1, 0, 1])
const rsaOf = (modulusLength: number) => ({ modulusLength, publicExponent, hash: 'SHA-256' })

type Authentication = (key: CryptoKey) => oauth.ClientAuth

const byKey: Authentication = (key) => oauth.PrivateKeyJwt({ key, kid: 'k' })

/** A FAPI client with a key of its own, as an engineer would register and configure it. */
async function registerFapi(
  world: World,
  keys?: CryptoKeyPair,
  authentication = byKey,
): Promise<RelyingParty> {
  const pair = keys ?? (await oauth.randomDPoPKeyPair('ES256', { extractable: true }))
  const { kty, crv, x, y, n, e } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const own = Object.entries({ kty, crv, x, y, n, e }).filter(([, value]) => value !== undefined)
  const client = fapiClient({ ...Object.fromEntries(own), kid: 'k' })
  const added = await addClient(world.deps, client, operator)
  if ('fault' in added) throw new Error(added.fault)
  const { clientId } = added
  const configuration = await discover(world, clientId, authentication(pair.privateKey))
  return { clientId, secret: null, configuration }
}

onEachDatabase('FAPI clients', { reachable: true }, (world) => {
  let client: HttpClient
  let api: RelyingParty
  before(async () => {
    client = (await signedIn(world)).client
    api = await register(world)
  })

  const push = (
    { configuration }: RelyingParty,
    challenge = 'x'.repeat(43),
    options?: oauth.DPoPOptions,
  ) => {
    const code = { code_challenge: challenge, code_challenge_method: 'S256' }
    const request = { redirect_uri: callback, scope: 'openid', ...code }
    return oauth.buildAuthorizationUrlWithPAR(configuration, request, options)
  }

  test('a FAPI client pushes its request, proves itself by its key, and keeps its refresh token', async () => {
    const fapi = await registerFapi(world)
    const DPoP = await newDPoP(fapi)
    const direct = await authorizationRequest(fapi)
    assert.equal(answerOf(world, await follow(client, direct.address)).error, 'invalid_request')

    const verifier = oauth.randomPKCECodeVerifier()
    const url = await oauth.buildAuthorizationUrlWithPAR(
      fapi.configuration,
      {
        redirect_uri: callback,
        scope: 'openid',
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      },
      { DPoP },
    )
    const arrived = await follow(client, url.pathname + url.search)
    assert.ok(answerOf(world, arrived).code)
    const replay = await client.raw({
      method: 'GET',
      path: url.pathname + url.search,
      headers: { accept: 'text/html' },
    })
    const gone = replay.headers.location ?? replay.text
    assert.match(gone, /invalid_request_uri/, 'a pushed request is used once')
    const checks = { pkceCodeVerifier: verifier }
    const tokens = await oauth.authorizationCodeGrant(
      fapi.configuration,
      arrived,
      checks,
      undefined,
      { DPoP },
    )
    const token = tokens.refresh_token ?? ''
    for (let use = 0; use < 2; use += 1) {
      const options = { DPoP }
      const next = await oauth.refreshTokenGrant(fapi.configuration, token, undefined, options)
      assert.equal(next.refresh_token ?? token, token)
      assert.ok(await isActive(api, next.access_token))
    }
    const other = await registerFapi(world)
    const stolen = oauth.refreshTokenGrant(other.configuration, token, undefined, { DPoP })
    await assert.rejects(stolen, invalidGrant)
  })

  test('a FAPI client that proves itself to another audience, or by another key, is refused', async () => {
    const keys = await oauth.randomDPoPKeyPair('ES256', { extractable: true })
    const other = await oauth.randomDPoPKeyPair('ES256')
    const fapi = await registerFapi(world, keys)
    const par = async (key: CryptoKey, audience?: string | string[]) => {
      const authentication = oauth.PrivateKeyJwt(key, {
        [oauth.modifyAssertion]: (_header, payload) => {
          if (audience !== undefined) payload['aud'] = audience
        },
      })
      const configuration = await discover(world, fapi.clientId, authentication)
      return push({ ...fapi, configuration })
    }
    assert.ok(await par(keys.privateKey))
    assert.ok(await par(keys.privateKey, world.origin))
    for (const audience of [
      'https://elsewhere.example',
      `${world.origin}/oauth2/token`,
      [world.origin, 'https://elsewhere.example'],
    ]) {
      await assert.rejects(par(keys.privateKey, audience), { error: 'invalid_client' })
    }
    await assert.rejects(par(other.privateKey), { error: 'invalid_client' })
  })

  test('an assertion or a proof from more than a minute ahead is refused', async () => {
    const keys = await oauth.randomDPoPKeyPair('ES256', { extractable: true })
    const ahead = (claim: string, seconds: number) => ({
      [oauth.modifyAssertion]: (_header: unknown, payload: Record<string, unknown>) => {
        payload[claim] = Math.floor(Date.now() / 1000) + seconds
      },
    })
    const asking = (claim: string, seconds: number) =>
      registerFapi(world, keys, (key) =>
        oauth.PrivateKeyJwt({ key, kid: 'k' }, ahead(claim, seconds)),
      )
    assert.ok(await asking('iat', 30).then((one) => push(one)))
    // An end may have a fraction, and be as late as a number can be (RFC 7519, section 2).
    for (const end of [60.1234567, 1e16]) {
      assert.ok(await asking('exp', end).then((one) => push(one)))
    }
    await assert.rejects(
      asking('iat', 90).then((one) => push(one)),
      { error: 'invalid_client' },
    )
    await assert.rejects(
      asking('nbf', 90).then((one) => push(one)),
      { error: 'invalid_client' },
    )
    const fapi = await registerFapi(world)
    const proving = (claim: string, seconds: number) => {
      const DPoP = oauth.getDPoPHandle(fapi.configuration, keys, ahead(claim, seconds))
      return push(fapi, undefined, { DPoP })
    }
    assert.ok(await proving('iat', 30))
    await assert.rejects(proving('iat', 90), { error: 'invalid_dpop_proof' })
  })

  test('its tokens are bound to a key: without one there are none', async () => {
    const fapi = await registerFapi(world)
    const pkceCodeVerifier = oauth.randomPKCECodeVerifier()
    const url = await push(fapi, await oauth.calculatePKCECodeChallenge(pkceCodeVerifier))
    const arrived = await follow(client, url.pathname + url.search)
    assert.ok(answerOf(world, arrived).code)
    const bare = oauth.authorizationCodeGrant(fapi.configuration, arrived, { pkceCodeVerifier })
    await assert.rejects(bare, { error: 'invalid_grant' })
  })

  test('an assertion and a DPoP proof are taken once, by however many nodes', async () => {
    const fapi = await registerFapi(world)
    const sent: oauth.CustomFetchOptions[] = []
    fapi.configuration[oauth.customFetch] = (url, options) => {
      sent.push(options)
      return fetch(url, options as RequestInit)
    }
    assert.ok(await push(fapi))
    const form = Object.fromEntries(new URLSearchParams(String(sent.at(-1)?.body)))
    const replayed = await postForm(world, '/oauth2/par', form)
    assert.equal(replayed.body['error'], 'invalid_client')

    const DPoP = await newDPoP(fapi)
    const pkceCodeVerifier = oauth.randomPKCECodeVerifier()
    const url = await push(fapi, await oauth.calculatePKCECodeChallenge(pkceCodeVerifier))
    const arrived = await follow(client, url.pathname + url.search)
    const checks = { pkceCodeVerifier }
    const { configuration } = fapi
    const tokens = await oauth.authorizationCodeGrant(configuration, arrived, checks, undefined, {
      DPoP,
    })
    const sub = tokens.claims()?.sub ?? ''
    await oauth.fetchUserInfo(configuration, tokens.access_token, sub, { DPoP })
    const headers = Object.fromEntries(new Headers(sent.at(-1)?.headers))
    const again = await world.client().raw({ method: 'GET', path: '/oauth2/userinfo', headers })
    assert.equal(again.status, 401)

    const proofs = openAdapter(world.deps, 'ReplayDetection')
    const taken = await Promise.allSettled(
      [1, 2, 3].map(() =>
        inOneRequest(world, () => proofs.upsert('one-proof', { iss: 'somebody' }, 60)),
      ),
    )
    assert.equal(taken.filter(({ status }) => status === 'fulfilled').length, 1)
  })

  test('private_key_jwt takes ES256, PS256 and Ed25519, and no other algorithm', async () => {
    const usages = ['sign', 'verify'] as const
    const pair = async (name: string, more = {}) =>
      (await crypto.subtle.generateKey({ name, ...more }, true, usages)) as CryptoKeyPair
    const edwards = await pair('Ed25519')
    const olderName: Authentication = (key) =>
      oauth.PrivateKeyJwt(key, {
        [oauth.modifyAssertion]: (header) => {
          header['alg'] = 'EdDSA'
        },
      })
    for (const fapi of [
      await registerFapi(world, await pair('ECDSA', { namedCurve: 'P-256' })),
      await registerFapi(world, await pair('RSA-PSS', rsaOf(2048))),
      await registerFapi(world, edwards),
      await registerFapi(world, edwards, olderName),
    ]) {
      assert.ok(await push(fapi))
    }
    const older = await registerFapi(world, await pair('RSASSA-PKCS1-v1_5', rsaOf(2048)))
    await assert.rejects(push(older), { error: 'invalid_client' })
    const { clientId } = older
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const now = Math.floor(Date.now() / 1000)
    const claims = { iss: clientId, sub: clientId, aud: world.origin, jti: 'j', exp: now + 60 }
    for (const alg of ['none', 'HS256', 'RS256']) {
      const answer = await postForm(world, '/oauth2/par', {
        client_id: clientId,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: `${part({ alg })}.${part(claims)}.${alg === 'none' ? '' : 'AAAA'}`,
      })
      assert.equal(answer.body['error'], 'invalid_client', alg)
    }
  })

  test('a key that could not prove anything is refused when the client is added', async () => {
    const jwkOf = async (name: string, more = {}, kind: keyof CryptoKeyPair = 'publicKey') => {
      const made = await crypto.subtle.generateKey({ name, ...more }, true, ['sign', 'verify'])
      return { ...(await crypto.subtle.exportKey('jwk', (made as CryptoKeyPair)[kind])) }
    }
    const good = await jwkOf('ECDSA', { namedCurve: 'P-256' })
    for (const [what, keys] of Object.entries({
      'none at all': [],
      'a private key': [await jwkOf('ECDSA', { namedCurve: 'P-256' }, 'privateKey')],
      'a shared secret': [{ kty: 'oct', k: 'c2VjcmV0' }],
      'another curve': [await jwkOf('ECDSA', { namedCurve: 'P-384' })],
      'a short key': [await jwkOf('RSA-PSS', rsaOf(1024))],
      'a key for RS256': [{ ...(await jwkOf('Ed25519')), alg: 'RS256' }],
      'a key for encryption': [{ ...good, use: 'enc' }],
      junk: [{ kty: 'EC', crv: 'P-256', x: 'a', y: 'b' }],
      'one of two': [good, {}],
    })) {
      const added = await addClient(world.deps, fapiClient(...keys), operator)
      assert.ok('fault' in added, what)
    }
    assert.ok('clientId' in (await addClient(world.deps, fapiClient(good), operator)))
  })
})
