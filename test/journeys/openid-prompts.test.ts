// Rule 34: every request of an application ends, whatever it asks for and whoever sits before it.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { hashToken } from '../../src/kernel/secrets.ts'
import { seededRandom } from '../fuzz/random.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import {
  answerOf,
  postForm,
  press,
  pressed,
  questionAt,
  signedIn,
  tokensOf,
} from '../support/world/openid.ts'
import {
  authorizationRequest,
  callback,
  follow,
  redeem,
  register,
  type RelyingParty,
} from '../support/world/relying-party.ts'
import { expectStatus, type TestAccount } from '../support/world/world.ts'

/** What an application may put into its request, the usual and the strange. */
const wishes = {
  prompt: [
    ...['', 'login', 'consent', 'select_account', 'none', 'login consent'],
    ...['consent select_account', 'login select_account consent', 'none login', 'create', 'x y'],
  ],
  max_age: ['', '0', '1', '30', '100000', '-1', 'x'],
  acr_values: ['', 'phr', 'urn:sekisho:acr:email-code', 'phr gold', 'gold'],
  id_token_hint: ['', 'own', 'other', 'junk'],
  login_hint: ['', 'jiro'],
  response_mode: ['', 'query', 'form_post', 'fragment', 'jwt', 'web_message'],
  response_type: ['code', 'code', 'code', 'token', 'id_token', 'code id_token', 'none', 'junk', ''],
  scope: ['openid profile', 'openid', 'openid offline_access', 'profile', 'openid nothing'],
} as const

type Wish = Record<keyof typeof wishes, string>
const people = ['nobody', 'email', 'passkey', 'old email', 'old passkey'] as const
const kinds = ['web', 'native', 'third party', 'native third party', 'pushed'] as const

