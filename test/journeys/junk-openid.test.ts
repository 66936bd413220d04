// What the provider's addresses do with texts that no application sends: a refusal in the words of their
// specifications, never a failure of ours, and above all none of the database's.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { onEachDatabase } from '../support/world/frames.ts'
import type { Answer, HttpClient, RawRequest } from '../support/world/http-client.ts'
import { signedIn } from '../support/world/openid.ts'
import {
  authorizationRequest,
  register,
  type RelyingParty,
} from '../support/world/relying-party.ts'

/** As they stand in an address or a form: PostgreSQL takes no NUL, and no half of a surrogate pair. */
const junk = ['%00', 'a%00b', '%ED%A0%80', '%ED%BF%BF%ED%A0%80', '%FF%FE', '%E0%A4%A', '%', '%01']

const forms: Readonly<Record<string, readonly string[]>> = {
  '/oauth2/par': ['client_id', 'redirect_uri', 'state', 'nonce', 'scope', 'request', 'request_uri'],
  '/oauth2/token': [
    'client_id',
    'grant_type',
    'code',
    'refresh_token',
    'code_verifier',
    'resource',
  ],
  '/oauth2/revoke': ['client_id', 'token', 'token_type_hint', 'client_assertion'],
  '/oauth2/introspect': ['client_id', 'token', 'token_type_hint', 'client_assertion_type'],
  '/oauth2/logout/confirm': ['xsrf', 'logout'],
}

onEachDatabase('junk for OpenID Connect', { concurrency: 1, reachable: true }, (world) => {
  let desk: RelyingParty
  let client: HttpClient
  before(async () => {
    desk = await register(world)
    client = (await signedIn(world)).client
  })

  const basic = (id = desk.clientId, secret = desk.secret) => `Basic ${btoa(`${id}:${secret}`)}`
  const server = { origin: undefined, 'sec-fetch-site': undefined }
  const typed = { 'content-type': 'application/x-www-form-urlencoded' }

  /** None of them fails, nor is told to the application as a failure. */
  async function neverFail(requests: readonly RawRequest[], from = client): Promise<void> {
    const logged = world.log.length
    const answers = new Map<unknown, number>()
    for (const request of requests) {
      const answer = await from.raw(request)
      const what = `${request.method} ${request.path} ${String(request.body ?? '')}`
      assert.ok(isNoFailure(answer), `${what}: ${answer.status} ${answer.text.slice(0, 200)}`)
      answers.set(answer.headers['x-request-id'], answer.status)
    }
    const lines = world.log.slice(logged)
    const failures = lines.filter((line) => line.startsWith('{"level":50'))
    assert.deepEqual(failures, [])
    const said = lines.map((line) => JSON.parse(line) as { requestId?: string; status?: number })
    const seen = said.flatMap(({ requestId, status }) => (status ? [[requestId, status]] : []))
    assert.deepEqual(seen, [...answers], 'the log says what was answered')
  }

  test('in any parameter of an authorization request', async () => {
    const { address } = await authorizationRequest(desk, { id_token_hint: 'a', max_age: '1' })
    const [path = '', query = ''] = address.split('?')
    const names = [...new URLSearchParams(query).keys(), 'request', 'request_uri', 'claims', '%00']
    const requests = names.flatMap((name) =>
      junk.map((text) => {
        const rest = query.split('&').filter((pair) => !pair.startsWith(`${name}=`))
        return { method: 'GET', path: `${path}?${[...rest, `${name}=${text}`].join('&')}` }
      }),
    )
    await neverFail(requests)
  })

  test('in any parameter that a server sends', async () => {
    const requests = Object.entries(forms).flatMap(([path, names]) =>
      names.flatMap((name) =>
        junk.flatMap((text) =>
          [{}, { authorization: basic() }].map((proof) => {
            const headers = { ...server, ...typed, ...proof }
            return { method: 'POST', path, headers, body: `${name}=${text}` }
          }),
        ),
      ),
    )
    await neverFail(requests, world.client())
  })

  test('as the name, the secret or the token of a caller', async () => {
    const proofs = [...junk, 'a\u0000b', '\u0000'].flatMap((text) => [
      basic(text),
      basic(desk.clientId, text),
      ...(text.includes('\u0000') ? [] : [`Bearer ${text}`, `DPoP ${text}`]),
    ])
    const requests = ['/oauth2/token', '/oauth2/introspect', '/oauth2/par'].flatMap((path) =>
      proofs.map((authorization) => {
        const headers = { ...server, ...typed, authorization }
        return { method: 'POST', path, headers, body: 'grant_type=authorization_code&token=a' }
      }),
    )
    await neverFail(requests, world.client())
    const userinfo = proofs.map((authorization) => {
      return { method: 'GET', path: '/oauth2/userinfo', headers: { authorization } }
    })
    await neverFail(userinfo, world.client())
  })

  test('in cookies, and in the address of an interaction', async () => {
    const names = ['interaction', 'resume', 'oidc', 'session']
    const places = ['', '/leave'].flatMap((leave) =>
      junk.map((text) => `/oauth2/interaction/${text}${leave}`),
    )
    await neverFail(places.map((path) => ({ method: 'GET', path })))
    const uid = 'A'.repeat(22)
    const requests = names.flatMap((name) =>
      junk.flatMap((text) =>
        [`/oauth2/interaction/${uid}`, `/oauth2/authorize/${uid}`].map((path) => {
          return { method: 'GET', path, headers: { cookie: `sekisho_${name}=${text}` } }
        }),
      ),
    )
    await neverFail(requests, world.client())
  })

  test('in the address that a sign-in is to lead to', async () => {
    for (const text of junk) {
      const place = `/oauth2/interaction/${text}`
      for (const query of [`continueTo=${text}`, `continueTo=${place}`, `lang=${text}`]) {
        const answer = await world.client().get(`/sign-in?${query}`)
        assert.equal(answer.status, 200, query)
      }
    }
  })
})

/** No failure of ours, here or told to the application. */
function isNoFailure({ status, headers: { location = '' }, text }: Answer): boolean {
  return status < 500 && !location.includes('server_error') && !text.includes('server_error')
}
