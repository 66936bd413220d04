// The way back to the application that a person came from, and its name in both languages.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { findClient } from '../../src/domain/clients/store.ts'
import type { Language } from '../../src/kernel/http/language.ts'
import { changeClient } from '../../src/operations/openid/clients.ts'
import { texts } from '../../src/text/texts.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { signedIn } from '../support/world/openid.ts'
import {
  authorizationRequest,
  follow,
  operator,
  register,
  type RelyingParty,
} from '../support/world/relying-party.ts'
import type { World } from '../support/world/world.ts'

const home = 'https://desk.example/start'
const names = { ja: 'トレーディングデスク', en: 'Trading Desk' } as const
const pages = ['/portal', '/portal/passkeys/new', '/portal/second-factor'] as const

onEachDatabase('The way back to an application', { reachable: true }, (world) => {
  let desk: RelyingParty
  let homeless: RelyingParty
  let party: RelyingParty
  before(async () => {
    desk = await register(world, 'web', { homeUri: home, nameEn: names.en })
    homeless = await register(world)
    party = await register(world, 'web', { homeUri: 'https://party.example/', thirdParty: true })
    const client = await findClient(world.deps.db, desk.clientId)
    assert.ok(client)
    await changeClient(world.deps, client, { name: names.ja }, operator)
  })

  const withQuery = (path: string, query: Record<string, string>) =>
    `${path}?${new URLSearchParams(query).toString()}`

  /** Where the page's links lead that are the way back to some application. */
  async function backOf(client: HttpClient, address: string): Promise<string | undefined> {
    const { status, text } = await client.get(address)
    assert.equal(status, 200, address)
    return /<p class="back">\s*<a href="([^"]*)"\s*>[^<]*(?:Desk|デスク|TRADER)/.exec(text)?.[1]
  }

  async function waiting(client: HttpClient, asked: RelyingParty = desk): Promise<string> {
    const { address } = await authorizationRequest(asked, { acr_values: 'phr' })
    return (await follow(client, address)).pathname
  }

  test('the portal leads back to the home of the application that it is entered from', async () => {
    const { client } = await signedIn(world)
    for (const path of pages) {
      assert.equal(await backOf(client, withQuery(path, { application: desk.clientId })), home)
      assert.equal(await backOf(client, path), undefined)
    }
  })

  test('a request that waits is gone back to, and the home when it waits no more', async () => {
    const { client } = await signedIn(world)
    const continueTo = await waiting(client)
    const query = { application: desk.clientId, continueTo }
    for (const path of pages) {
      assert.equal(await backOf(client, withQuery(path, query)), continueTo)
      assert.equal(await backOf(client, withQuery(path, { continueTo })), continueTo)
    }
    const { text } = await client.get(continueTo)
    const link = withQuery('/portal/passkeys/new', query).replaceAll('&', '&amp;')
    assert.ok(text.includes(`href="${link}"`), 'the page of the request links so')
    await follow(client, `${continueTo}/leave`)
    assert.equal(await backOf(client, withQuery('/portal', query)), home)
    assert.equal(await backOf(client, withQuery('/portal', { continueTo })), undefined)
  })

  test('another browser learns nothing of a request, and is led to the home (rule 33)', async () => {
    const { client } = await signedIn(world)
    const continueTo = await waiting(client)
    const { client: other } = await signedIn(world)
    const query = { application: desk.clientId, continueTo }
    assert.equal(await backOf(other, withQuery('/portal', query)), home)
    assert.equal(await backOf(other, withQuery('/portal', { continueTo })), undefined)
    // One of its own does not open another's.
    await waiting(other, homeless)
    assert.equal(await backOf(other, withQuery('/portal', { continueTo })), undefined)
  })

  test('nothing that a query names leads anywhere but to what is registered', async () => {
    const { client } = await signedIn(world)
    const evil = 'https://evil.example/'
    for (const application of [
      ...['', ' ', 'x', 'undefined', homeless.clientId, `${desk.clientId} `, home, evil],
      ...['//evil.example', 'javascript:alert(1)', `${desk.clientId}\u0000`, '%00', '"><b>'],
      ...["' or 1=1 --", 'a'.repeat(5000), '../../portal', '＠', '\u202e'],
    ]) {
      for (const path of pages) {
        assert.equal(await backOf(client, withQuery(path, { application })), undefined, application)
      }
    }
    for (const continueTo of [
      ...[evil, '//evil.example/oauth2/interaction/abcdefgh', 'javascript:alert(1)', home],
      ...['/oauth2/interaction/', '/oauth2/interaction/abcdefgh', '/oauth2/interaction/../logout'],
      ...['/portal', '/portal/../api/session', 'data:,x', '\\\\evil.example', '/\t/evil.example'],
    ]) {
      const query = withQuery('/portal', { continueTo })
      assert.equal(await backOf(client, query), undefined, continueTo)
      const both = withQuery('/portal', { application: desk.clientId, continueTo })
      assert.equal(await backOf(client, both), home, continueTo)
      assert.doesNotMatch(
        (await client.get(both)).text,
        /href="(?!\/[^/\\])[^"]*(?:evil|javascript:)/,
      )
    }
  })

  test('a sign-in on the way is stored sealed, gives up to the application, and leads on', async () => {
    const account = await world.addAccount()
    const client = world.client()
    const address = withQuery('/portal/passkeys/new', { application: desk.clientId })
    const redirected = await client.get(address)
    assert.equal(redirected.status, 303)
    const signIn = String(redirected.headers.location)
    assert.equal(signIn, `/sign-in?continueTo=${encodeURIComponent(address)}`)
    assert.match(
      (await client.get(signIn)).text,
      /id="leave" href="https:\/\/desk\.example\/start"/,
    )
    const { loginId, password } = account
    await client.post('/api/sign-in', { loginId, password, continueTo: address })
    const kept = await world.deps.db.selectFrom('sign_ins').select('continue_to').execute()
    assert.ok(kept.every((row) => !row.continue_to.includes(desk.clientId)))
    const { text } = await client.get('/sign-in/email-code')
    assert.match(text, /data-leave-to="https:\/\/desk\.example\/start"/)
    assert.ok(text.includes(`data-begin-again="${signIn}"`), 'what has ended begins as it began')
    const code = await world.nextCode(account)
    const done = await client.post<{ continueTo: string }>('/api/sign-in/email-code', { code })
    assert.equal(done.body.continueTo, address)
    assert.equal(await backOf(client, done.body.continueTo), home)
  })

  test("the portal lists the broker's own applications that have a home", async () => {
    const { client } = await signedIn(world)
    const { text } = await client.get('/portal')
    assert.match(text, new RegExp(`href="${home}"[^>]*>${names.ja}<`))
    assert.doesNotMatch(text, /party\.example/)
    assert.ok(party.clientId)
  })

  for (const language of ['ja', 'en'] as const) {
    test(`an application is named in the language of the page, ${language}`, async () => {
      const [own, foreign] = [names[language], names[language === 'ja' ? 'en' : 'ja']]
      for (const text of await pagesThatName(world, desk, language)) {
        assert.ok(text.includes(own), text)
        assert.ok(!text.includes(foreign), text)
      }
    })
  }
})