onEachDatabase(
  'Every request of an application ends',
  { timeout: 240_000, reachable: true },
  (world) => {
    let desk: RelyingParty
    let hanako: TestAccount
    let jiro: TestAccount
    before(async () => {
      desk = await register(world)
      ;[hanako, jiro] = [await world.addAccount(), await world.addAccount()]
    })

    /** As after a sign-in, or a proof in the session, of so long ago. */
    async function proven(client: HttpClient, acr: 'passkey' | 'email', milliseconds: number) {
      const at = Date.now() - milliseconds
      const strength = acr === 'passkey' ? 'phr' : 'urn:sekisho:acr:email-code'
      await world.deps.db
        .updateTable('sessions')
        .set({ acr: strength, proven_at: at, ...(milliseconds > 0 && { signed_in_at: at }) })
        .where('token_hash', '=', hashToken(client.cookies.get('sekisho_session') ?? ''))
        .execute()
    }

    async function signIn(client: HttpClient, account: TestAccount): Promise<void> {
      const signed = await signedIn(world, { account })
      client.setCookie('sekisho_session', signed.client.cookies.get('sekisho_session'))
    }

    /** What `form_post` carries, as the address that a query would have made of it. */
    function readForm(text: string): URL | null {
      if (!text.includes(`action="${callback}"`)) return null
      const fields = [...text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)]
      const query = new URLSearchParams(fields.map(([, name = '', value = '']) => [name, value]))
      return new URL(`${callback}?${query.toString()}`)
    }

    /** Follows redirects as `follow` does, and keeps the page at their end: none asks for it twice. */
    async function open(client: HttpClient, address: string) {
      let at = new URL(address, world.origin)
      for (let hop = 0; hop < 10 && !at.href.startsWith(callback); hop += 1) {
        const { status, headers, text } = await client.get(at.pathname + at.search)
        if (headers.location === undefined) return { at: readForm(text) ?? at, status, text }
        at = new URL(headers.location, at)
      }
      assert.ok(at.href.startsWith(callback), `redirects without end at ${at.href}`)
      return { at, status: 303, text: '' }
    }

    /** Somebody who does at each page what it asks for, until the application is answered. */
    async function goThrough(client: HttpClient, address: string, account: TestAccount) {
      let { at, status, text } = await open(client, address)
      let pages = 0
      while (!at.href.startsWith(callback)) {
        const heading = /<h1>([^<]+)<\/h1>/.exec(text)?.[1]
        assert.ok(heading, `an empty page at ${at.href}: ${status} ${text}`)
        if (status === 400) break
        pages += 1
        assert.ok(pages <= 6, `it never ends, at ${at.href}: ${heading}`)
        let next = at.pathname
        if (at.pathname === '/sign-in') {
          await signIn(client, account)
          next = at.searchParams.get('continueTo') ?? ''
        } else if (text.includes('id="question-form"')) {
          next = await pressed(client, at)
        } else if (/パスキー/.test(heading)) {
          await proven(client, 'passkey', 0)
        } else {
          assert.equal(heading, 'もう一度ログインしてください')
          expectStatus(await client.delete('/api/session'), 204)
        }
        ;({ at, status, text } = await open(client, next))
      }
      return { at, pages, text }
    }

    const parametersOf = (wish: Wish, hints: Record<string, string>): Record<string, string> => {
      const { id_token_hint: hint, ...others } = wish
      const given = { ...others, ...(hint !== '' && { id_token_hint: hints[hint] ?? 'a.b.c' }) }
      return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
    }

    async function addressOf(kind: (typeof kinds)[number], party: RelyingParty, wish: object) {
      const request = await authorizationRequest(party, wish as Record<string, string>)
      const address = new URL(request.address, world.origin)
      if (!('response_type' in wish)) address.searchParams.delete('response_type')
      if (kind !== 'pushed') return address.pathname + address.search
      const authorization = `Basic ${btoa(`${party.clientId}:${party.secret}`)}`
      const form = Object.fromEntries(address.searchParams)
      const pushed = await postForm(world, '/oauth2/par', form, { authorization })
      const { request_uri } = pushed.body
      if (typeof request_uri !== 'string') return null
      const query = new URLSearchParams({ client_id: party.clientId, request_uri })
      return `/oauth2/authorize?${query.toString()}`
    }

    test('no combination of what an application can ask circles or ends on an empty page', async () => {
      const random = seededRandom(20_260_311)
      const parties = {
        web: desk,
        pushed: desk,
        native: await register(world, 'native'),
        'third party': await register(world, 'web', { thirdParty: true }),
        'native third party': await register(world, 'native', { thirdParty: true }),
      }
      const hintOf = async (account: TestAccount) =>
        (await tokensOf(desk, (await signedIn(world, { account })).client)).id_token ?? ''
      const hints = { own: await hintOf(hanako), other: await hintOf(jiro), junk: 'junk' }
      const ends: Record<string, number> = {}
      for (let round = 0; round < 200; round += 1) {
        const wish = Object.fromEntries(
          Object.entries(wishes).map(([name, values]) => {
            // Else hardly any request would have no fault in it.
            const usual = random.percent(78)
            return [name, usual ? values[0] : random.pick<string>(values)]
          }),
        ) as Wish
        const [kind, person] = [random.pick(kinds), random.pick(people)]
        const client = world.client()
        if (person !== 'nobody') await signIn(client, hanako)
        const factor = person.endsWith('passkey') ? 'passkey' : 'email'
        if (person !== 'nobody') await proven(client, factor, person.startsWith('old') ? 90_000 : 0)
        const parameters = parametersOf(wish, hints)
        const address = await addressOf(kind, parties[kind], parameters)
        const which = JSON.stringify({ kind, person, ...wish })
        if (address === null) continue
        const { at, pages, text } = await goThrough(client, address, hanako).catch(
          (error: unknown) => {
            throw new Error(which, { cause: error })
          },
        )
        const { searchParams, hash } = at
        const answer = new URLSearchParams(hash === '' ? searchParams : hash.slice(1))
        const end = answer.get('error') ?? (answer.has('code') ? 'code' : 'page')
        for (const seen of [end, `${end} ${kind}`]) ends[seen] = (ends[seen] ?? 0) + 1
        if (end === 'page') assert.match(text, /アプリケーションに戻り/, which)
        assert.ok(!wish.prompt.includes('none') || pages === 0, `a page was shown: ${which}`)
        const wrongType = wish.response_type !== 'code' && wish.response_type !== ''
        if (wrongType) assert.notEqual(end, 'code', which)
        if (end === 'code') assert.equal(answer.get('iss'), world.origin, which)
      }
      const kindsAnswered = kinds.map((kind) => `code ${kind}`)
      for (const end of [...kindsAnswered, 'login_required', 'unsupported_response_type']) {
        assert.ok((ends[end] ?? 0) > 0, `${end} is never seen: ${JSON.stringify(ends)}`)
      }
      assert.ok((ends['code'] ?? 0) > 40, JSON.stringify(ends))
    })

    test('what asks for anything but a code is refused for that, not for how it would travel', async () => {
      const { client } = await signedIn(world)
      for (const response_type of ['token', 'id_token', 'code id_token', 'none']) {
        const { address } = await authorizationRequest(desk, { response_type })
        const at = await follow(client, address)
        const answer = new URLSearchParams(at.hash === '' ? at.searchParams : at.hash.slice(1))
        assert.equal(answer.get('error'), 'unsupported_response_type', response_type)
      }
    })

    test('`prompt=consent` is given, and `offline_access` with it, also when it was pushed', async () => {
      const wish = { prompt: 'consent', scope: 'openid profile offline_access' }
      for (const kind of ['web', 'pushed'] as const) {
        const { client } = await signedIn(world)
        const request = await authorizationRequest(desk, wish)
        const query = new URL(request.address, world.origin).searchParams
        const address = await addressOf(kind, desk, Object.fromEntries(query))
        const at = await follow(client, address ?? '')
        const tokens = await redeem(desk, at, request)
        assert.equal(tokens.scope, 'openid profile offline_access')
        assert.ok(tokens.refresh_token)
      }
      const nobody = world.client()
      const request = await authorizationRequest(desk, wish)
      const { at } = await goThrough(nobody, request.address, hanako)
      assert.ok((await redeem(desk, at, request)).access_token)
    })

    test('`prompt=login` and `select_account` let another person of the computer sign in', async () => {
      const { client: his } = await signedIn(world, { account: jiro })
      const { id_token: hint = '' } = await tokensOf(desk, his)
      for (const prompt of ['login', 'select_account', 'select_account login']) {
        for (const wish of [{ prompt }, { prompt, id_token_hint: hint }]) {
          const { client } = await signedIn(world, { account: hanako })
          await proven(client, 'email', 60_000)
          const request = await authorizationRequest(desk, wish)
          const arrived = await switchPerson(client, request.address)
          const tokens = await redeem(desk, arrived, request)
          assert.equal(tokens.claims()?.['preferred_username'], jiro.loginId, prompt)
        }
      }
    })

    test('who is asked for an account may stay the one that is signed in', async () => {
      const { client } = await signedIn(world, { account: hanako })
      await proven(client, 'email', 60_000)
      const request = await authorizationRequest(desk, { prompt: 'select_account' })
      const page = await follow(client, request.address)
      assert.equal((await questionAt(client, page))?.question, 'account')
      const tokens = await redeem(desk, await press(client, page), request)
      assert.equal(tokens.claims()?.['preferred_username'], hanako.loginId)
    })

    test('a hint of somebody else ends in login_required, after the sign-in where one is asked for', async () => {
      const { client: his } = await signedIn(world, { account: jiro })
      const { id_token: hint = '' } = await tokensOf(desk, his)
      const { client } = await signedIn(world, { account: hanako })
      await proven(client, 'email', 60_000)
      const request = await authorizationRequest(desk, { prompt: 'login', id_token_hint: hint })
      const { at, pages } = await goThrough(client, request.address, hanako)
      assert.equal(answerOf(world, at).error, 'login_required')
      assert.ok(pages > 0)
    })

    /** Presses "as somebody else" where the request waits, and signs jiro in. */
    async function switchPerson(client: HttpClient, address: string): Promise<URL> {
      const page = await follow(client, address)
      assert.match((await client.get(page.pathname)).text, /id="sign-in-again"/)
      expectStatus(await client.delete('/api/session'), 204)
      const signInPage = await follow(client, page.pathname)
      await signIn(client, jiro)
      return follow(client, signInPage.searchParams.get('continueTo') ?? '')
    }
  },
)
