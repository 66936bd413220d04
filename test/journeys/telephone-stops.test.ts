// The listener for the broker's telephone computer: it stops, raises only, and tells nothing of accounts (rule 46).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes, toIso } from '../../src/kernel/clock.ts'
import { telephoneKeys, telephoneStops } from '../../src/limits/stops.ts'
import { accountRecord } from '../support/checks/records.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { activationOf, giveActivation } from '../support/world/recovery.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const key = 'a key of the telephone computer, long enough'
// A dual-stack socket shows IPv4 as IPv6.
const env = {
  ...{ SEKISHO_TELEPHONE_PORT: '0', SEKISHO_TELEPHONE_HOST: '::' },
  SEKISHO_TELEPHONE_KEY: key,
}

onEachDatabase('the telephone computer', { env }, (world) => {
  const url = () => `http://127.0.0.1:${world.nodes[0]?.telephonePort ?? 0}/telephone/stop`
  const send = async (body: unknown, headers: Record<string, string> = {}, method = 'POST') => {
    const answer = await fetch(url(), {
      method,
      headers: {
        ...{ authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...headers,
      },
      ...(method === 'POST' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, text, headers: answer.headers }
  }
  const standing = async (account: TestAccount) => {
    const { stop_level: level, lock_reason: lock } = await accountRecord(world, account)
    return [level, lock]
  }

  test('stops trading where it names no level, raises, and never lowers', async () => {
    const account = await world.addAccount()
    const { loginId } = account
    const client = await world.signIn(account)
    assert.equal((await send({ loginId: ` ${loginId.toUpperCase()} ` })).status, 202)
    assert.deepEqual(await standing(account), ['trading', null])
    await world.nextMail(account, '出金とお取引を停止しました')
    expectStatus(await client.get('/api/session'), 200)
    assert.equal((await send({ loginId, level: 'withdrawal' })).status, 202)
    assert.deepEqual(await standing(account), ['trading', null])
    assert.equal((await send({ loginId, level: 'sign-in' })).status, 202)
    assert.deepEqual(await standing(account), ['trading', 'holder'])
    expectProblem(await client.get('/api/session'), 401)
    assert.equal((await send({ loginId })).status, 202)
    assert.deepEqual(await standing(account), ['trading', 'holder'])
    const since = toIso((await accountRecord(world, account)).stopped_at)
    const show = (...more: string[]) =>
      world.command(['accounts', 'show', '--login-id', loginId, ...more])
    assert.match((await show()).output, new RegExp(`^stop: trading since ${since}$`, 'm'))
    const { stop } = JSON.parse((await show('--json')).output) as { stop: object }
    assert.deepEqual(stop, { level: 'trading', since })
  })

  test('ends an activation code where as much is stopped already, as the session does', async () => {
    for (const way of ['telephone', 'session']) {
      const account = await world.addAccount()
      const client = await world.signIn(account)
      const stop = async () => {
        if (way === 'telephone') await send({ loginId: account.loginId })
        else expectStatus(await client.post('/api/stop', { level: 'trading' }), 204)
      }
      await stop()
      const code = await activationOf(world, account)
      world.advance(minutes)
      await stop()
      const { answer } = await giveActivation(world, account, code)
      assert.equal(expectProblem(answer, 400), 'activation_refused', way)
    }
  })

  test('tells who is locked out, and cannot sign in, of no lifting', async () => {
    const account = await world.addAccount()
    const { loginId } = account
    const subject = '出金とお取引を停止しました'
    await send({ loginId, level: 'sign-in' })
    await send({ loginId })
    const { text } = await world.nextMail(account, subject)
    assert.doesNotMatch(text, /解除できます|lift the stop/)
    assert.match(text, /0120-000-000/)
  })

  test('hears the same of an account that nobody has, that is stopped, or that is closed', async () => {
    const account = await world.addAccount()
    const words = ['accounts', 'close', '--login-id', account.loginId, '--reason', 'left']
    await world.command(words)
    const answers = [
      await send({ loginId: 'nobody-has-this' }),
      await send({ loginId: 'パスワードかもしれない' }),
      await send({ loginId: account.loginId, level: 'sign-in' }),
    ]
    for (const { status, text } of answers) assert.deepEqual([status, text], [202, ''])
    const trail = await world.deps.db.selectFrom('audit_events').selectAll().execute()
    assert.ok(!JSON.stringify(trail).includes('パスワード'))
  })

  test('is let in by its key alone, and to its one call', async () => {
    const account = await world.addAccount()
    const body = { loginId: account.loginId }
    for (const authorization of ['', `Bearer ${key}.`, `Bearer ${key.slice(1)}`, `Basic ${key}`]) {
      const { status, text, headers } = await send(body, { authorization })
      assert.equal(status, 401)
      assert.equal(headers.get('www-authenticate'), 'Bearer')
      assert.match(text, /not_signed_in/)
    }
    assert.equal((await send(body, {}, 'GET')).status, 405)
    assert.equal((await send(body, { 'content-type': 'text/plain' })).status, 415)
    for (const wrong of ['', '{', '[]', '{"loginId":1}', '{"loginId":"abc","level":"none"}']) {
      assert.equal((await send(wrong)).status, 400, wrong)
    }
    assert.equal((await send({ loginId: 'x'.repeat(5000) })).status, 413)
    assert.equal((await fetch(new URL('/api/session', url()))).status, 404)
    assert.deepEqual(await standing(account), [null, null])
    expectStatus(await world.client().get('/'), 303)
    expectProblem(await world.client().post('/telephone/stop', body), 404)
  })

  test('waits after too many wrong keys of one address, and stops of one login ID', async () => {
    world.advance(20 * minutes)
    const tries = []
    for (let count = 0; count <= telephoneKeys.failures; count += 1) {
      tries.push((await send({ loginId: 'abc' }, { authorization: 'Bearer no' })).status)
    }
    assert.deepEqual(tries.slice(-2), [401, 429])
    assert.equal((await send({ loginId: 'nobody' })).status, 202, 'the right key is no wrong one')
    const counted = world.deps.db.selectFrom('throttles').where('key', 'like', 'telephone/%')
    const keys = (await counted.select('key').execute()).map(({ key: one }) => one)
    assert.deepEqual(keys, ['telephone/127.0.0.1'])
    const account = await world.addAccount()
    for (const loginId of [account.loginId, 'somebody-else']) {
      for (let count = 0; count < telephoneStops.failures; count += 1) {
        assert.equal((await send({ loginId })).status, 202)
      }
      const { status, headers } = await send({ loginId: loginId.toUpperCase() })
      assert.equal(status, 429)
      assert.ok(Number(headers.get('retry-after')) > 0)
    }
    // Lower ones keep out none that stops more, and nobody else's is kept out.
    const next = await world.addAccount()
    assert.equal((await send({ loginId: next.loginId })).status, 202)
    assert.deepEqual(await standing(next), ['trading', null])
    assert.equal((await send({ loginId: account.loginId, level: 'sign-in' })).status, 202)
    assert.deepEqual(await standing(account), ['trading', 'holder'])
  })
})
