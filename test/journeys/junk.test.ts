// What the calls of the API do with what no page of ours sends: the right refusal, and nothing else.
import assert from 'node:assert/strict'
import { before, test, type TestContext } from 'node:test'
import { gzipSync } from 'node:zlib'
import { actions } from '../../src/surfaces/customer/app.ts'
import { junkBodies, junkTexts, junkValues, leavesOf, replaceAt } from '../support/checks/junk.ts'
import { changedTables } from '../support/checks/tables.ts'
import { alwaysTaken, callsOf, type Call } from '../support/world/calls.ts'
import { proveChange } from '../support/world/changes.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { Answer, RawRequest } from '../support/world/http-client.ts'
import { accountWithPasskey } from '../support/world/journeys.ts'
import { expectProblem } from '../support/world/world.ts'

const json = { 'content-type': 'application/json' }
const megabyte = 1024 * 1024
/** What a refusal may write: that somebody tried or asked, and that a challenge is spent. */
const mayChange = new Set(['audit_events', 'throttles', 'spent', 'recoveries'])

onEachDatabase('junk', { concurrency: 1 }, (world) => {
  let calls: readonly Call[]
  before(async () => {
    calls = await callsOf(world)
  })

  const send = ({ client, method, path }: Call, more: Partial<RawRequest>) =>
    client.raw({ method, path, ...more })
  const withBodies = () => calls.filter(({ body }) => body !== null)

  /** Runs the work; nothing but the trail has changed after it, and nothing of ours has failed. */
  async function changingNothing(t: TestContext, work: () => Promise<void>) {
    const logged = world.log.length
    const tables = await changedTables(world, t, work)
    assert.deepEqual(
      tables.filter((table) => !mayChange.has(table)),
      [],
    )
    const failures = world.log.slice(logged).filter((line) => line.startsWith('{"level":50'))
    assert.deepEqual(failures, [])
  }

  test('a body that is not the JSON of its call is invalid_request', async (t) => {
    await changingNothing(t, async () => {
      for (const call of withBodies()) {
        for (const [name, body] of Object.entries(junkBodies)) {
          const refused = await send(call, { headers: json, body })
          const what = `${call.method} ${call.path} with ${name}`
          // Right, but of nobody who may make the call.
          if (call.needsNothing && refused.status === 401) continue
          assert.equal(problemOf(refused, 400, what), 'invalid_request', what)
          const { errors } = refused.body as { errors: unknown[] }
          assert.ok(errors.length >= 1 && errors.length <= 20, what)
        }
      }
    })
    assert.equal('polluted' in {}, false)
  })

  test('junk in any member is refused, whatever it is', async (t) => {
    const junk = Object.entries({ ...junkTexts, ...junkValues })
    await changingNothing(t, async () => {
      for (const call of withBodies()) {
        for (const place of leavesOf(call.body)) {
          const tries = junk.map(async ([name, value]) => {
            const bent = replaceAt(call.body, place, value)
            const answer = await send(call, { headers: json, body: JSON.stringify(bent) })
            if (answer.status === 202 && alwaysTaken.has(call.path)) return
            isRefusal(answer, `${call.method} ${call.path}: ${name} in ${place.join('.')}`)
          })
          await Promise.all(tries)
        }
      }
    })
  })

  test('members named after the prototype are dropped, and change nothing of anybody', async (t) => {
    await changingNothing(t, async () => {
      for (const call of withBodies()) {
        const text = JSON.stringify(call.body)
        const plain = await send(call, { headers: json, body: text })
        const more = `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},`
        const bent = await send(call, { headers: json, body: more + text.slice(1) })
        assert.equal(bent.status, plain.status, `${call.method} ${call.path}`)
      }
    })
    assert.equal('polluted' in {}, false)
  })

  test('ten megabytes are too_large, announced or not', async (t) => {
    const body = Buffer.alloc(10 * megabyte, ' ')
    await changingNothing(t, async () => {
      for (const call of calls.filter(({ method }) => method !== 'GET')) {
        const length = { ...json, 'content-length': String(body.length) }
        const announced = await send(call, { headers: length, body })
        assert.equal(problemOf(announced, 413, call.path), 'too_large')
        const chunked = { ...json, 'transfer-encoding': 'chunked' }
        const streamed = await send(call, { headers: chunked, body })
        assert.equal(problemOf(streamed, 413, call.path), 'too_large')
      }
    })
  })

  test('another content type or a content encoding is unsupported_media_type', async (t) => {
    const types = [
      ...['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=a'],
      ...['application/jsonp', 'application/json, text/plain', 'json', 'application/xml', ' '],
    ]
    await changingNothing(t, async () => {
      for (const call of withBodies()) {
        const body = JSON.stringify(call.body)
        for (const type of [...types, undefined]) {
          const refused = await send(call, { headers: { 'content-type': type }, body })
          assert.equal(problemOf(refused, 415, `${type}`), 'unsupported_media_type')
        }
        for (const encoding of ['gzip', 'br', 'deflate', 'gzip, identity', 'cake']) {
          const headers = { ...json, 'content-encoding': encoding }
          const refused = await send(call, { headers, body: gzipSync(body) })
          assert.equal(problemOf(refused, 415, encoding), 'unsupported_media_type')
        }
      }
    })
  })

  test('another method is method_not_allowed, and is told the right ones', async (t) => {
    const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND']
    await changingNothing(t, async () => {
      for (const path of new Set(calls.map((call) => call.path))) {
        const allowed = calls.filter((call) => call.path === path).map(({ method }) => method)
        for (const method of methods.filter((one) => !allowed.includes(one))) {
          const refused = await world.client().raw({ method, path })
          assert.equal(problemOf(refused, 405, `${method} ${path}`), 'method_not_allowed')
          assert.equal(refused.headers.allow, allowed.join(', '))
        }
      }
    })
  })

  test('another host is wrong_host, whatever is asked for', async (t) => {
    const hosts = ['evil.test', 'localhost', 'localhost:3001', 'xn--fa-hia.de', '[::1]']
    await changingNothing(t, async () => {
      for (const call of calls) {
        for (const host of hosts) {
          const body = call.body && { body: JSON.stringify(call.body) }
          const refused = await send(call, { headers: { ...json, host }, ...body })
          assert.equal(problemOf(refused, 421, `${host} ${call.path}`), 'wrong_host')
        }
      }
    })
  })

  test('junk in headers, cookies and addresses is read as nothing', async (t) => {
    const headers: Readonly<Record<string, string | string[]>> = {
      cookie:
        'sekisho_session=%E0%A4%A; sekisho_session=a; =; ;;; sekisho_sign_in="\\"; a; sekisho_browser=%00',
      'accept-language': 'ja;q=NaN,*;q=-1,en;q=9e999,'.repeat(100),
      'user-agent': 'Chrome/'.repeat(900),
      'x-forwarded-for': ['1.2.3.4', 'a\u00ff', ',,,,', '::::'],
      'sec-fetch-site': 'same-origin',
      'content-length': '0',
    }
    const { client: proven, ...by } = await accountWithPasskey(world)
    await proveChange(proven, by)
    const paths = ['/api/session', '/api/session?lang=%00&lang=%E0%A4%A', '/portal', '/sign-in']
    await changingNothing(t, async () => {
      for (const path of paths) {
        const answer = await world.client().raw({ method: 'GET', path, headers })
        assert.ok([200, 303, 401].includes(answer.status), `${path}: ${answer.status}`)
      }
      for (const id of [
        '%00',
        '%E0%A4%A',
        '..%2f..',
        'a'.repeat(9000),
        '%F0%9F%98%80',
        '%ed%a0%80',
      ]) {
        const refused = await proven.raw({ method: 'DELETE', path: `/api/sessions/${id}` })
        assert.equal(problemOf(refused, 404, id), 'not_found')
      }
    })
  })

  test('no call is left out', () => {
    assert.deepEqual(
      calls.map(({ method, path }) => `${method} ${path}`),
      actions.map(([method, path]) => `${method} ${path.replace(':id', 'A'.repeat(22))}`),
    )
  })
})

function problemOf(answer: Answer, status: number, what: string): string {
  try {
    return expectProblem(answer, status)
  } catch (error) {
    throw new Error(what, { cause: error })
  }
}

function isRefusal(answer: Answer, what: string): void {
  assert.ok(answer.status >= 400 && answer.status < 500, `${what}: ${answer.status} ${answer.text}`)
  const body = answer.body as Readonly<Record<string, unknown>>
  assert.equal(body['status'], answer.status, what)
  for (const member of ['type', 'title', 'detail', 'code', 'requestId']) {
    assert.equal(typeof body[member], 'string', `${what}: ${member}`)
  }
}
