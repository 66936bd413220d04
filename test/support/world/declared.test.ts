import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { test } from 'node:test'
import { undeclared, undeclaredInLog } from './declared.ts'
import { HttpClient } from './http-client.ts'

test('a refusal is declared by the action, by its gates, or by the lack of an action', () => {
  const declared: readonly (readonly [string, string, string])[] = [
    ['POST', '/api/sign-in/email-code', 'too_many_codes'],
    ['DELETE', '/api/sessions/abc?lang=en', 'not_found'],
    ['HEAD', '/api/session', 'not_signed_in'],
    ['GET', '/api/./session', 'not_signed_in'],
    ['GET', '/api/%73ession?x=%zz', 'not_signed_in'],
    ['GET', '/api/session', 'wrong_host'],
    ['PATCH', '/api/session', 'method_not_allowed'],
    ['GET', '/api/nothing', 'not_found'],
    ['GET', '/portal', 'name_taken'],
  ]
  for (const [method, path, code] of declared)
    assert.equal(undeclared('customer', method, path, code), null)
  const others: readonly (readonly [string, string, string])[] = [
    ['POST', '/api/sign-in/email-code', 'name_taken'],
    ['DELETE', '/api/sessions/abc/def', 'not_signed_in'],
    ['GET', '/api/session', 'cross_site'],
  ]
  for (const [method, path, code] of others) {
    assert.equal(
      undeclared('customer', method, path, code),
      `${method} ${path} does not declare ${code}`,
    )
  }
})

test('a log is read for them, whoever asked', () => {
  const line = { method: 'GET', path: '/api/session', status: 409, code: 'name_taken' }
  const nowhere = { ...line, path: '/api/session\0', code: 'not_found' }
  const lines = [line, { ...line, code: 'not_signed_in' }, nowhere, { msg: 'listening' }]
  assert.deepEqual(undeclaredInLog(lines.map((one) => JSON.stringify(one))), [
    'GET /api/session does not declare name_taken',
  ])
})

test('the client of the tests fails at the answer', async (t) => {
  const body = JSON.stringify({ code: 'name_taken' })
  const type = 'Content-Type: application/problem+json'
  const answer = `HTTP/1.1 409 Conflict\r\n${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  const server = createServer((socket) => void socket.on('data', () => socket.end(answer)))
  t.after(() => server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const client = new HttpClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  await assert.rejects(client.get('/api/session'), /does not declare name_taken/)
  assert.equal((await client.get('/portal')).status, 409)
})
