// Rule 42: a breached password is not set, and where one is used it is told after the second factor alone. Until
// it is changed nothing else works, and applications get nothing.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { freshSignIn } from '../../src/limits/passkeys.ts'
import { lockByCommand } from '../../src/operations/support/lock-account.ts'
import { requireAccount } from '../../src/surfaces/cli/with-account.ts'
import { actions } from '../../src/surfaces/customer/app.ts'
import { BreachedList } from '../support/world/breached.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { accountWithPasskey, givePassword, signInWithPasskey } from '../support/world/journeys.ts'
import { answerOf, isActive, tokensOf } from '../support/world/openid.ts'
import {
  authorizationRequest,
  callback,
  follow,
  redeem,
  register,
  type RelyingParty,
} from '../support/world/relying-party.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const list = new BreachedList()
after(() => list.remove())

const support = { name: 'yamada', reason: 'test' }
const env = { SEKISHO_BREACHED_PASSWORDS: list.path }

onEachDatabase('a breached password', { reachable: true, env }, (world) => {
  let desk: RelyingParty
  before(async () => {
    desk = await register(world)
  })
  beforeEach(() => list.hold([]))

  /** An account whose password has leaked since it was set. */
  async function leaked(): Promise<TestAccount> {
    const account = await world.addAccount()
    list.hold([account.password])
    return account
  }

  const change = (client: HttpClient, { password }: TestAccount, newPassword: string) =>
    client.put<{ why?: string; detail: string }>('/api/password', { password, newPassword })

  const isHeldBack = async (client: HttpClient) =>
    expectProblem(await client.get('/api/passkeys'), 403) === 'password_change_needed'

  test('is set by nobody, and one that is not on the list is', async () => {
    list.hold(['a leaked pass phrase'])
    const words = ['accounts', 'add', '--login-id', 'saburo', '--email', 'saburo@example.jp']
    const add = [...words, '--display-name', '佐藤 三郎', '--password-stdin']
    const refused = await world.command(add, 'a leaked pass phrase\n')
    assert.deepEqual([refused.status, /breached/.test(refused.errors)], [1, true])
    assert.equal((await world.command(add, 'a leaked pass phrasE\n')).status, 0)
  })

  test('is told by nothing before the second factor, whether it is right or not', async () => {
    const [account, sound] = [await world.addAccount(), await world.addAccount()]
    list.hold([account.password, 'wrong but leaked'])
    const [one, other] = [world.client(), world.client()]
    const first = await givePassword(one, account)
    list.hold([])
    const second = await givePassword(other, sound)
    assert.deepEqual(Object.keys(first.body), Object.keys(second.body))
    assert.deepEqual(Object.keys(first.headers).sort(), Object.keys(second.headers).sort())
    list.hold(['wrong but leaked'])
    for (const password of ['wrong but leaked', 'wrong and unknown']) {
      const refused = await givePassword(world.client(), { ...account, password })
      assert.equal(expectProblem(refused, 401), 'sign_in_refused')
    }
    assert.doesNotMatch(world.log.join('\n'), /leaked|breach/)
  })

  test('lets the session do nothing but show itself and end, by either factor', async () => {
    const byPasskey = await accountWithPasskey(world)
    const account = await leaked()
    const { authenticator, passkey } = byPasskey
    for (const client of [
      await world.signIn(account),
      await signInWithPasskey(world, byPasskey.account, authenticator, passkey.id),
    ]) {
      expectStatus(await client.get('/api/session'), 200)
      expectStatus(await client.get('/api/session/end'), 200)
      assert.ok(await isHeldBack(client))
      expectStatus(await client.delete('/api/session'), 204)
      assert.equal(expectProblem(await client.get('/api/session'), 401), 'not_signed_in')
    }
  })

  test('holds back every call that needs a session, whatever its body', async () => {
    const client = await world.signIn(await leaked())
    const works = [
      ...['GET /api/session', 'DELETE /api/session'],
      ...['PUT /api/password', 'POST /api/stop'],
    ]
    const ofSessions = actions.filter(([, , { problems }]) => problems.includes('not_signed_in'))
    const others = ofSessions.filter(
      ([method, path]) => ![...works, 'GET /api/session/end'].includes(`${method} ${path}`),
    )
    assert.ok(others.length > 15)
    for (const [method, path, { problems }] of others) {
      assert.ok(problems.includes('password_change_needed'), `${method} ${path}`)
    }
    for (const [method, path] of others.filter(([, , { body }]) => body === null)) {
      const answer = await client.raw({ method, path: path.replace(':id', 'A'.repeat(22)) })
      assert.equal(expectProblem(answer, 403), 'password_change_needed', `${method} ${path}`)
    }
  })

  test('holds nobody back who stops the account: that only closes', async () => {
    const ways = [
      ['trading', 403, 'password_change_needed'],
      ['sign-in', 401, 'not_signed_in'],
    ] as const
    for (const [level, status, code] of ways) {
      list.hold([])
      const client = await world.signIn(await leaked())
      expectStatus(await client.post('/api/stop', { level }), 204)
      assert.equal(expectProblem(await client.delete('/api/stop'), status), code)
    }
  })

  test('leads every page of the portal to the change, with the way back', async () => {
    const client = await world.signIn(await leaked())
    for (const page of ['/portal', '/portal/passkeys/new', '/portal/second-factor?x=1']) {
      const { status, headers } = await client.get(page)
      const leads = `/portal/password?continueTo=${encodeURIComponent(page)}`
      assert.deepEqual([status, headers.location], [303, leads])
    }
    const { headers } = await client.get('/sign-in?continueTo=%2Fportal%2Fsecond-factor')
    assert.equal(headers.location, '/portal/password?continueTo=%2Fportal%2Fsecond-factor')
  })

  test('gives applications nothing, asked with a page or without', async () => {
    const client = await world.signIn(await leaked())
    const request = await authorizationRequest(desk)
    const waits = await follow(client, request.address)
    assert.equal(waits.pathname, '/portal/password')
    const on = waits.searchParams.get('continueTo') ?? ''
    assert.match(on, /^\/oauth2\/interaction\//)
    const pressed = await client.post(on, { question: 'account', session: 'A'.repeat(22) })
    assert.equal(expectProblem(pressed, 403), 'password_change_needed')

    const silent = await authorizationRequest(desk, { prompt: 'none' })
    const answer = await follow(client, silent.address)
    assert.deepEqual(answerOf(world, answer), { code: null, error: 'login_required' })
  })

  test('ends in a sign-out that an application asks for', async () => {
    const account = await world.addAccount()
    const before = await world.signIn(account)
    const { id_token: hint = '', access_token: token } = await tokensOf(desk, before)
    list.hold([account.password])
    await world.signIn(account, before)
    const query = new URLSearchParams({ id_token_hint: hint })
    const page = await before.get(`/oauth2/logout?${query.toString()}`)
    assert.equal(page.status, 200)
    assert.equal(await isActive(desk, token), false)
  })

  test('is changed by the present one alone, without a hold, and then all works', async () => {
    const account = await leaked()
    const elsewhere = await world.signIn(account)
    const client = await world.signIn(account)
    list.hold([account.password, 'another leaked one'])
    const wrong = { ...account, password: 'not the present one' }
    assert.equal(expectProblem(await change(client, wrong, 'kx7 Qm2v Lp9'), 400), 'password_wrong')
    const leakedToo = await change(client, account, 'another leaked one')
    assert.equal(expectProblem(leakedToo, 400), 'password_not_allowed')
    assert.equal(leakedToo.body.why, 'breached')
    assert.match(leakedToo.body.detail, /流出したパスワードの一覧に載っています/)
    assert.ok(await isHeldBack(client))

    expectStatus(await change(client, account, 'kx7 Qm2v Lp9'), 204)
    const { hold } = expectStatus(await client.get<{ hold: unknown }>('/api/session'), 200)
    assert.equal(hold, null)
    expectStatus(await client.get('/api/passkeys'), 200)
    assert.equal(expectProblem(await elsewhere.get('/api/session'), 401), 'not_signed_in')
    const again = await world.signIn({ ...account, password: 'kx7 Qm2v Lp9' })
    expectStatus(await again.get('/api/passkeys'), 200)
    // The leave to do without a proof was for that once.
    const once = await change(client, { ...account, password: 'kx7 Qm2v Lp9' }, 'kx7 Qm2v Lp8')
    assert.equal(expectProblem(once, 403), 'proof_needed')
  })

  test('keeps an application waiting, which then gets what it asked for', async () => {
    const account = await leaked()
    const client = world.client()
    const request = await authorizationRequest(desk)
    const signIn = await follow(client, request.address)
    assert.equal(signIn.pathname, '/sign-in')
    const continueTo = signIn.searchParams.get('continueTo') ?? ''
    await world.signIn(account, client)
    const waits = await follow(client, continueTo)
    assert.equal(waits.pathname, '/portal/password')
    expectStatus(await change(client, account, 'kx7 Qm2v Lp9'), 204)
    const arrived = await follow(client, waits.searchParams.get('continueTo') ?? '')
    assert.ok(arrived.href.startsWith(callback))
    assert.ok((await redeem(desk, arrived, request)).id_token)
  })

  test('cannot be set where the list has gone', async (t) => {
    const account = await leaked()
    const client = await world.signIn(account)
    t.after(() => list.hold([]))
    list.lose()
    const answer = await change(client, account, 'kx7 Qm2v Lp9')
    assert.equal(expectProblem(answer, 503), 'busy')
    world.log.splice(0)
  })

  test('does not keep back a session that began before it leaked, nor one of another account', async () => {
    const account = await world.addAccount()
    const before = await world.signIn(account)
    list.hold([account.password])
    expectStatus(await before.get('/api/passkeys'), 200)
    assert.ok(await isHeldBack(await world.signIn(account)))
  })

  test('is looked for only behind a right one: guesses read nothing', async (t) => {
    const [account, closed] = [await world.addAccount(), await world.addAccount()]
    await lockByCommand(world.deps, await requireAccount(world.deps, closed.loginId), support)
    t.after(() => list.hold([]))
    list.lose()
    for (const guess of [{ ...account, password: 'a wrong one' }, closed]) {
      const refused = await givePassword(world.client(), guess)
      assert.equal(expectProblem(refused, 401), 'sign_in_refused')
    }
    assert.doesNotMatch(world.log.join('\n'), /list of breached passwords/)
  })

  test('is not looked for where the list has gone: nobody is kept out', async (t) => {
    const account = await world.addAccount()
    t.after(() => list.hold([]))
    list.lose()
    const client = await world.signIn(account)
    expectStatus(await client.get('/api/passkeys'), 200)
    assert.match(world.log.splice(0).join('\n'), /list of breached passwords cannot be read/)
  })
})

onEachDatabase('a breached password and the clock', { env }, (world) => {
  test('is changed by a sign-in that is fresh, and by no older one', async () => {
    list.hold([])
    const account = await world.addAccount()
    const { password } = account
    const newPassword = 'kx7 Qm2v Lp9'
    list.hold([password])
    const client = await world.signIn(account)
    world.advance(freshSignIn)
    const form = await client.get<string>('/portal/password')
    assert.match(form.text, /id="password-form"/)
    world.advance(1)
    const page = await client.get<string>('/portal/password')
    for (const part of ['sign-in-again', 'emergency-stop']) {
      assert.ok(page.text.includes(`id="${part}"`), part)
    }
    assert.doesNotMatch(page.text, /id="password-form"/)
    const late = await client.put('/api/password', { password, newPassword })
    assert.equal(expectProblem(late, 403), 'sign_in_again')
    const again = await world.signIn(account)
    world.advance(freshSignIn)
    expectStatus(await again.put('/api/password', { password, newPassword }), 204)
  })
})
