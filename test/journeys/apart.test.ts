// Rule 36: the console is another application. Neither process answers the other's addresses, and cookies,
// sessions, passkeys and challenges of one are nothing at the other, although they share a database and, here, a host.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import type { RunningConsole } from '../../src/node/console.ts'
import { consoleActions, createConsole } from '../../src/surfaces/console/app.ts'
import { actions } from '../../src/surfaces/customer/app.ts'
import { addressesOf } from '../support/checks/addresses.ts'
import {
  addOperator,
  deskAuthenticator,
  deskClient,
  enrolOperator,
  signInAtDesk,
  type EnrolledOperator,
} from '../support/world/desk.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import {
  accountWithPasskey,
  askPasskey,
  givePassword,
  openRegistration,
} from '../support/world/journeys.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

/** Different things under one name: each application has its own. What both have is listed here, and nothing else. */
const both = {
  calls: [
    'POST /api/sign-in',
    'GET /api/session',
    'DELETE /api/session',
    'POST /api/passkeys/options',
    'POST /api/passkeys',
  ],
  pages: ['/', '/sign-in', '/assets/brand.css'],
}

const callsOf = (list: typeof actions | typeof consoleActions) =>
  list.map(([method, path]) => `${method} ${path}`)

onEachDatabase('the console and the customers’ application', (world) => {
  let desk: RunningConsole
  let operator: EnrolledOperator
  let customer: Awaited<ReturnType<typeof accountWithPasskey>>

  before(async () => {
    desk = await world.startConsole()
    operator = await enrolOperator(world, desk, { roles: ['admin', 'auditor'] })
    customer = await accountWithPasskey(world)
  })

  /** A browser that has all cookies of both, under whatever name. */
  const confused = (client: HttpClient, others: HttpClient) => {
    for (const [name, value] of others.cookies) client.setCookie(name, value)
    return client
  }

  test('share the names of a few calls and pages', () => {
    const shared = callsOf(actions).filter((call) => callsOf(consoleActions).includes(call))
    assert.deepEqual(shared.toSorted(), both.calls.toSorted())
  })

  test('the customers’ process answers no call of the console', async () => {
    const client = confused(world.client(), operator.client)
    for (const [method, path] of consoleActions) {
      if (both.calls.includes(`${method} ${path}`)) continue
      const request = { method, path: path.replace(/:\w+/g, operator.operator.id) }
      const answer = await client.raw(request)
      assert.ok([404, 405].includes(answer.status), `${method} ${path}: ${answer.status}`)
      // A path that both have takes the other method here.
      const isOfBoth = actions.some(([, other]) => other === path)
      assert.equal(answer.status === 405, isOfBoth, `${method} ${path}`)
    }
  })

  test('the console answers no call, page or document of the customers', async () => {
    const client = confused(operator.client.through(urlOf(desk)), customer.client)
    for (const [method, path] of actions) {
      if (both.calls.includes(`${method} ${path}`)) continue
      const answer = await client.raw({ method, path: path.replace(/:\w+/g, customer.passkey.id) })
      const isOfBoth = consoleActions.some(([, other]) => other === path)
      assert.equal(answer.status, isOfBoth ? 405 : 404, `${method} ${path}`)
    }
    const own = pathsOf(desk)
    for (const path of await addressesOf(world.deps)) {
      if (path.startsWith('/api/')) continue
      if (own.includes(path)) {
        assert.ok(both.pages.includes(path) || path.startsWith('/assets/'), path)
        continue
      }
      const answer = await client.get(path.replace(/:\w+/g, 'x'))
      assert.equal(answer.status, 404, path)
    }
  })

  test('the customers’ process has no page of the console', async () => {
    const theirs = await addressesOf(world.deps)
    const client = confused(world.client(), operator.client)
    for (const path of pathsOf(desk)) {
      if (path.startsWith('/api/') || path === '/*') continue
      if (theirs.includes(path)) {
        assert.ok(both.pages.includes(path) || path.startsWith('/assets/'), path)
        continue
      }
      const answer = await client.get(path.replace(/:\w+/g, 'x'))
      assert.equal(answer.status, 404, path)
    }
  })

  test('a cookie of one is nothing at the other, under its own name and under the other’s', async () => {
    const [own, theirs] = ['sekisho_console_session', 'sekisho_session']
    const [token, customersToken] = [
      operator.client.cookies.get(own),
      customer.client.cookies.get(theirs),
    ]
    assert.ok(token && customersToken)
    expectStatus(await operator.client.get('/api/session'), 200)
    expectStatus(await customer.client.get('/api/session'), 200)
    for (const name of [own, theirs]) {
      const atDesk = deskClient(desk)
      atDesk.setCookie(name, customersToken)
      assert.equal(expectProblem(await atDesk.get('/api/session'), 401), 'not_signed_in')
      const there = world.client()
      there.setCookie(name, token)
      assert.equal(expectProblem(await there.get('/api/session'), 401), 'not_signed_in')
    }
    // A browser sends both to either port of one host: each takes its own.
    const mixed = confused(world.client(), operator.client)
    confused(mixed, customer.client)
    const session = await mixed.get<{ account: { loginId: string } }>('/api/session')
    assert.equal(expectStatus(session, 200).account.loginId, customer.account.loginId)
    const back = mixed.through(urlOf(desk))
    assert.equal(back.cookies.get(own), token)
    // Signing out of one leaves the other signed in.
    const elsewhere = await world.signIn(await world.addAccount(), world.client())
    confused(elsewhere, operator.client)
    expectStatus(await elsewhere.delete('/api/session'), 204)
    expectStatus(await operator.client.get('/api/session'), 200)
  })

  test('a customer’s passkey signs nobody in at the console', async () => {
    // One device for both, on one host: both relying parties are `localhost`.
    const shared = deskAuthenticator(world)
    shared.credentials.push(...customer.authenticator.credentials)
    const client = deskClient(desk)
    const refused = await signInAtDesk(client, shared)
    assert.equal(expectProblem(refused, 400), 'passkey_not_verified')
    // The browser must not be told to forget what the customers' application knows.
    assert.equal((refused.body as { unknown?: boolean }).unknown, undefined)
    assert.ok(!client.cookies.has('sekisho_console_session'))
    assert.equal(await operatorCount(), 1)
  })

  test('an operator’s passkey proves nothing at the customers’ application', async () => {
    const client = world.client()
    expectStatus(await givePassword(client, customer.account), 200)
    const options = await askPasskey(client, customer.passkey.id)
    const held = world.authenticator()
    held.credentials.push(...operator.authenticator.credentials)
    const answer = await held.get({ ...options, allowCredentials: [] })
    assert.equal(
      expectProblem(await client.post('/api/sign-in/passkey', answer), 400),
      'passkey_not_verified',
    )
  })

  test('a challenge of one is none of the other', async () => {
    // A passkey of the console, over a challenge of the customers, on the console's origin.
    const customers = world.client()
    expectStatus(await givePassword(customers, customer.account), 200)
    const theirs = await askPasskey(customers, customer.passkey.id)
    const client = deskClient(desk)
    const ours = expectStatus(
      await client.post<PublicKeyCredentialRequestOptionsJSON>('/api/sign-in/options'),
      200,
    )
    const swapped = await operator.authenticator.get({ ...ours, challenge: theirs.challenge })
    assert.equal(expectProblem(await client.post('/api/sign-in', swapped), 400), 'ceremony_expired')
    const back = await customer.authenticator.get({ ...theirs, challenge: ours.challenge })
    const refused = await customers.post('/api/sign-in/passkey', back)
    assert.equal(expectProblem(refused, 400), 'ceremony_expired')

    // The same for new passkeys.
    const account = await world.addAccount()
    const registering = await world.signIn(account)
    await openRegistration(world, registering, account)
    const device = { name: 'Windows', device: 'this-device' }
    const create = (from: HttpClient, path: string, body: object) =>
      from.post<PublicKeyCredentialCreationOptionsJSON>(path, body)
    const made = expectStatus(await create(registering, '/api/passkeys/options', device), 200)
    const { code } = await addOperator(desk, { roles: ['agent'] })
    const enrolling = expectStatus(
      await create(deskClient(desk), '/api/enrolment/options', { code }),
      200,
    )
    const forDesk = await deskAuthenticator(world).create({
      ...enrolling,
      challenge: made.challenge,
    })
    const enrolled = await deskClient(desk).post('/api/enrolment', forDesk)
    assert.equal(expectProblem(enrolled, 400), 'ceremony_expired')
    const forCustomers = await world
      .authenticator()
      .create({ ...made, challenge: enrolling.challenge })
    const registered = await registering.post('/api/passkeys', forCustomers)
    assert.equal(expectProblem(registered, 400), 'ceremony_expired')
  })

  test('an answer made at a page of one is refused at the other, although the host is one', async () => {
    const client = deskClient(desk)
    const options = expectStatus(
      await client.post<PublicKeyCredentialRequestOptionsJSON>('/api/sign-in/options'),
      200,
    )
    const answer = await operator.authenticator.get(options, { origin: world.origin })
    assert.equal(
      expectProblem(await client.post('/api/sign-in', answer), 400),
      'passkey_not_verified',
    )
  })

  async function operatorCount() {
    const rows = await desk.deps.db.selectFrom('operator_sessions').select('id').execute()
    return rows.length
  }
})

function urlOf(desk: RunningConsole): string {
  return `http://127.0.0.1:${desk.port}`
}

/** The paths that take GET at the console. */
function pathsOf({ deps }: RunningConsole): readonly string[] {
  const isGet = (method: string) => method === 'GET' || method === 'ALL'
  const { routes } = createConsole(deps)
  return [...new Set(routes.filter(({ method }) => isGet(method)).map(({ path }) => path))]
}
