// RP-Initiated Logout 1.0, §2: who has pressed an application's button to sign out is asked once more,
// unless the application shows an ID token of this very session.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { signedIn, tokensOf } from '../support/world/openid.ts'
import { register, type RelyingParty } from '../support/world/relying-party.ts'

const back = 'http://localhost:3200/signed-out'
const asking = /ログアウトしますか/

onEachDatabase('Signing out at an application', { reachable: true }, (world) => {
  let desk: RelyingParty
  let other: RelyingParty
  before(async () => {
    desk = await register(world, 'web', { postLogoutRedirectUris: [back] })
    other = await register(world, 'web', { postLogoutRedirectUris: [back] })
  })

  const get = (client: HttpClient, query: Record<string, string>) =>
    client.get(`/oauth2/logout?${new URLSearchParams(query).toString()}`)

  const post = (client: HttpClient, path: string, form: Record<string, string>) =>
    client.raw({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    })

  const hintOf = async (client: HttpClient, party = desk) =>
    (await tokensOf(party, client)).id_token ?? ''

  /** Sends the page's form as its script does. */
  async function sendForm(client: HttpClient, text: string): Promise<string> {
    assert.doesNotMatch(text, asking)
    assert.match(text, /<script type="module" src="\/assets\/hand-over/)
    assert.match(text, /<input type="hidden" form="op\.logoutForm" name="logout" value="yes"/)
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(text)?.[1] ?? ''
    const done = await post(client, '/oauth2/logout/confirm', { xsrf, logout: 'yes' })
    assert.equal(done.status, 200)
    return done.text
  }

  for (const [how, ask] of [
    ['GET', get],
    [
      'POST',
      (client: HttpClient, form: Record<string, string>) => post(client, '/oauth2/logout', form),
    ],
  ] as const) {
    test(`nobody is asked by ${how} with an ID token of this session`, async () => {
      const { client } = await signedIn(world)
      const hint = await hintOf(client)
      const form = { id_token_hint: hint, post_logout_redirect_uri: back, state: 's' }
      const { status, text } = await ask(client, form)
      assert.equal(status, 200)
      if (how === 'POST') assert.ok(!text.includes(hint), 'the page and its links are without it')
      assert.ok((await sendForm(client, text)).includes(`${back}?state=s`))
      assert.equal((await client.get('/api/session')).status, 401)
    })
  }

  test('without it, or with another session’s, the person is asked, and stays signed in', async () => {
    const { client, account } = await signedIn(world)
    await hintOf(client)
    const sameAccount = await hintOf((await signedIn(world, { account })).client)
    const stranger = await hintOf((await signedIn(world)).client)
    const { client: before } = await signedIn(world, { account })
    const ended = await hintOf(before)
    await before.delete('/api/session')
    for (const query of [
      {},
      { client_id: desk.clientId, post_logout_redirect_uri: back },
      { client_id: desk.clientId, logout_hint: account.loginId },
      { id_token_hint: sameAccount, post_logout_redirect_uri: back },
      { id_token_hint: stranger },
      { id_token_hint: ended },
    ]) {
      for (const answer of [
        await get(client, query),
        await post(client, '/oauth2/logout', query),
      ]) {
        assert.equal(answer.status, 200)
        assert.match(answer.text, asking, JSON.stringify(query))
      }
    }
    assert.equal((await client.get('/api/session')).status, 200)
  })

  test('a third party signs nobody out of all applications without the person’s word', async () => {
    const settings = { postLogoutRedirectUris: [back], thirdParty: true }
    const party = await register(world, 'web', settings)
    const { client } = await signedIn(world)
    const query = { id_token_hint: await hintOf(client, party), post_logout_redirect_uri: back }
    for (const { status, text } of [
      await get(client, query),
      await post(client, '/oauth2/logout', query),
    ]) {
      assert.equal(status, 200)
      assert.match(text, asking)
      assert.doesNotMatch(text, /hand-over/)
    }
    assert.equal((await client.get('/api/session')).status, 200)
  })

  test('an ID token that is not the client’s, is bent, or is none signs nobody out', async () => {
    const { client } = await signedIn(world)
    const hint = await hintOf(client)
    const [head, payload = '', signature] = hint.split('.')
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    for (const query of [
      { id_token_hint: hint, client_id: other.clientId },
      { id_token_hint: `${none}.${payload}.` },
      { id_token_hint: `${head}.${payload}.${signature?.split('').reverse().join('')}` },
      { id_token_hint: 'junk' },
    ]) {
      const answer = await get(client, query)
      assert.notEqual(answer.status, 200)
      assert.doesNotMatch(answer.text, /op\.logoutForm/)
    }
    assert.equal((await client.get('/api/session')).status, 200)
  })

  test('a form from another site, which brings no session, is led on by GET', async () => {
    const form = { client_id: desk.clientId }
    const { status, headers } = await post(world.client(), '/oauth2/logout', form)
    assert.equal(status, 303)
    assert.equal(headers.location, `/oauth2/logout?client_id=${desk.clientId}`)
  })
})
