// Rules 2 and 29 at the console: what a request passes before its address is looked at, that a GET changes
// nothing, and that nobody gets past any call without a session.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { RunningConsole } from '../../src/node/console.ts'
import { consoleActions } from '../../src/surfaces/console/app.ts'
import { pages } from '../../src/surfaces/console/pages.ts'
import { changedTables } from '../support/checks/tables.ts'
import { deskClient, enrolOperator } from '../support/world/desk.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient, RawRequest } from '../support/world/http-client.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

const origin = 'http://localhost:3100'
const writes = consoleActions.filter(([method]) => method !== 'GET')

/** What nobody needs a session for, as it leads to one. */
const open = [
  'POST /api/enrolment/options',
  'POST /api/enrolment',
  'POST /api/sign-in/options',
  'POST /api/sign-in',
]

/** What leaves a record because it was looked at (rule 41), or counts wrong numbers; nothing else is touched. */
const recorded = [
  '/api/looks/export',
  '/api/cases/:id/export',
  '/api/accounts',
  '/api/accounts/:id',
  '/api/accounts/:id/events',
  '/api/calls/:number',
]

const json = { 'content-type': 'application/json' }
const foreign: readonly (readonly [string, RawRequest['headers']])[] = [
  ['no Origin', { origin: undefined }],
  ['an Origin of another site', { origin: 'https://evil.example' }],
  ['an Origin that is null', { origin: 'null' }],
  ['the Origin of the customers’ pages', { origin: 'http://localhost:3000' }],
  ['an Origin on https', { origin: 'https://localhost:3100' }],
  ['an Origin without its port', { origin: 'http://localhost' }],
  ['an Origin that begins like ours', { origin: `${origin}.evil.example` }],
  ['two Origins', { origin: `${origin}, ${origin}` }],
  ['a fetch from another site', { 'sec-fetch-site': 'cross-site' }],
  // As the customers' pages are on the same site where both share a host or a domain.
  ['a fetch from the same site', { 'sec-fetch-site': 'same-site' }],
  ['a fetch from nowhere', { 'sec-fetch-site': 'none' }],
]

