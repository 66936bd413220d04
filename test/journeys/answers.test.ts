// What every answer carries: the headers that keep a browser safe, and problems as RFC 9457 has them.
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { text as readText } from 'node:stream/consumers'
import { after, before, describe, test } from 'node:test'
import { en } from '../../src/text/en.ts'
import { ja } from '../../src/text/ja.ts'
import type { Answer, HttpClient, RawRequest } from '../support/world/http-client.ts'
import { databases } from '../support/world/postgres.ts'
import { expectProblem, expectStatus, World } from '../support/world/world.ts'

const [sqlite] = databases

const policy = [
  ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'"],
  ...["connect-src 'self'", "form-action 'self'", "base-uri 'none'", "object-src 'none'"],
  ...["frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'"],
]

function assertSafe({ headers }: Pick<Answer, 'headers'>, what: string, https: boolean): void {
  // The page for another host loads no file, so its style stands in it.
  const own = /(?<=style-src )'sha256-[\w+/]+='/
  const given = String(headers['content-security-policy'])
  const directives = (what === '421' ? given.replace(own, "'self'") : given).split('; ')
  assert.deepEqual(directives.toSorted(), policy.toSorted(), what)
  assert.equal(headers['x-content-type-options'], 'nosniff', what)
  assert.equal(headers['referrer-policy'], 'same-origin', what)
  assert.equal(headers['cross-origin-opener-policy'], 'same-origin', what)
  assert.equal(headers['cross-origin-resource-policy'], 'same-origin', what)
  const permissions = String(headers['permissions-policy'])
  assert.match(permissions, /publickey-credentials-get=\(self\)/, what)
  assert.match(permissions, /publickey-credentials-create=\(self\)/, what)
  assert.equal(headers['access-control-allow-origin'], undefined, what)
  assert.equal(headers['x-powered-by'] ?? headers['server'], undefined, what)
  const hsts = https ? 'max-age=31536000; includeSubDomains' : undefined
  assert.equal(headers['strict-transport-security'], hsts, what)
}

