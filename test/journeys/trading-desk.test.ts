// The trading desk beside the demo, and what it refuses.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test, type TestContext } from 'node:test'
import type { RunningDesk } from '../../examples/trading-desk/desk.ts'
import { HttpClient } from '../support/world/http-client.ts'
import { signedIn, tokensOf } from '../support/world/openid.ts'
import { databases } from '../support/world/postgres.ts'
import { freePort, startProcess } from '../support/world/processes.ts'
import { register } from '../support/world/relying-party.ts'
import { startTradingDesk } from '../support/world/trading-desk.ts'
import { World } from '../support/world/world.ts'

async function startDemo(t: TestContext, folder: string, port: number, deskPort: number) {
  const env = { SEKISHO_PORT: String(port), SEKISHO_DEMO_DESK_PORT: String(deskPort) }
  const demo = startProcess(['demo'], env, folder)
  t.after(() => demo.signal('SIGKILL'))
  await demo.until('Stop with Ctrl-C')
  const stop = async () => {
    demo.signal('SIGTERM')
    assert.equal((await demo.ended).status, 0, demo.said())
  }
  return { said: demo.said(), stop }
}

test('the demo starts it, with the same client at every start', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'sekisho-desk-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const [port, deskPort] = [await freePort(), await freePort()]
  const address = `http://localhost:${deskPort}`
  const file = join(folder, 'data', 'demo-trading-desk.json')
  const clientIdOf = async () => {
    const { headers } = await new HttpClient(address).get('/sign-in')
    return new URL(headers.location ?? '').searchParams.get('client_id')
  }

  const first = await startDemo(t, folder, port, deskPort)
  assert.match(first.said, new RegExp(`取引画面: ${address}\\s+Sekisho demo: `))
  assert.match(first.said, /a hold of 3 minutes/)
  assert.equal((await stat(file)).mode & 0o777, 0o600)
  const kept = JSON.parse(await readFile(file, 'utf8')) as { clientId: string }
  assert.equal(await clientIdOf(), kept.clientId)
  const desk = new HttpClient(address)
  const toSekisho = new URL((await desk.get('/sign-in')).headers.location ?? '')
  const sekisho = new HttpClient(toSekisho.origin)
  let at = toSekisho.pathname + toSekisho.search
  for (let hop = 0; hop < 3 && !at.startsWith('/sign-in'); hop += 1) {
    const { location = '' } = (await sekisho.get(at)).headers
    at = location.replace(toSekisho.origin, '')
  }
  assert.match((await sekisho.get(at)).text, /トレーディングデスク/)
  await first.stop()
  await assert.rejects(desk.get('/'), { code: 'ECONNREFUSED' })

  const again = await startDemo(t, folder, port, deskPort)
  assert.equal(await clientIdOf(), kept.clientId)
  await again.stop()

  const other = createServer().listen(deskPort, '127.0.0.1')
  await once(other, 'listening')
  t.after(() => other.close())
  const without = await startDemo(t, folder, port, deskPort)
  assert.match(without.said, new RegExp(`did not start on port ${deskPort}`))
  assert.doesNotMatch(without.said, /取引画面/)
  await without.stop()
})

describe('what the trading desk refuses', () => {
  let world: World
  let desk: RunningDesk
  let browser: HttpClient
  before(async () => {
    const [sqlite] = databases
    assert.ok(sqlite)
    world = await World.start(sqlite, { reachable: true })
    desk = await startTradingDesk(world)
    browser = new HttpClient(desk.origin)
  })
  after(async () => {
    await desk.stop()
    await world.stop()
  })

  test('an API call without a token, with an invented one, with another application’s', async () => {
    const bare = await browser.post('/api/withdrawals', { id: 'a', amount: 1 })
    assert.equal(bare.status, 401)
    assert.equal(bare.headers['www-authenticate'], 'Bearer')
    const { client } = await signedIn(world)
    const others = await tokensOf(await register(world), client)
    for (const token of ['nobody-gave-me-this', others.access_token]) {
      const { status, headers } = await browser.raw({
        method: 'POST',
        path: '/api/withdrawals',
        headers: { authorization: `Bearer ${token}` },
      })
      assert.equal(status, 401)
      assert.equal(headers['www-authenticate'], 'Bearer error="invalid_token"')
    }
  })

  test('a logout token that is none', async () => {
    const answer = await browser.raw({
      method: 'POST',
      path: '/backchannel-logout',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: undefined },
      body: 'logout_token=eyJhbGciOiJub25lIn0.e30.',
    })
    assert.equal(answer.status, 400)
  })

  test('a form of another origin, also of the same host', async () => {
    for (const origin of [undefined, 'null', world.origin]) {
      const answer = await browser.raw({ method: 'POST', path: '/sign-out', headers: { origin } })
      assert.equal(answer.status, 403, String(origin))
    }
  })

  test('a callback in another browser than the one that began', async () => {
    const begun = await browser.get('/sign-in')
    const { searchParams } = new URL(begun.headers.location ?? '')
    const callback = `/callback?code=x&state=${searchParams.get('state')}&iss=${world.origin}`
    const answer = await new HttpClient(desk.origin).get(callback)
    assert.equal(answer.status, 400)
    assert.match(answer.text, /ログインをやり直してください/)
    assert.match(answer.headers['content-security-policy']?.toString() ?? '', /default-src 'none'/)
  })

  test('whoever gave the sign-in up is told so', async () => {
    const begun = await browser.get('/sign-in')
    const { searchParams } = new URL(begun.headers.location ?? '')
    const given = new URLSearchParams({
      error: 'access_denied',
      state: searchParams.get('state') ?? '',
      iss: world.origin,
    })
    assert.match((await browser.get(`/callback?${given}`)).text, /ログインを取りやめました/)
    const [withdrawal, nowhere] = [await browser.get('/withdrawal'), await browser.get('/nowhere')]
    assert.equal(withdrawal.headers.location, '/')
    assert.equal(nowhere.status, 404)
  })
})
