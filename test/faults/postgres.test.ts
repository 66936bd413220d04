// PostgreSQL goes away while nodes serve, and comes back: clear refusals meanwhile, and no help needed.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { HttpClient } from '../support/world/http-client.ts'
import { Installation, type ServeProcess } from '../support/world/installation.ts'
import { givePassword, type PasskeyAnswer } from '../support/world/journeys.ts'
import { endConnections, OwnPostgres } from '../support/world/own-postgres.ts'
import { expectStatus, type TestAccount } from '../support/world/world.ts'
import { expectBusy, keepAsking, untilStatus } from './busy.ts'
import { passkeyCustomers } from './passkey-customers.ts'

const clientId = 'A'.repeat(22)
const fromServer = {
  origin: undefined,
  'sec-fetch-site': undefined,
  'content-type': 'application/x-www-form-urlencoded',
  authorization: `Basic ${btoa(`${clientId}:secret`)}`,
}
/** What applications ask, and the browsers that they send. */
const asApplications = [
  { method: 'POST', path: '/oauth2/token', headers: fromServer, body: 'grant_type=refresh_token' },
  { method: 'POST', path: '/oauth2/introspect', headers: fromServer, body: 'token=a' },
  { method: 'GET', path: '/oauth2/userinfo', headers: { authorization: 'Bearer aaaaaaaa' } },
  {
    method: 'GET',
    path: `/oauth2/authorize?client_id=${clientId}`,
    headers: { accept: 'text/html' },
  },
  {
    method: 'GET',
    path: `/oauth2/interaction/${clientId}`,
    headers: { accept: 'text/html', cookie: `sekisho_interaction=${clientId}` },
  },
]

describe('PostgreSQL goes away and comes back', { concurrency: 1 }, () => {
  let postgres: OwnPostgres
  let installation: Installation
  let served: ServeProcess
  let account: TestAccount
  let client: HttpClient
  let passkey: PasskeyAnswer
  before(async () => {
    postgres = await OwnPostgres.launch()
    installation = await Installation.create(postgres)
    served = await installation.serve()
    const [customer] = await passkeyCustomers(installation, served, 1)
    assert.ok(customer)
    ;({ account, client, passkey } = customer)
  })
  after(async () => {
    await installation.drop()
    await postgres.close()
  })

  const isSignedIn = () => client.get<{ acr: string }>('/api/session')
  const calls = (): (() => Promise<Awaited<ReturnType<HttpClient['get']>>>)[] => [
    isSignedIn,
    () => client.get('/api/passkeys'),
    () => client.post('/api/passkeys/email-code'),
    () => client.put('/api/second-factor', { method: 'email' }),
    () => client.delete('/api/sessions/AAAAAAAAAAAAAAAAAAAAAA'),
    () =>
      client.post('/api/session/passkey/options', { passkeyId: passkey.id, purpose: 'step-up' }),
    () => givePassword(installation.client(served), account),
  ]

  test('while it is stopped every call is 503 busy at once, pages too, and then all is as before', async (t) => {
    const asking = keepAsking([isSignedIn, isSignedIn, ...calls().slice(5)])
    t.after(() => asking.stop())
    await wait(300)
    await postgres.stopped(async () => {
      const began = performance.now()
      for (const call of calls()) expectBusy(await call())
      t.diagnostic(`refused in ${Math.round((performance.now() - began) / calls().length)} ms each`)
      const page = await client.get('/portal')
      assert.equal(page.status, 503)
      assert.ok(page.headers['retry-after'])
      assert.match(page.text, /<main/)
      for (const request of asApplications) {
        const answer = await installation.client(served).raw(request)
        assert.deepEqual([answer.status, answer.headers['retry-after']], [503, '5'], request.path)
        const wording = 'accept' in request.headers ? /<main/ : /"temporarily_unavailable"/
        assert.match(answer.text, wording)
      }
      await wait(1000)
    })
    const back = performance.now()
    const session = await untilStatus(200, isSignedIn)
    t.diagnostic(`works again ${Math.round(performance.now() - back)} ms after it was started`)
    assert.equal(session.acr, 'phr')
    const statuses = await asking.stop()
    t.diagnostic(`meanwhile ${JSON.stringify([...statuses])}`)
    assert.deepEqual(
      [...statuses.keys()].filter((status) => ![200, 429, 503].includes(status)),
      [],
    )
    assert.equal((await untilStatus(200, calls().at(-1) ?? isSignedIn)) !== undefined, true)
    assert.deepEqual(served.failures(), [])
  })

  test('connections that are ended in the middle of the work are 503 at most', async (t) => {
    const asking = keepAsking(Array.from({ length: 4 }, () => calls().slice(0, 6)).flat())
    t.after(() => asking.stop())
    for (let round = 0; round < 10; round += 1) {
      await wait(50 + Math.random() * 200)
      await endConnections(installation.database.address)
    }
    const statuses = await asking.stop()
    t.diagnostic(JSON.stringify([...statuses]))
    assert.equal(statuses.has(500), false)
    expectStatus(await isSignedIn(), 200)
    assert.deepEqual(served.failures(), [])
  })

  test('one that says nothing any more is given up after seconds, and taken back when it speaks', async (t) => {
    const answers = await postgres.frozen(async () => {
      const began = performance.now()
      const asked = Array.from({ length: 5 }, calls).flat()
      const refused = await Promise.all(asked.map((call) => call()))
      const took = Math.round(performance.now() - began)
      t.diagnostic(`${asked.length} requests were refused within ${took} ms`)
      assert.ok(took < 20_000)
      return refused
    })
    for (const answer of answers) expectBusy(answer)
    await untilStatus(200, isSignedIn)
    expectStatus(await client.get('/api/passkeys'), 200)
    assert.deepEqual(served.failures(), [])
  })

  test('a node stops in time although the database says nothing', async (t) => {
    const leaving = await installation.serve()
    const other = client.through(leaving.url)
    expectStatus(await other.get('/api/session'), 200)
    const [how, took] = await postgres.frozen(async () => {
      const waiting = other.get('/api/session').catch(() => null)
      await wait(200)
      const began = performance.now()
      const ending = await leaving.kill('SIGTERM')
      await waiting
      return [ending, Math.round(performance.now() - began)] as const
    })
    t.diagnostic(`stopped in ${took} ms`)
    assert.equal(how, 0)
    assert.ok(took < 10_000)
  })
})
