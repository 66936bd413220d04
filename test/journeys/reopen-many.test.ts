// Stops as a weapon (rule 46): one request reopens what strangers' stops from one network have locked, checked again.
import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import { hours, toIso } from '../../src/kernel/clock.ts'
import { mostReopened } from '../../src/limits/stops.ts'
import { accountIdOf, accountRecord } from '../support/checks/records.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import {
  approve,
  askedFor,
  type AtDesk,
  pairAtDesk,
  refusedApproval,
  signInAgain,
  why,
} from '../support/world/requests.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const key = 'a key of the telephone computer, long enough'
const env = {
  SEKISHO_TRUSTED_PROXIES: '127.0.0.0/8',
  SEKISHO_TELEPHONE_PORT: '0',
  SEKISHO_TELEPHONE_KEY: key,
}

onEachDatabase('many stopped accounts', { env }, (world) => {
  let agent: AtDesk
  let approver: AtDesk
  before(async () => {
    ;({ agent, approver } = await pairAtDesk(world))
  })
  beforeEach(async () => {
    world.advance(2 * hours)
    await Promise.all([agent, approver].map(signInAgain))
  })

  const stopFrom = async (account: TestAccount, address: string, client = world.client()) => {
    const from = { 'x-forwarded-for': address }
    const headers = { ...from, 'content-type': 'application/json' }
    const { loginId, password } = account
    const path = '/api/sign-in'
    const body = JSON.stringify({ loginId, password })
    expectStatus(await client.raw({ method: 'POST', path, headers, body }), 200)
    await world.nextCode(account)
    expectStatus(await client.raw({ method: 'POST', path: `${path}/stop`, headers: from }), 204)
  }
  const stopped = async (count: number, address: string) => {
    const accounts = await Promise.all(Array.from({ length: count }, () => world.addAccount()))
    for (const account of accounts) await stopFrom(account, address)
    return accounts
  }
  const lockOf = async (account: TestAccount) => (await accountRecord(world, account)).lock_reason
  const byTelephone = async ({ loginId }: TestAccount, level: string) => {
    const url = `http://127.0.0.1:${world.nodes[0]?.telephonePort ?? 0}/telephone/stop`
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ loginId, level })
    assert.equal((await fetch(url, { method: 'POST', headers, body })).status, 202)
  }
  const wanted = (stoppedFrom: string, since = world.now - hours) => ({
    ...{ act: 'reopen-many', stoppedFrom, since: toIso(since) },
  })
  const refused = async (body: object, status: number) =>
    expectProblem(await agent.client.post('/api/requests', { ...why, ...body }), status)

  test('are reopened together, with a hold each, and those of other networks and times stay', async () => {
    const early = await stopped(1, '203.0.113.5')
    world.advance(2 * hours)
    await Promise.all([agent, approver].map(signInAgain))
    const victims = await stopped(3, '203.0.113.5')
    const [other] = await stopped(1, '203.0.113.6')
    const since = world.now - hours
    const asked = await askedFor(agent, wanted('203.0.113.5', since))
    const [act] = (JSON.parse(asked.text) as { acts: { before: { accounts: string[] } }[] }).acts
    const ids = await Promise.all(victims.map((one) => accountIdOf(world, one)))
    assert.deepEqual(act?.before.accounts, ids.toSorted())
    assert.equal(expectStatus(await approve(approver, asked.id), 200).state, 'done')
    for (const one of victims) {
      const { lock_reason: lock, hold_reason: hold } = await accountRecord(world, one)
      assert.deepEqual([lock, hold], [null, 'account_reopened'])
      await world.nextMail(one, 'ログインの受け付けを再開しました')
      await world.signIn(one)
    }
    for (const one of [...early, other]) assert.equal(one && (await lockOf(one)), 'holder')
  })

  test('stay as they are where anything else keeps them locked, also since it was asked for', async () => {
    const address = '2001:db8:5::9'
    const [plain, called, locked, own] = (await stopped(4, address)) as [
      TestAccount,
      TestAccount,
      TestAccount,
      TestAccount,
    ]
    await world.deps.db
      .updateTable('operators')
      .set({ account_id: await accountIdOf(world, own) })
      .where('id', '=', approver.operator.id)
      .execute()
    const known = await world.addAccount()
    const client = await world.signIn(known)
    expectStatus(await client.delete('/api/session'), 204)
    world.advance(60_000)
    await stopFrom(known, address, client)
    const asked = await askedFor(agent, wanted('2001:db8:5:0:1::7'))
    await byTelephone(called, 'sign-in')
    const lock = `/api/accounts/${await accountIdOf(world, locked)}/lock`
    const reason = { reason: 'she called', ticket: 'T-9' }
    expectStatus(await agent.client.post(lock, reason), 204)
    assert.equal(expectStatus(await approve(approver, asked.id), 200).state, 'done')
    const locks = await Promise.all([plain, called, locked, own, known].map(lockOf))
    assert.deepEqual(locks, [null, 'holder', 'support', 'holder', 'holder'])
    await world.deps.db
      .updateTable('operators')
      .set({ account_id: null })
      .where('id', '=', approver.operator.id)
      .execute()
  })

  test('are opened by a pair once: the same two open nothing else of them within a day', async () => {
    const [victim] = (await stopped(1, '203.0.113.44')) as [TestAccount]
    const asked = await askedFor(agent, wanted('203.0.113.44'))
    expectStatus(await approve(approver, asked.id), 200)
    const accountId = await accountIdOf(world, victim)
    const further = await askedFor(agent, { accountId, act: 'end-hold' })
    assert.equal(await refusedApproval(world, approver, further.id, 403), 'same_pair')
  })

  test('are found behind any number that have been reopened, and none that the text does not name', async () => {
    const address = '203.0.113.91'
    const [first, second, third] = (await stopped(3, address)) as [
      TestAccount,
      TestAccount,
      TestAccount,
    ]
    const since = world.now - hours
    const named = async (one: TestAccount) => {
      const asked = await askedFor(agent, wanted(address, since))
      const [act] = (JSON.parse(asked.text) as { acts: { before: { accounts: string[] } }[] }).acts
      assert.deepEqual(act?.before.accounts, [await accountIdOf(world, one)])
      return asked
    }
    for (const { loginId } of [first, third]) {
      const words = ['accounts', 'unlock', '--login-id', loginId, '--reason', 'she called']
      assert.equal((await world.command(words)).status, 0)
    }
    const others = await accountIdOf(world, third)
    const { db } = world.deps
    const { at } = await db
      .selectFrom('stops')
      .select('at')
      .where('account_id', '=', await accountIdOf(world, first))
      .executeTakeFirstOrThrow()
    await db
      .insertInto('stops')
      .values(
        Array.from({ length: mostReopened }, (_, index) => ({
          ...{ id: `many-${index}`, account_id: others, at, level: 'sign-in' as const },
          ...{ way: 'unknown-browser' as const, network: address, reopened_by: 'earlier' },
        })),
      )
      .execute()
    const asked = await named(second)
    // Its stop is of the time that the text names, and its account is not.
    await db
      .updateTable('accounts')
      .set({ lock_reason: 'holder', locked_at: at })
      .where('login_id', '=', first.loginId)
      .execute()
    assert.equal(expectStatus(await approve(approver, asked.id), 200).state, 'done')
    assert.deepEqual([await lockOf(first), await lockOf(second)], ['holder', null])
    expectStatus(await approve(approver, (await named(first)).id), 200)
    assert.equal(await lockOf(first), null)
  })

  test('are asked for by network and time alone, and by themselves', async () => {
    assert.equal(await refused(wanted('203.0.113.77'), 409), 'nothing_to_do')
    for (const bad of ['everywhere', '203.0.113.0/24', '', '::/0']) {
      assert.equal(await refused(wanted(bad), 400), 'invalid_request', bad)
    }
    const account = await world.addAccount()
    await stopFrom(account, '203.0.113.78')
    const accountId = await accountIdOf(world, account)
    const many = wanted('203.0.113.78')
    assert.equal(await refused({ accountId, ...many }, 400), 'invalid_request')
    assert.equal(await refused({ acts: [many, many] }, 400), 'invalid_request')
    const asked = await askedFor(agent, many)
    const one = await askedFor(agent, { accountId, act: 'reopen' })
    expectStatus(await approve(approver, one.id), 200)
    assert.equal(await refusedApproval(world, approver, asked.id, 409), 'request_closed')
  })
})