for (const origin of ['http://localhost:3000', 'https://login.example.jp']) {
  const https = origin.startsWith('https:')
  describe(`the answers of ${origin}`, () => {
    let world: World
    let signedIn: HttpClient
    before(async () => {
      assert.ok(sqlite)
      world = await World.start(sqlite, { origin })
      signedIn = await world.signIn(await world.addAccount())
    })
    after(() => world.stop())

    const refused: readonly (readonly [number, RawRequest])[] = [
      [400, { method: 'POST', path: '/api/sign-in', headers: json(), body: '{' }],
      [401, { method: 'GET', path: '/api/session' }],
      [403, { method: 'POST', path: '/api/sign-in', headers: { origin: 'https://evil.example' } }],
      [404, { method: 'GET', path: '/api/nothing' }],
      [404, { method: 'GET', path: '/api/sign-in' }],
      [405, { method: 'PUT', path: '/api/sign-in' }],
      [413, { method: 'POST', path: '/api/sign-in', headers: json(), body: 'x'.repeat(200_000) }],
      [415, { method: 'POST', path: '/api/sign-in', headers: { 'content-type': 'x' }, body: 'x' }],
      [421, { method: 'GET', path: '/api/session', headers: { host: 'evil.example' } }],
    ]

    test('a refusal is a problem with all its members, in the language of the caller', async () => {
      for (const [status, request] of refused) {
        for (const [language, catalogue] of Object.entries({ ja, en })) {
          const what = `${request.method} ${request.path} ${status}`
          const answer = await world.client({ language }).raw(request)
          const code = expectProblem(answer, status)
          const { title, detail } = catalogue.problems[code as keyof typeof ja.problems]
          const { errors, ...members } = answer.body as Record<string, unknown>
          const requestId = answer.headers['x-request-id']
          assert.match(String(requestId), /^[\w-]{22}$/, what)
          const type = `urn:sekisho:problem:${code}`
          assert.deepEqual(members, { type, title, status, detail, code, requestId }, what)
          assert.equal(errors !== undefined, code === 'invalid_request', what)
          assertSafe(answer, what, https)
          assert.equal(answer.headers['cache-control'], 'no-store', what)
        }
      }
    })

    test('a refusal to look at a page is a page', async () => {
      for (const [path, status, host] of [
        ['/nothing', 404, undefined],
        ['/portal/nothing', 404, undefined],
        ['/sign-in', 421, 'evil.example'],
      ] as const) {
        const headers = host === undefined ? {} : { host }
        const answer = await world.client({ language: 'en' }).raw({ method: 'GET', path, headers })
        assert.equal(answer.status, status)
        assert.match(answer.headers['content-type'] ?? '', /^text\/html/)
        assert.match(answer.text, /<html lang="en">[^]*<main[^]*<h1>/)
        assert.ok(answer.text.includes(String(answer.headers['x-request-id'])))
        assertSafe(answer, String(status), https)
        assert.equal(answer.headers['cache-control'], 'no-store')
      }
    })

    test('the language is what the address asks for, was chosen before, or the browser prefers', async () => {
      const english = en.problems.not_signed_in.title
      const titleFor = async (client: HttpClient, query = '') => {
        const answer = await client.get<{ title: string }>(`/api/session${query}`)
        return answer.body.title === english ? 'en' : 'ja'
      }
      for (const [language, expected] of [
        ...[
          ['ja', 'ja'] as const,
          ['en', 'en'] as const,
          ['fr', 'ja'] as const,
          ['', 'ja'] as const,
        ],
        ...[['en-GB,ja;q=0.9', 'en'] as const, ['fr,ja;q=0.5,en;q=0.4', 'ja'] as const],
        ...[['en;q=0,ja;q=0.1', 'ja'] as const, ['ja;q=0.1,EN;q=0.2', 'en'] as const],
      ]) {
        assert.equal(await titleFor(world.client({ language })), expected, language)
      }
      const client = world.client()
      assert.equal(await titleFor(client, '?lang=en'), 'en')
      assert.equal(await titleFor(client), 'en')
      assert.equal(await titleFor(client, '?lang=xx'), 'en')
      assert.equal(await titleFor(client, '?lang=ja'), 'ja')
    })

    test('pages, redirects, answers and files carry the headers, and only files are kept', async () => {
      const page = await signedIn.get('/portal')
      const addresses = [...page.text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)]
      assert.ok(addresses.length >= 3)
      const answers = [
        ['/portal', page, 'no-store'],
        ['/sign-in', await world.client().get('/sign-in'), 'no-store'],
        ['/', await world.client().get('/'), 'no-store'],
        ['/api/session', await signedIn.get('/api/session'), 'no-store'],
        ['HEAD /portal', await signedIn.raw({ method: 'HEAD', path: '/portal' }), 'no-store'],
      ] as const
      for (const [what, answer, cache] of answers) {
        assertSafe(answer, what, https)
        assert.equal(answer.headers['cache-control'], cache, what)
      }
      for (const [, path = ''] of addresses) {
        const file = await signedIn.get(path)
        expectStatus(file, 200)
        assertSafe(file, path, https)
        const cache = path === '/assets/brand.css' ? /^public, max-age=3600$/ : /immutable/
        assert.match(String(file.headers['cache-control']), cache)
        assert.equal(file.headers['set-cookie'], undefined)
        const gone = await signedIn.post(path)
        assertSafe(gone, path, https)
        assert.equal(gone.status, 405)
      }
    })

    test('a file is packed for who takes it packed, and for nobody else', async () => {
      const path = /href="(\/assets\/style[^"]+)"/.exec((await signedIn.get('/portal')).text)?.[1]
      assert.ok(path)
      const wishes: Readonly<Record<string, string | undefined>> = {
        'gzip, deflate, br': 'br',
        'br;q=0.5, GZIP': 'gzip',
        'gzip;q=0': undefined,
        '': undefined,
      }
      for (const [wish, encoding] of Object.entries(wishes)) {
        const headers = { 'accept-encoding': wish }
        const file: Answer = await world.client().raw({ method: 'GET', path, headers })
        expectStatus(file, 200)
        assert.equal(file.headers['content-encoding'], encoding, wish)
        assert.equal(file.headers.vary, 'Accept-Encoding')
      }
    })

    test('a sign-out asks the browser to empty no cache, as that takes it seconds', async () => {
      const client = await world.signIn(await world.addAccount())
      const answer = await client.delete('/api/session')
      expectStatus(answer, 204)
      assert.equal(answer.headers['clear-site-data'], undefined)
    })

    test('a page holds no inline script or style, and no handler', async () => {
      for (const path of ['/sign-in', '/portal', '/portal/passkeys/new', '/portal/second-factor']) {
        const client = path === '/sign-in' ? world.client() : signedIn
        const { text } = await client.get(path)
        assert.doesNotMatch(text, /<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:/i)
      }
    })

    test('what is no request is refused as safely', async () => {
      const { host } = new URL(origin)
      for (const [head, status] of [
        [`GET /sign-in HTTP/1.1\nHost: a b`, 400],
        [`GET /sign-in HTTP/1.1\nHost: ${host}:1:2`, 400],
        ['GET /sign-in HTTP/1.0', 400],
        [`GET /sign\\in HTTP/1.1\nHost: ${host}`, 400],
        [`GET http://[ HTTP/1.1\nHost: ${host}`, 400],
        [`GET http://evil.example/api/session HTTP/1.1\nHost: ${host}`, 421],
        [`GET ${origin}/api/session HTTP/1.1\nHost: ${host}`, 421],
        [`GET /api/session HTTP/1.1\nHost: ${host}\nHost: evil.example`, 421],
        [`GET /api/session HTTP/1.1\nHost: ${host}\nCookie: %=%; =;;\xff`, 401],
      ] as const) {
        const answer = await speak(world, head)
        assert.equal(answer.status, status, head)
        assert.equal(answer.headers['content-type'], 'application/problem+json')
        assertSafe(answer, head, https)
        assert.equal(answer.headers['cache-control'], 'no-store')
        assert.equal((JSON.parse(answer.body) as { status: number }).status, status)
      }
    })

    test('what nobody foresaw tells nothing but a number to quote', async () => {
      await world.deps.db.destroy()
      const login = { loginId: 'nobody', password: 'wrong password' }
      const answer = await world.client().post('/api/sign-in', login)
      const { code, requestId } = answer.body as { code: string; requestId: string }
      assert.equal(answer.status, 500)
      assert.equal(code, 'internal_error')
      assertSafe(answer, '500', https)
      assert.deepEqual(Object.keys(answer.body as object).sort(), [
        ...['code', 'detail', 'requestId', 'status', 'title', 'type'],
      ])
      assert.doesNotMatch(answer.text, /driver|sqlite|kysely|\.ts|at /i)
      assert.ok(world.log.some((line) => line.includes(requestId) && line.includes('"level":50')))
      const page = await signedIn.get('/portal')
      assert.equal(page.status, 500)
      assertSafe(page, 'page 500', https)
    })
  })
}

function json() {
  return { 'content-type': 'application/json' }
}

/** Says these lines to a node and hears it out. */
async function speak(world: World, head: string) {
  const socket = connect(Number(new URL(world.url()).port), '127.0.0.1')
  socket.end(Buffer.from(`${head}\nConnection: close\n\n`.replaceAll('\n', '\r\n'), 'latin1'))
  const [top = '', body = ''] = (await readText(socket)).split(/\r\n\r\n/)
  const [first = '', ...lines] = top.split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => [line.split(': ')[0]?.toLowerCase(), line.replace(/^[^:]+: /, '')]),
  ) as Answer['headers']
  const plain = headers['transfer-encoding'] === 'chunked' ? body.split('\r\n')[1] : body
  return { status: Number(first.split(' ')[1]), headers, body: plain ?? '' }
}
