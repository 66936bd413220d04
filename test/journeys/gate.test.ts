// Rules 2 and 29: what a request passes before its address is looked at, and that a GET changes nothing.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { actions } from '../../src/surfaces/customer/app.ts'
import { changedTables, outboxEmpty, snapshot, type Snapshot } from '../support/checks/tables.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { Answer, HttpClient, RawRequest } from '../support/world/http-client.ts'
import { accountWithPasskey, givePassword } from '../support/world/journeys.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

const pages = ['/', '/sign-in', '/sign-in/email-code', '/sign-in/passkey', '/portal']
const portalPages = [
  ...['/portal/passkeys/new', '/portal/second-factor', '/portal/stop', '/portal/password'],
  ...['/portal/email', '/portal/notices', '/portal/notices/address', '/portal/pending/x'],
]
const recoveryPages = ['/forgotten', '/activate']
const helpPages = ['/help', '/help/devices', '/help/lost', '/help/card']
const paths = [
  ...new Set([
    ...actions.map(([, path]) => path),
    ...pages,
    ...portalPages,
    ...recoveryPages,
    ...helpPages,
  ]),
]
const writes = actions.filter(([method]) => method !== 'GET')

const json = { 'content-type': 'application/json' }
const foreign: readonly (readonly [string, RawRequest['headers']])[] = [
  ['no Origin', { origin: undefined }],
  ['an Origin of another site', { origin: 'https://evil.example' }],
  ['an Origin that is null', { origin: 'null' }],
  ['an Origin on https', { origin: 'https://localhost:3000' }],
  ['an Origin with another port', { origin: 'http://localhost:3001' }],
  ['an Origin without its port', { origin: 'http://localhost' }],
  ['an Origin below ours', { origin: 'http://www.localhost:3000' }],
  ['an Origin that begins like ours', { origin: 'http://localhost:3000.evil.example' }],
  ['an Origin with a path', { origin: 'http://localhost:3000/' }],
  ['an Origin in capitals', { origin: 'HTTP://LOCALHOST:3000' }],
  ['two Origins', { origin: 'http://localhost:3000, http://localhost:3000' }],
  ['a fetch from another site', { 'sec-fetch-site': 'cross-site' }],
  ['a fetch from the same site', { 'sec-fetch-site': 'same-site' }],
  ['a fetch from nowhere', { 'sec-fetch-site': 'none' }],
  ['a fetch from who knows', { 'sec-fetch-site': '' }],
]

