// Two sites in one process, each on an origin of its own: what a request at one is worth at the other.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { serveSite, stopListening } from '../../src/node/server.ts'
import { createApp } from '../../src/surfaces/customer/app.ts'
import { loadManual } from '../../src/surfaces/customer/manual/built.ts'
import { makeSite, type Site } from '../../src/surfaces/frame/site.ts'
import { startOidc, type Oidc } from '../../src/surfaces/oidc/start.ts'
import { HttpClient, type Answer } from '../support/world/http-client.ts'
import {
  accountWithPasskey,
  makePasskey,
  openRegistration,
  signInWithPasskey,
} from '../support/world/journeys.ts'
import { databases } from '../support/world/postgres.ts'
import { expectProblem, expectStatus, type TestAccount, World } from '../support/world/world.ts'

const [sqlite] = databases

describe('a second site in the same process', () => {
  let world: World
  let desk: Site
  let oidc: Oidc
  let server: Server
  let deskUrl: string
  before(async () => {
    assert.ok(sqlite)
    world = await World.start(sqlite)
    desk = makeSite({
      ...world.config,
      origin: 'https://desk.example.com',
      rpId: 'example.com',
      brand: {
        name: '窓口',
        nameEn: 'Desk',
        names: ['窓口', 'Desk'],
        color: '#336699',
        logoPath: null,
      },
      links: { ...world.config.links, faq: '/questions' },
      support: { phone: null, phoneAbroad: null, hours: { ja: null, en: null } },
      cookiePrefix: 'desk',
      readers: 'customers',
      help: null,
    })
    const deps = { ...world.deps, site: desk }
    oidc = await startOidc(deps)
    const manual = loadManual(join(import.meta.dirname, '../../dist/manual'))
    server = serveSite(createApp(deps, oidc, manual), deps)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    deskUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(async () => {
    await stopListening(server)
    await oidc.stop()
    await world.stop()
  })

  const atDesk = (jar?: ConstructorParameters<typeof HttpClient>[2]) =>
    new HttpClient(deskUrl, { origin: desk.origin }, jar)

  test('answers for its own host alone, and so does the first', async () => {
    expectStatus(await atDesk().get('/sign-in'), 200)
    expectStatus(await world.client().get('/sign-in'), 200)
    const astray = [
      new HttpClient(deskUrl, { origin: world.origin }),
      new HttpClient(world.url(), { origin: desk.origin }),
    ]
    for (const client of astray) assert.equal((await client.get('/sign-in')).status, 421)
  })

  test('takes writes from its own pages alone, and so does the first', async () => {
    const write = (client: HttpClient, origin: string) =>
      client.raw({ method: 'DELETE', path: '/api/session', headers: { origin } })
    assert.equal(expectProblem(await write(atDesk(), desk.origin), 401), 'not_signed_in')
    assert.equal(expectProblem(await write(atDesk(), world.origin), 403), 'cross_site')
    assert.equal(expectProblem(await write(world.client(), desk.origin), 403), 'cross_site')
  })

  test('has cookies of its own, which stay apart in a browser that sends it those of both', async () => {
    const jar: ConstructorParameters<typeof HttpClient>[2] = new Map()
    const [one, other] = [await world.addAccount(), await world.addAccount()]
    const customer = new HttpClient(world.url(), { origin: world.origin }, jar)
    const operator = atDesk(jar)
    await world.signIn(one, customer)
    await world.signIn(other, operator)
    await operator.get('/portal?lang=en')

    const names = [...operator.cookies.keys()].filter((name) => name.includes('desk'))
    assert.deepEqual(names.toSorted(), [
      '__Host-desk_browser',
      '__Host-desk_lang',
      '__Host-desk_session',
    ])
    assert.ok(customer.cookies.has('sekisho_session'))
    for (const [client, { loginId }] of [
      [customer, one],
      [operator, other],
    ] as const) {
      const session = await client.get<{ account: { loginId: string } }>('/api/session')
      assert.equal(expectStatus(session, 200).account.loginId, loginId)
    }
    expectStatus(await operator.delete('/api/session'), 204)
    expectStatus(await customer.get('/api/session'), 200)
  })

  test('is a relying party of its own: its passkeys are made and proven at its pages', async () => {
    const deskWorld = {
      addAccount: () => world.addAccount(),
      nextCode: (account: TestAccount) => world.nextCode(account),
      signIn: (account: TestAccount) => world.signIn(account, atDesk()),
      authenticator: () => world.authenticator({ origin: desk.origin, rpId: desk.rpId }),
      client: () => atDesk(),
    }
    const { account, client, passkey, authenticator } = await accountWithPasskey(deskWorld)
    assert.deepEqual(
      authenticator.credentials.map(({ rpId }) => rpId),
      [desk.rpId],
    )
    await signInWithPasskey(deskWorld, account, authenticator, passkey.id)
    const { signal } = expectStatus(
      await client.get<{ signal: { rpId: string } }>('/api/passkeys'),
      200,
    )
    assert.equal(signal.rpId, desk.rpId)
  })

  test('takes no passkey from a page of the other', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account, atDesk())
    await openRegistration(world, client, account)
    const foreign = world.authenticator({ origin: world.origin, rpId: desk.rpId })
    const made = await makePasskey(client, foreign, 'Windows')
    assert.equal(expectProblem(made, 400), 'passkey_not_verified')
  })

  test('has pages, headers and an issuer of its own', async () => {
    const [own, first] = [await atDesk().get('/sign-in'), await world.client().get('/sign-in')]
    const strict = ({ headers }: Answer) => headers['strict-transport-security']
    assert.match(strict(own) ?? '', /max-age/)
    assert.equal(strict(first), undefined)
    assert.match(own.text, /<title>[^<]*窓口/)
    assert.doesNotMatch(own.text, /0120-000-000|href="\/help"/)
    assert.match(first.text, /0120-000-000[^]*href="\/help"/)
    const discovery = '/.well-known/openid-configuration'
    const { issuer } = expectStatus(await atDesk().get<{ issuer: string }>(discovery), 200)
    assert.equal(issuer, desk.origin)
  })
})
