// The holder's brake (rule 46): what a stop ends, on every node, and the way back.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { holdAccount } from '../../src/domain/accounts/hold-account.ts'
import { transact } from '../../src/domain/act.ts'
import { fromNowhere } from '../../src/domain/actor.ts'
import { selectLiveSignIn } from '../../src/domain/sign-ins/store.ts'
import { hours, minuteFrom, minutes } from '../../src/kernel/clock.ts'
import { Problem } from '../../src/kernel/http/problem.ts'
import { formatTime, zoneIn } from '../../src/kernel/time.ts'
import { manyStops } from '../../src/limits/stops.ts'
import { stopAccount } from '../../src/operations/stop/stop-account.ts'
import { stopFromSignIn } from '../../src/operations/stop/stop.ts'
import { accountRecord, eventsOf } from '../support/checks/records.ts'
import { proveChange } from '../support/world/changes.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { accountWithPasskey, givePassword } from '../support/world/journeys.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

interface SessionSays {
  readonly stop: string | null
  readonly stoppedAt: string | null
}

const stopped = '口座を緊急停止しました'

onEachDatabase('a stop', { env: { SEKISHO_TRUSTED_PROXIES: '127.0.0.0/8' } }, (world) => {
  before(() => world.startNode())

  const stopOf = async (client: HttpClient) =>
    expectStatus(await client.get<SessionSays>('/api/session'), 200).stop
  const raisedAt = async (client: HttpClient) =>
    expectStatus(await client.get<SessionSays>('/api/session'), 200).stoppedAt
  const rowsOf = async (account: TestAccount) => {
    const { id } = await accountRecord(world, account)
    return world.deps.db.selectFrom('stops').selectAll().where('account_id', '=', id).execute()
  }
  /** A browser somewhere else, where the password was given. */
  const atSecondFactor = async (account: TestAccount, address: string) => {
    const path = '/api/sign-in'
    const { loginId, password } = account
    const client = world.client()
    const headers = { 'x-forwarded-for': address, 'content-type': 'application/json' }
    const body = JSON.stringify({ loginId, password })
    expectStatus(await client.raw({ method: 'POST', path, headers, body }), 200)
    return () =>
      client.raw({ method: 'POST', path: `${path}/stop`, headers: { 'x-forwarded-for': address } })
  }

  test('from a session locks the account, ends its sessions and attempts on every node, and is told', async () => {
    const account = await world.addAccount()
    const holder = await world.signIn(account)
    const thief = await world.signIn(account, world.client({ node: 1 }))
    const waiting = world.client({ node: 1 })
    expectStatus(await givePassword(waiting, account), 200)
    const before = await accountRecord(world, account)
    expectStatus(await holder.post('/api/stop'), 204)
    for (const client of [holder, thief]) {
      const refused = await client.get<{ ended: string; detail: string }>('/api/session')
      assert.equal(expectProblem(refused, 401), 'not_signed_in')
      assert.equal(refused.body.ended, 'stopped')
      assert.match(refused.body.detail, /緊急停止/)
    }
    assert.equal(expectProblem(await waiting.get('/api/sign-in'), 404), 'no_sign_in')
    assert.equal(expectProblem(await givePassword(world.client(), account), 401), 'sign_in_refused')
    const { lock_reason: reason, factors_version: version } = await accountRecord(world, account)
    assert.equal(reason, 'holder')
    assert.ok(version > before.factors_version, 'what was permitted before it is refused (rule 9)')
    await world.nextMail(account, stopped)
    const [event] = await eventsOf(world, account, 'authz_stopped')
    assert.deepEqual(event?.detail, { level: 'sign-in', way: 'session' })
    assert.deepEqual(
      (await rowsOf(account)).map(({ network }) => network),
      [null],
    )
  })

  test('of trades leaves no page that tells its holder to trade as usual', async () => {
    const { client } = await accountWithPasskey(world)
    for (const path of ['/portal', '/portal/password']) {
      assert.match((await client.get(path)).text, /これまでどおり/)
    }
    expectStatus(await client.post('/api/stop', { level: 'trading' }), 204)
    for (const path of ['/portal', '/portal/password']) {
      const { text } = await client.get(path)
      assert.match(text, /出金などのお手続き/)
      assert.doesNotMatch(text, /これまでどおり/)
    }
  })

  test('at the second factor needs the password alone, and makes every browser unknown', async () => {
    const { account, client } = await accountWithPasskey(world)
    const other = world.client()
    assert.equal(expectProblem(await other.post('/api/sign-in/stop'), 404), 'no_sign_in')
    expectStatus(await givePassword(other, account), 200)
    expectStatus(await other.post('/api/sign-in/stop'), 204)
    assert.equal(expectProblem(await other.get('/api/sign-in'), 404), 'no_sign_in')
    expectProblem(await client.get('/api/session'), 401)
    expectProblem(await givePassword(client, account), 401)
    const { id } = await accountRecord(world, account)
    const known = world.deps.db.selectFrom('known_browsers').where('account_id', '=', id)
    assert.deepEqual(await known.selectAll().execute(), [])
    const [row] = await rowsOf(account)
    assert.deepEqual([row?.way, row?.network], ['unknown-browser', '127.0.0.1'])
  })

  test('is of no use to a code or passkey that was on its way', async () => {
    const account = await world.addAccount()
    const [one, two] = [world.client(), world.client()]
    expectStatus(await givePassword(one, account), 200)
    const code = await world.nextCode(account)
    world.advance(minutes)
    expectStatus(await givePassword(two, account), 200)
    await world.nextCode(account)
    expectStatus(await two.post('/api/sign-in/stop'), 204)
    assert.equal(
      expectProblem(await one.post('/api/sign-in/email-code', { code }), 404),
      'no_sign_in',
    )
  })

  test('serves no attempt that has ended since it was read, and charges it to nobody', async () => {
    const { account } = await accountWithPasskey(world)
    const other = world.client()
    expectStatus(await givePassword(other, account), 200)
    const { db } = world.deps
    const { id } = await accountRecord(world, account)
    const attempt = db.selectFrom('sign_ins').where('account_id', '=', id)
    const { token_hash: token } = await attempt.selectAll().executeTakeFirstOrThrow()
    const read = await selectLiveSignIn(db, token, world.now)
    assert.ok(read)
    expectStatus(await other.delete('/api/sign-in'), 204)
    const address = '198.51.100.77'
    const caller = { address, requestId: 'a', browser: null, system: null, language: 'ja' } as const
    await assert.rejects(
      stopFromSignIn(world.deps, { ...read, continueTo: '/portal' }, { caller, tokens: [] }),
      (error) => error instanceof Problem && error.code === 'no_sign_in',
    )
    assert.equal((await accountRecord(world, account)).lock_reason, null)
    const charged = db.selectFrom('throttles').where('key', '=', `stop/${address}`)
    assert.deepEqual(await charged.selectAll().execute(), [])
  })

  test('of the lower levels is there once what else has locked the account is reopened', async () => {
    const account = await world.addAccount()
    const lock = (how: string) =>
      world.command(['accounts', how, '--login-id', account.loginId, '--reason', 'she called'])
    const { id } = await accountRecord(world, account)
    for (const level of ['withdrawal', 'trading'] as const) {
      assert.equal((await lock('lock')).status, 0)
      await transact(world.deps, fromNowhere('guest'), async (act) => {
        const held = await holdAccount(act, { id })
        await stopAccount(act, held, { level, way: 'telephone', network: null })
      })
      assert.equal((await lock('unlock')).status, 0)
      const client = await world.signIn(account)
      assert.equal(await stopOf(client), level)
      expectStatus(await client.delete('/api/session'), 204)
      world.advance(hours)
    }
  })

  test('says in its mail what lifts it, and from when on', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    expectStatus(await client.post('/api/stop', { level: 'withdrawal' }), 204)
    const { text } = await world.nextMail(account, '出金を停止しました')
    const from = formatTime(minuteFrom(world.now + 24 * hours), zoneIn('ja', 'Asia/Tokyo'))
    assert.ok(text.includes(`${from} から`), text)
    assert.match(text, /パスワード/)
    const holder = await accountWithPasskey(world)
    expectStatus(await holder.client.post('/api/stop', { level: 'trading' }), 204)
    const mail = await world.nextMail(holder.account, '出金とお取引を停止しました')
    assert.match(mail.text, /パスキー/)
    assert.doesNotMatch(mail.text, /パスワード/)
  })

  test('rises and never falls by a stop', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    assert.deepEqual([await stopOf(client), await raisedAt(client)], [null, null])
    expectStatus(await client.post('/api/stop', { level: 'withdrawal' }), 204)
    assert.equal(await stopOf(client), 'withdrawal')
    world.advance(minutes)
    expectStatus(await client.post('/api/stop', { level: 'trading' }), 204)
    const since = new Date(world.now).toISOString()
    assert.deepEqual([await stopOf(client), await raisedAt(client)], ['trading', since])
    world.advance(minutes)
    expectStatus(await client.post('/api/stop', { level: 'withdrawal' }), 204)
    assert.equal(await stopOf(client), 'trading')
    assert.equal(await raisedAt(client), since, 'its time begins anew only when it rises')
    assert.equal((await rowsOf(account)).length, 2)
    assert.equal(
      expectProblem(await client.post('/api/stop', { level: 'all' }), 400),
      'invalid_request',
    )
  })

  test('with a passkey as the factor is lifted at once by a fresh proof, which serves once', async () => {
    const { account, client, passkey, authenticator } = await accountWithPasskey(world)
    assert.equal(expectProblem(await client.delete('/api/stop'), 403), 'proof_needed')
    expectStatus(await client.post('/api/stop', { level: 'trading' }), 204)
    assert.equal(expectProblem(await client.delete('/api/stop'), 403), 'proof_needed')
    await proveChange(client, { authenticator, passkey })
    expectStatus(await client.delete('/api/stop'), 204)
    assert.deepEqual([await stopOf(client), await raisedAt(client)], [null, null])
    await world.nextMail(account, '停止を解除しました')
    expectStatus(await client.post('/api/stop', { level: 'withdrawal' }), 204)
    assert.equal(expectProblem(await client.delete('/api/stop'), 403), 'proof_needed')
  })

  test('with e-mail as the factor waits a day, and its lifting needs the password too', async () => {
    const account = await world.addAccount()
    const { password } = account
    const client = await world.signIn(account)
    expectStatus(await client.post('/api/stop', { level: 'trading' }), 204)
    const until = new Date(world.now + 24 * hours).toISOString()
    const lift = (body: object) =>
      client.delete<{ until?: string; detail: string }>('/api/stop', body)
    assert.equal(expectProblem(await lift({ password }), 403), 'proof_needed')
    await proveChange(client, { world, account })
    const early = await lift({ password })
    assert.equal(expectProblem(early, 409), 'stop_waits')
    assert.match(early.body.detail, /カスタマーサポートでも、それより前には解除できません/)
    assert.equal(early.body.until, until)
    world.advance(24 * hours)
    await world.signIn(account, client)
    await proveChange(client, { world, account })
    assert.equal(expectProblem(await lift({}), 400), 'password_wrong')
    assert.equal(expectProblem(await lift({ password: 'not mine' }), 400), 'password_wrong')
    assert.equal(await stopOf(client), 'trading')
    expectStatus(await lift({ password }), 204)
    assert.equal(await stopOf(client), null)
  })

  test('from browsers that accounts do not know is taken five times an hour of one network', async () => {
    const address = '2001:db8:7:1::5'
    const victims = await Promise.all(Array.from({ length: 7 }, () => world.addAccount()))
    for (const victim of victims.slice(0, 5)) {
      expectStatus(await (await atSecondFactor(victim, address))(), 204)
    }
    const [sixth, seventh] = victims.slice(5) as [TestAccount, TestAccount]
    const refused = await (await atSecondFactor(sixth, '2001:db8:7:1::6'))()
    assert.equal(expectProblem(refused, 429), 'too_many_stops')
    assert.match((refused.body as { detail: string }).detail, /0120-000-000/)
    assert.ok(Number(refused.headers['retry-after']) > 0)
    assert.equal((await accountRecord(world, sixth)).lock_reason, null)
    const alerts = await world.deps.db.selectFrom('alerts').selectAll().execute()
    const told = alerts.filter(({ kind }) => kind === 'many-stops').map(({ detail }) => detail)
    assert.deepEqual(
      told.map((one) => JSON.parse(one) as object),
      [{ stoppedFrom: '2001:db8:7:1::/64', stops: 5 }],
    )
    // From the holder's own browser it works all the same, and from elsewhere.
    const own = await world.signIn(seventh)
    expectStatus(await own.delete('/api/session'), 204)
    const headers = { 'x-forwarded-for': address, 'content-type': 'application/json' }
    const body = JSON.stringify({ loginId: seventh.loginId, password: seventh.password })
    world.advance(minutes)
    expectStatus(await own.raw({ method: 'POST', path: '/api/sign-in', headers, body }), 200)
    const sent = {
      method: 'POST',
      path: '/api/sign-in/stop',
      headers: { 'x-forwarded-for': address },
    }
    expectStatus(await own.raw(sent), 204)
    assert.equal((await rowsOf(seventh))[0]?.way, 'known-browser')
    expectStatus(await (await atSecondFactor(sixth, '203.0.113.9'))(), 204)
  })

  test('ends where support reopens, with a hold, and the sign-in works again', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    expectStatus(await client.post('/api/stop', { level: 'sign-in' }), 204)
    const words = ['accounts', 'unlock', '--login-id', account.loginId, '--reason', 'she called']
    assert.equal((await world.command(words)).status, 0)
    const { hold_reason: reason } = await accountRecord(world, account)
    assert.equal(reason, 'account_reopened')
    await world.signIn(account)
  })

  test('that come in a burst are an alert over all networks, once an hour', async () => {
    world.advance(2 * hours)
    const overAll = async () => {
      const alerts = await world.deps.db.selectFrom('alerts').select(['kind', 'detail']).execute()
      const details = alerts.filter(({ kind }) => kind === 'many-stops')
      return details.map(({ detail }) => detail).filter((one) => !one.includes('stoppedFrom'))
    }
    const before = (await overAll()).length
    const { stops: most } = manyStops
    for (let count = 1; count <= most + 1; count += 1) {
      const stop = await atSecondFactor(await world.addAccount(), `203.0.113.${count}`)
      expectStatus(await stop(), 204)
      const told = (await overAll()).slice(before)
      assert.deepEqual(told, count < most ? [] : [JSON.stringify({ stops: most })], `${count}`)
    }
  })
})
