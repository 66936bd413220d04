// What the server does with connections that no browser makes: bytes, not requests.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { databases } from '../support/world/postgres.ts'
import { onWire, type Part, type WireOptions } from '../support/world/wire.ts'
import { World } from '../support/world/world.ts'

const host = 'Host: localhost:3000\r\n'
const get = `GET /api/session HTTP/1.1\r\n${host}`
const close = 'Connection: close\r\n'
const post = `POST /api/sign-in HTTP/1.1\r\n${host}Origin: http://localhost:3000\r\nContent-Type: application/json\r\n`
const chunked = `${post}Transfer-Encoding: chunked\r\n`
const signIn = '{"loginId":"nobody","password":"wrong one"}'
const whole = `${post}Content-Length: ${signIn.length}\r\n\r\n${signIn}`

/** Each on a connection of its own: what is sent, and the one problem that it is answered with. */
const broken: readonly (readonly [name: string, parts: Part[], status: number, code: string])[] = [
  ['bytes', [Uint8Array.from({ length: 500 }, (_, index) => index)], 400, 'invalid_request'],
  ['TLS', [Buffer.from('16030100c6010000c20303', 'hex')], 400, 'invalid_request'],
  ['HTTP/2', ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'], 400, 'invalid_request'],
  ['no host', [`GET / HTTP/1.1\r\n${close}\r\n`], 400, 'invalid_request'],
  ['no host in HTTP/1.0', ['GET / HTTP/1.0\r\n\r\n'], 400, 'invalid_request'],
  [
    'a host that is none',
    [`GET / HTTP/1.1\r\nHost: <a b>\r\n${close}\r\n`],
    400,
    'invalid_request',
  ],
  ['two hosts', [`${get}Host: evil.test\r\n${close}\r\n`], 421, 'wrong_host'],
  [
    'a whole address',
    [`GET http://evil.test/api/session HTTP/1.1\r\n${host}${close}\r\n`],
    421,
    'wrong_host',
  ],
  ['a backslash', [`GET /api\\session HTTP/1.1\r\n${host}${close}\r\n`], 400, 'invalid_request'],
  ['an asterisk', [`OPTIONS * HTTP/1.1\r\n${host}${close}\r\n`], 400, 'invalid_request'],
  ['a NUL in the path', [`GET /\0 HTTP/1.1\r\n${host}\r\n`], 400, 'invalid_request'],
  ['a NUL in a header', [`${get}Cookie: a=\0\r\n\r\n`], 400, 'invalid_request'],
  ['a header without a name', [`${get}: a\r\n\r\n`], 400, 'invalid_request'],
  ['a folded header', [`${get}Cookie: a\r\n b=c\r\n${close}\r\n`], 400, 'invalid_request'],
  ['a method of small letters', [`get / HTTP/1.1\r\n${host}\r\n`], 400, 'invalid_request'],
  ['a long header', [`${get}Cookie: ${'a'.repeat(100_000)}\r\n\r\n`], 431, 'too_large'],
  ['many headers', [`${get}${'a:b\r\n'.repeat(20_000)}\r\n`], 431, 'too_large'],
  ['a long address', [`GET /${'a'.repeat(100_000)} HTTP/1.1\r\n${host}\r\n`], 431, 'too_large'],
  ['headers without an end', Array(2000).fill('a: b\r\n').with(0, get), 431, 'too_large'],
  [
    'two lengths',
    [`${post}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
    400,
    'invalid_request',
  ],
  ['a negative length', [`${post}Content-Length: -1\r\n\r\n{}`], 400, 'invalid_request'],
  [
    'a length beyond all',
    [`${post}Content-Length: ${'9'.repeat(40)}\r\n\r\n`],
    400,
    'invalid_request',
  ],
  ['a length and chunks', [`${chunked}Content-Length: 2\r\n\r\n0\r\n\r\n`], 400, 'invalid_request'],
  [
    'chunks in a coding',
    [`${post}Transfer-Encoding: gzip, chunked\r\n${close}\r\n0\r\n\r\n`],
    400,
    'invalid_request',
  ],
  [
    'chunks not last',
    [`${post}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n`],
    400,
    'invalid_request',
  ],
  ['a chunk without a size', [`${chunked}\r\nzz\r\n`], 400, 'invalid_request'],
  ['a chunk longer than it says', [`${chunked}\r\n1\r\n{}\r\n0\r\n\r\n`], 400, 'invalid_request'],
  ['a chunk beyond all', [`${chunked}\r\n${'f'.repeat(17)}\r\n`], 400, 'invalid_request'],
  [
    'a broken chunk after a good one',
    [`${chunked}\r\n1\r\n{\r\n`, 30, 'zz\r\n'],
    400,
    'invalid_request',
  ],
  ['long chunk extensions', [`${chunked}\r\n1;${'a'.repeat(40_000)}\r\n{\r\n`], 413, 'too_large'],
  ['long trailers', [`${chunked}\r\n0\r\n${'a: b\r\n'.repeat(20_000)}\r\n`], 431, 'too_large'],
  [
    'chunks without an end',
    Array(300)
      .fill(`400\r\n${' '.repeat(1024)}\r\n`)
      .with(0, `${chunked}${close}\r\n`),
    413,
    'too_large',
  ],
  ['a body that ends early', [`${post}Content-Length: 9\r\n\r\n{"`], 400, 'invalid_request'],
  [
    'a packed body',
    [
      `${chunked}Content-Encoding: gzip\r\n${close}\r\n`,
      '14\r\n',
      gzipSync('{}').subarray(0, 20),
      '\r\n0\r\n\r\n',
    ],
    415,
    'unsupported_media_type',
  ],
]

const patience = { headersTimeout: 400, requestTimeout: 600, connectionsCheckingInterval: 100 }

describe('junk on the wire', { concurrency: 1 }, () => {
  let world: World
  /** Only where slow ones are meant: on a busy machine all are slow. */
  let impatient: World
  const send = (parts: readonly Part[], options?: WireOptions) =>
    onWire(world.url(), parts, options)
  before(async () => {
    const [sqlite] = databases
    assert.ok(sqlite)
    world = await World.start(sqlite)
    impatient = await World.start(sqlite, { patience })
  })
  after(async () => {
    const logs = [...world.log, ...impatient.log]
    await Promise.all([world.stop(), impatient.stop()])
    assert.deepEqual(
      logs.filter((line) => line.startsWith('{"level":50')),
      [],
    )
  })

  for (const [name, parts, status, code] of broken) {
    test(`${name}: ${status} ${code}`, async () => {
      const [answer, ...more] = await send(parts, { halfClose: true })
      assert.deepEqual(more, [])
      assert.equal(answer?.status, status)
      isProblem(answer, code)
    })
  }

  const slow: readonly (readonly [name: string, parts: Part[]])[] = [
    ['a connection that says nothing', []],
    ['a request line that does not end', ['GET / HT']],
    ['headers that drip', [get, ...Array(30).fill(['a: b\r\n', 50]).flat()]],
    ['a body that does not come', [`${post}Content-Length: 50\r\n\r\n`]],
    [
      'a body that drips',
      [`${post}Content-Length: 50\r\n\r\n`, ...Array(30).fill([' ', 50]).flat()],
    ],
    ['chunks that drip', [`${chunked}\r\n`, ...Array(30).fill(['1\r\n \r\n', 50]).flat()]],
  ]
  for (const [name, parts] of slow) {
    test(`${name}: 408 request_timeout, and the connection ends`, async () => {
      const began = performance.now()
      const [answer, ...more] = await onWire(impatient.url(), parts)
      assert.deepEqual(more, [])
      assert.equal(answer?.status, 408)
      isProblem(answer, 'request_timeout')
      assert.ok(performance.now() - began < 5000)
    })
  }

  test('whoever closes the own half before the answer gets none, and nobody else notices', async () => {
    const [first, second] = await Promise.all([
      send([whole], { halfClose: true }),
      send([`${get}${close}\r\n`]),
    ])
    assert.deepEqual(first, [])
    assert.equal(second[0]?.status, 401)
  })

  test('requests in a row are answered in a row, and garbage behind them after them', async () => {
    const answers = await send([`${whole}${get}\r\nGARBAGE\r\n\r\n${whole}`])
    assert.deepEqual(
      answers.map(({ status, body }) => [status, (JSON.parse(body) as { code: string }).code]),
      [
        [401, 'sign_in_refused'],
        [401, 'not_signed_in'],
        [400, 'invalid_request'],
      ],
    )
  })

  test('a few requests at once are answered, and whoever sends hundreds is cut off', async () => {
    const few = await send([`${`${get}\r\n`.repeat(31)}${get}${close}\r\n`])
    assert.equal(few.length, 32)
    const many = await send([`${get}\r\n`.repeat(500)])
    assert.ok(many.length <= 32, `${many.length} answers`)
  })

  test('a request that is hidden in the body of another is not answered', async () => {
    const hidden = `${get}\r\n`
    const [answer, ...more] = await send([
      `${post}${close}Content-Length: ${hidden.length}\r\n\r\n${hidden}`,
    ])
    assert.equal(answer?.status, 400)
    assert.deepEqual(more, [])
  })

  test('an expectation: a known one is met, an unknown one is let be', async () => {
    for (const expectation of ['100-continue', 'cake']) {
      const [answer] = await send([
        `${post}${close}Expect: ${expectation}\r\nContent-Length: 2\r\n\r\n`,
        50,
        '{}',
      ])
      assert.equal(answer?.status, 400)
      isProblem(answer, 'invalid_request')
    }
  })

  test('an upgrade is let be, and a tunnel is refused', async () => {
    const upgrade = `${get}Connection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n`
    const [answer] = await send([upgrade])
    assert.equal(answer?.status, 401)
    assert.deepEqual(await send([`CONNECT evil.test:443 HTTP/1.1\r\n${host}\r\n`]), [])
  })

  test('hundreds who leave in the middle of a body leave nothing behind', async () => {
    for (let round = 0; round < 10; round += 1) {
      const leaving = Array.from({ length: 30 }, (_, index) => {
        const body =
          index % 2 ? `Content-Length: 90\r\n\r\n{` : `Transfer-Encoding: chunked\r\n\r\n2\r\n{`
        return send([`${post}${body}`, index], { hangUp: true })
      })
      await Promise.all(leaving)
    }
    const [answer] = await send([`${get}${close}\r\n`])
    assert.equal(answer?.status, 401)
  })
})

function isProblem(
  answer: { headers: ReadonlyMap<string, string>; body: string },
  code: string,
): void {
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/)
  assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/)
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  const problem = JSON.parse(answer.body) as Readonly<Record<string, unknown>>
  assert.equal(problem['code'], code)
  for (const member of ['type', 'title', 'detail', 'requestId']) {
    assert.equal(typeof problem[member], 'string', member)
  }
}