/** The sign-in, a step-up without passkey, a question, the portal, and what is allowed. */
async function pagesThatName(
  world: World,
  desk: RelyingParty,
  language: Language,
): Promise<string[]> {
  const wish = { ui_locales: language }
  const address = async (more: Record<string, string>) =>
    (await authorizationRequest(desk, { ...wish, ...more })).address
  const { client, accountId } = await signedIn(world)
  await world.deps.db
    .updateTable('sessions')
    .set({ signed_in_at: Date.now() - 60_000 })
    .where('account_id', '=', accountId)
    .execute()
  const now = Date.now()
  const consent = { account_id: accountId, client_id: desk.clientId, given_at: now }
  await world.deps.db
    .insertInto('consents')
    .values({ ...consent, last_used_at: null })
    .execute()
  const visitor = world.client()
  const shown = []
  for (const [browser, asked] of [
    [visitor, {}],
    [client, { acr_values: 'phr' }],
    [client, { prompt: 'select_account' }],
  ] as const) {
    const page = await follow(browser, await address(asked))
    shown.push((await browser.get(page.pathname + page.search)).text)
  }
  const portal = await client.get(`/portal?lang=${language}&application=${desk.clientId}`)
  assert.ok(portal.text.includes(texts[language].takingBack.applications.title))
  const api = await client.get('/api/applications')
  return [...shown, portal.text, api.text]
}