onEachDatabase('the gate', (world) => {
  let signedIn: HttpClient
  let byMail: HttpClient
  let byPasskey: HttpClient

  before(async () => {
    const { account, client } = await accountWithPasskey(world)
    signedIn = client
    byPasskey = world.client()
    expectStatus(await givePassword(byPasskey, account), 200)
    byMail = world.client()
    expectStatus(await givePassword(byMail, await world.addAccount()), 200)
  })

  async function readEverything(): Promise<Set<number>> {
    const statuses = new Set<number>()
    for (const client of [signedIn, byMail, byPasskey, world.client()]) {
      for (const path of paths) {
        for (const method of ['GET', 'HEAD']) {
          const query = '?lang=ja&continueTo=/portal&purpose=switch&method=email&code=1'
          const answer = await client.raw({ method, path: path.replace(':id', 'x') + query })
          statuses.add(answer.status)
        }
      }
    }
    return statuses
  }

  test('a GET changes nothing, whoever asks for whatever address', async (t) => {
    const tables = await changedTables(world, t, async () => {
      const statuses = await readEverything()
      assert.deepEqual([...statuses].sort(), [200, 303, 401, 404, 405, 409])
    })
    assert.deepEqual(tables, [])
  })

  test('of a session that is looked at only the idle clock moves', async (t) => {
    world.advance(61_000)
    await outboxEmpty(world, t)
    const before = await snapshot(world)
    await readEverything()
    const withoutClock = ({ sessions, ...rest }: Snapshot) => ({
      ...rest,
      sessions: sessions?.map((session) => ({ ...session, last_seen_at: null })),
    })
    const after = await snapshot(world)
    assert.deepEqual(withoutClock(after), withoutClock(before))
    const seen = after['sessions']?.map((session) => session['last_seen_at'])
    assert.ok(seen?.includes(world.now))
  })

  for (const [name, headers] of foreign) {
    test(`a write with ${name} is refused and changes nothing`, async (t) => {
      const tables = await changedTables(world, t, async () => {
        for (const [method, path] of writes) {
          for (const client of [signedIn, byMail]) {
            const body = { ...json, 'content-length': '2' }
            const request = { method, path: path.replace(':id', 'x'), body: '{}' }
            const answer = await client.raw({ ...request, headers: { ...body, ...headers } })
            assert.equal(expectProblem(answer, 403), 'cross_site', `${method} ${path}`)
            assert.equal(answer.headers['set-cookie'], undefined)
          }
        }
      })
      assert.deepEqual(tables, [])
    })
  }

  test('a write from an old browser, which sends no Sec-Fetch-Site, is answered', async () => {
    const body = JSON.stringify({ loginId: 'nobody', password: 'wrong password' })
    const headers = { ...json, 'sec-fetch-site': undefined }
    const request = { method: 'POST', path: '/api/sign-in', body }
    const answer = await world.client().raw({ ...request, headers })
    assert.equal(expectProblem(answer, 401), 'sign_in_refused')
  })

  test('other methods are writes too', async () => {
    for (const method of ['PATCH', 'OPTIONS', 'PROPFIND']) {
      const request = { method, path: '/api/session' }
      const answer = await signedIn.raw({ ...request, headers: { origin: undefined } })
      assert.equal(expectProblem(answer, 403), 'cross_site')
      assert.equal(expectProblem(await signedIn.raw(request), 405), 'method_not_allowed')
    }
  })

  test('a body that is not said to be JSON is refused', async (t) => {
    const body = JSON.stringify({ loginId: 'nobody', password: 'wrong password' })
    const send = (headers: RawRequest['headers']) =>
      world.client().raw({ method: 'POST', path: '/api/sign-in', body, headers: headers ?? {} })
    const tables = await changedTables(world, t, async () => {
      for (const type of [
        ...['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/json'],
        ...['application/jsonx', 'application/json+x', 'application/problem+json', 'json', ''],
        ...['text/plain; application/json', 'text/plain, application/json', undefined],
      ]) {
        const answer = await send({ 'content-type': type })
        assert.equal(expectProblem(answer, 415), 'unsupported_media_type', String(type))
      }
      const chunked = { 'transfer-encoding': 'chunked', 'content-type': 'text/plain' }
      assert.equal(expectProblem(await send(chunked), 415), 'unsupported_media_type')
    })
    assert.deepEqual(tables, [])
    for (const type of ['application/json; charset=utf-8', 'Application/JSON ;x=y']) {
      assert.equal(expectProblem(await send({ 'content-type': type }), 401), 'sign_in_refused')
    }
  })

  test('a request for another host is refused, whatever is asked', async (t) => {
    const tables = await changedTables(world, t, async () => {
      for (const host of [
        ...['evil.example', 'localhost', 'localhost:3001', 'www.localhost:3000', '127.0.0.1:3000'],
        ...['localhost:3000.evil.example', '[::1]:3000', ''],
      ]) {
        for (const [method, path] of [
          ...[['GET', '/sign-in'] as const, ['GET', '/api/session'] as const],
          ...[['DELETE', '/api/session'] as const, ['GET', '/nothing'] as const],
        ]) {
          const forwarded = {
            'x-forwarded-host': 'localhost:3000',
            forwarded: 'host=localhost:3000',
          }
          const request = { method, path, headers: { host, ...forwarded } }
          const answer = await signedIn.raw(request)
          assert.ok([421, 400].includes(answer.status), `${host} ${answer.status}`)
          if (host !== 'localhost:3000.evil.example') assert.equal(answer.status, 421, host)
        }
      }
    })
    assert.deepEqual(tables, [])
    const lies = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }
    expectStatus(await signedIn.raw({ method: 'GET', path: '/api/session', headers: lies }), 200)
  })

  test('a method that an address does not take is refused with those that it takes', async () => {
    for (const path of paths) {
      const own = actions.filter((action) => action[1] === path).map(([method]) => method)
      const allowed: readonly string[] = own.length > 0 ? own : ['GET']
      for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']) {
        if (allowed.includes(method)) continue
        const answer = await signedIn.raw({ method, path: path.replace(':id', 'x') })
        assert.equal(answer.status, 405, `${method} ${path}`)
        assert.equal(answer.headers.allow, allowed.join(', '))
      }
    }
  })

  test('a body is not read beyond 128 KiB', async (t) => {
    const body = JSON.stringify({ loginId: 'nobody', password: 'x'.repeat(129 * 1024) })
    const tables = await changedTables(world, t, async () => {
      for (const headers of [json, { ...json, 'transfer-encoding': 'chunked' }]) {
        const request = { method: 'POST', path: '/api/sign-in', headers, body }
        assert.equal(expectProblem(await world.client().raw(request), 413), 'too_large')
      }
    })
    assert.deepEqual(tables, [])
  })

  test('junk is the right refusal and changes nothing', async (t) => {
    const bodies = [
      ...['', '{', 'null', '[]', '"x"', '1', '{"loginId":1}', '{"__proto__":{"loginId":"x"}}'],
      ...['{"loginId":"x","password":{}}', '['.repeat(50_000), '{"code":["1"]}', '\ufeff{}'],
    ]
    const tables = await changedTables(world, t, async () => {
      for (const [method, path, { body: schema }] of writes) {
        if (schema === null) continue
        for (const body of bodies.filter((one) => !isRight(schema, one))) {
          const client = path.startsWith('/api/sign-in/passkey') ? byPasskey : signedIn
          const from = path === '/api/sign-in/email-code' ? byMail : client
          const answer = await from.raw({ method, path, headers: json, body })
          assert.equal(expectProblem(answer, 400), 'invalid_request', `${path} ${body}`)
          assert.ok(errorsOf(answer).length > 0)
        }
      }
    })
    assert.deepEqual(tables, [])
  })

  test('a NUL is refused wherever it stands', async () => {
    const answers = [
      await world.client().post('/api/sign-in', { loginId: 'a\u0000b', password: 'x' }),
      await signedIn.post('/api/session/passkey/options', {
        passkeyId: '\u0000',
        purpose: 'switch',
      }),
      await signedIn.delete('/api/sessions/%00'),
      await signedIn.delete('/api/sessions/%'),
    ]
    for (const { status } of answers) assert.ok(status >= 400 && status < 500, String(status))
  })
})

/** Some calls need nothing, and take whatever else is sent with it. */
function isRight(schema: { safeParse(value: unknown): { success: boolean } }, body: string) {
  try {
    // A byte order mark is no part of the text.
    const text = body.replace(/^\ufeff/, '') || '{}'
    return schema.safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}

function errorsOf({ body }: Answer): readonly { path: string; message: string }[] {
  return (body as { errors: readonly { path: string; message: string }[] }).errors
}