onEachDatabase('the gate of the console', (world) => {
  let desk: RunningConsole
  let operators: readonly HttpClient[]

  before(async () => {
    desk = await world.startConsole()
    const [desker, manager] = [
      await enrolOperator(world, desk, { roles: ['agent', 'approver', 'auditor'] }),
      await enrolOperator(world, desk, { roles: ['admin', 'auditor'] }),
    ]
    operators = [desker.client, manager.client]
  })

  const filled = (path: string) => path.replace(/:\w+/g, 'x')

  test('every call but those that lead to a session is refused without one, and changes nothing', async (t) => {
    const forged = deskClient(desk)
    forged.setCookie('sekisho_console_session', 'A'.repeat(43))
    const tables = await changedTables(world, t, async () => {
      for (const [method, path] of consoleActions) {
        if (open.includes(`${method} ${path}`)) continue
        for (const client of [deskClient(desk), forged]) {
          for (const body of method === 'GET' ? [undefined] : [undefined, {}, '{']) {
            const answer = await client.raw({
              ...{ method, path: filled(path) },
              ...(body === undefined ? {} : { headers: json, body: JSON.stringify(body) }),
            })
            assert.equal(expectProblem(answer, 401), 'not_signed_in', `${method} ${path}`)
            assert.equal(answer.headers['set-cookie'], undefined)
          }
        }
      }
    })
    assert.deepEqual(tables, [])
    const calls = consoleActions.map(([method, path]) => `${method} ${path}`)
    assert.deepEqual(
      open.filter((call) => !calls.includes(call)),
      [],
    )
  })

  test('a GET changes nothing, whoever asks for whatever address', async (t) => {
    const paths = [
      ...new Set([...consoleActions.map(([, path]) => path), ...pages.map(([path]) => path)]),
    ]
    const tables = await changedTables(world, t, async () => {
      for (const client of [...operators, deskClient(desk)]) {
        for (const path of paths) {
          if (recorded.includes(path)) continue
          for (const method of ['GET', 'HEAD']) {
            const answer = await client.raw({ method, path: `${filled(path)}?lang=ja&code=1` })
            assert.ok(
              [200, 303, 400, 401, 403, 404, 405].includes(answer.status),
              `${path} ${answer.status}`,
            )
          }
        }
      }
    })
    assert.deepEqual(tables, [])
  })

  test('of a session that is looked at only the idle clock moves', async (t) => {
    world.advance(61_000)
    const tables = await changedTables(world, t, async () => {
      for (const client of operators) expectStatus(await client.get('/api/session'), 200)
    })
    assert.deepEqual(tables, ['operator_sessions'])
  })

  for (const [name, headers] of foreign) {
    test(`a write with ${name} is refused and changes nothing`, async (t) => {
      const tables = await changedTables(world, t, async () => {
        for (const [method, path] of writes) {
          for (const client of operators) {
            const request = { method, path: filled(path), body: '{}' }
            const sent = { ...json, 'content-length': '2', ...headers }
            const answer = await client.raw({ ...request, headers: sent })
            assert.equal(expectProblem(answer, 403), 'cross_site', `${method} ${path}`)
            assert.equal(answer.headers['set-cookie'], undefined)
          }
        }
      })
      assert.deepEqual(tables, [])
    })
  }

  test('a body that is not said to be JSON is refused, and one that is too large', async (t) => {
    const tables = await changedTables(world, t, async () => {
      for (const [method, path, { body: schema }] of writes) {
        if (schema === null) continue
        for (const type of [
          'text/plain',
          'application/x-www-form-urlencoded',
          'text/json',
          undefined,
        ]) {
          const headers = { 'content-type': type, 'content-length': '2' }
          const answer = await operators[0]?.raw({
            method,
            path: filled(path),
            headers,
            body: '{}',
          })
          assert.ok(answer)
          assert.equal(expectProblem(answer, 415), 'unsupported_media_type', `${path} ${type}`)
        }
        const body = JSON.stringify({ code: 'x'.repeat(129 * 1024) })
        const large = await operators[0]?.raw({ method, path: filled(path), headers: json, body })
        assert.ok(large)
        assert.equal(expectProblem(large, 413), 'too_large')
      }
    })
    assert.deepEqual(tables, [])
  })

  test('a request for another host is refused, the customers’ among them', async (t) => {
    const tables = await changedTables(world, t, async () => {
      for (const host of ['evil.example', 'localhost', 'localhost:3000', '127.0.0.1:3100', '']) {
        for (const [method, path] of [
          ...[['GET', '/sign-in'] as const, ['GET', '/api/session'] as const],
          ...[['DELETE', '/api/session'] as const, ['GET', '/nothing'] as const],
        ]) {
          const answer = await operators[0]?.raw({
            method,
            path,
            headers: { host, 'x-forwarded-host': 'localhost:3100' },
          })
          assert.equal(answer?.status, 421, `${host} ${path}`)
        }
      }
    })
    assert.deepEqual(tables, [])
  })

  test('junk is the right refusal and changes nothing', async (t) => {
    const bodies = [
      '',
      '{',
      'null',
      '[]',
      '"x"',
      '{"code":1}',
      '{"__proto__":{"code":"x"}}',
      '['.repeat(50_000),
    ]
    const tables = await changedTables(world, t, async () => {
      for (const [method, path, { body: schema }] of writes) {
        if (schema === null) continue
        for (const body of bodies) {
          const answers = await Promise.all(
            operators.map((client) =>
              client.raw({ method, path: filled(path), headers: json, body }),
            ),
          )
          for (const answer of answers) {
            // Of two operators at least one has the role, or the address is looked at first.
            assert.ok([400, 403, 404].includes(answer.status), `${path} ${answer.status}`)
          }
          assert.ok(
            answers.some(({ status }) => status !== 403),
            path,
          )
        }
      }
    })
    assert.deepEqual(tables, [])
  })

  test('every answer has the headers of the customers’ side, and nothing is stored', async () => {
    for (const path of ['/api/session', '/nothing']) {
      const { headers } = await deskClient(desk).get(path)
      assert.match(
        String(headers['content-security-policy']),
        /^default-src 'none'.*frame-ancestors 'none'/,
      )
      assert.equal(headers['cache-control'], 'no-store')
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.ok(headers['x-request-id'])
    }
  })
})
