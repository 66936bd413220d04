// Rule 35: a token is good where it was meant, and introspection says where that is.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import * as oauth from 'openid-client'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { postForm, signedIn, tokensOf } from '../support/world/openid.ts'
import { register, type RelyingParty } from '../support/world/relying-party.ts'
import { expectStatus } from '../support/world/world.ts'

onEachDatabase('What a token is good for', { reachable: true }, (world) => {
  let client: HttpClient
  let desk: RelyingParty
  let api: RelyingParty
  before(async () => {
    client = (await signedIn(world)).client
    desk = await register(world)
    api = await register(world)
  })

  const asked = async (by: RelyingParty, token: string, hint?: string) => {
    const authorization = `Basic ${btoa(`${by.clientId}:${by.secret}`)}`
    const form = { token, ...(hint !== undefined && { token_type_hint: hint }) }
    return expectStatus(await postForm(world, '/oauth2/introspect', form, { authorization }), 200)
  }

  test('a refresh token is active to its own client alone, whatever the hint says', async () => {
    const { refresh_token: token = '' } = await tokensOf(desk, client)
    for (const hint of [undefined, 'refresh_token', 'access_token']) {
      assert.deepEqual(await asked(api, token, hint), { active: false })
    }
    const own = await asked(desk, token)
    assert.equal(own['active'], true)
    assert.equal(own['aud'], world.origin, 'it is for the provider, for no API')
    assert.equal(own['token_type'], undefined)
  })

  test('what is no token is not active, and no error', async () => {
    const { id_token: idToken = '', access_token: access } = await tokensOf(desk, client)
    const bent = `${access.slice(0, -1)}${access.endsWith('_') ? '-' : '_'}`
    const header = btoa('{"alg":"none"}')
    for (const token of [idToken, bent, 'junk', `${header}.e30.`, 'a.b.c', '\u0001', '漢字']) {
      for (const by of [desk, api]) assert.deepEqual(await asked(by, token), { active: false })
    }
    const html = await postForm(
      world,
      '/oauth2/introspect',
      { token: idToken },
      { authorization: `Basic ${btoa(`${api.clientId}:${api.secret}`)}`, accept: 'text/html' },
    )
    assert.deepEqual(html.body, { active: false })
    const stranger = await postForm(world, '/oauth2/introspect', { token: idToken })
    assert.equal(stranger.status, 400, 'who does not prove itself is told nothing')
  })

  test('an access token says for whom it is, and by which key', async () => {
    const plain = await asked(api, (await tokensOf(desk, client)).access_token)
    const { clientId } = desk
    const { active, client_id, aud, token_type, cnf, sid } = plain
    assert.deepEqual(
      { active, client_id, aud, token_type, cnf },
      { active: true, client_id: clientId, aud: clientId, token_type: 'Bearer', cnf: undefined },
    )
    assert.ok(sid)

    const keys = await oauth.randomDPoPKeyPair('ES256')
    const DPoP = oauth.getDPoPHandle(desk.configuration, keys)
    const bound = await asked(api, (await tokensOf(desk, client, {}, { DPoP })).access_token)
    assert.equal(bound['token_type'], 'DPoP')
    assert.deepEqual(bound['cnf'], { jkt: await DPoP.calculateThumbprint() })
  })
})
