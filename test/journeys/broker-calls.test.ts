// Called by the broker? The portal says so to who is signed in, and nothing and nobody else does.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { brokerCallPurposes } from '../../src/domain/vocabulary/calls.ts'
import { hours, minutes } from '../../src/kernel/clock.ts'
import { brokerCallLifetime } from '../../src/limits/calls.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { texts } from '../../src/text/texts.ts'
import { accountRecord, eventsOf, recordsOf } from '../support/checks/records.ts'
import { seatOperator, type Seated } from '../support/world/desk-seats.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { givePassword } from '../support/world/journeys.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const { title, purposes } = texts.ja.call.broker

onEachDatabase('a call of the broker', (world) => {
  let desk: RunningConsole
  let agent: Seated
  before(async () => {
    desk = await world.startConsole()
    agent = await seatOperator(desk, ['agent'])
  })

  const pathOf = async (account: TestAccount) =>
    `/api/accounts/${(await accountRecord(world, account)).id}/call`
  const shows = async (client: HttpClient, path: string) =>
    (await client.get<string>(path)).text.includes(title)

  test('stands in the portal with its purpose, and neither before the sign-in nor in a mail', async () => {
    const account = await world.addAccount()
    const other = await world.signIn(await world.addAccount())
    const client = await world.signIn(account)
    assert.ok(!(await shows(client, '/portal')))
    const { mails } = await recordsOf(world)
    const before = world.client()
    expectStatus(await givePassword(before, account), 200)
    await world.nextCode(account)
    for (const purpose of brokerCallPurposes) {
      const begun = await agent.client.post<{ expiresAt: string }>(await pathOf(account), {
        purpose,
      })
      const { expiresAt } = expectStatus(begun, 201)
      assert.equal(Date.parse(expiresAt) - world.now, brokerCallLifetime)
      const { text } = await client.get('/portal')
      assert.ok(text.includes(title) && text.includes(purposes[purpose]), purpose)
    }
    assert.ok(!(await shows(other, '/portal')), 'another customer')
    for (const path of ['/sign-in', '/sign-in/email-code']) assert.ok(!(await shows(before, path)))
    assert.ok(!(await shows(world.client(), '/sign-in')))
    const more = (await recordsOf(world)).mails.length - mails.length
    assert.equal(more, 1, 'the code of the second sign-in alone')
    const events = await eventsOf(world, account, 'user_call_begun')
    assert.equal(events.length, brokerCallPurposes.length)
    const { text } = await client.get('/api/activity')
    assert.ok(!text.includes('desk_call'))
  })

  test('ends by the agent, or by time', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    const path = await pathOf(account)
    const begin = async () =>
      expectStatus(await agent.client.post(path, { purpose: 'called-back' }), 201)
    await begin()
    expectStatus(await agent.client.delete(path), 204)
    assert.ok(!(await shows(client, '/portal')))
    assert.equal(expectProblem(await agent.client.delete(path), 404), 'not_found')
    await begin()
    world.advance(brokerCallLifetime - 1)
    assert.ok(await shows(await world.signIn(account), '/portal'))
    world.advance(1)
    assert.ok(!(await shows(await world.signIn(account), '/portal')))
    agent = await seatOperator(desk, ['agent'])
  })

  test('is begun ten times a day at most', async () => {
    const account = await world.addAccount()
    const path = await pathOf(account)
    const begin = () => agent.client.post(path, { purpose: 'called-back' })
    const first = world.now
    for (let count = 0; count < 10; count += 1) expectStatus(await begin(), 201)
    world.advance(10 * minutes)
    const refused = await begin()
    assert.equal(expectProblem(refused, 429), 'too_many_requests')
    const wait = Number(refused.headers['retry-after']) * 1000
    assert.equal(world.now + wait, first + 24 * hours, 'the window began with the first')
    const other = await pathOf(await world.addAccount())
    expectStatus(await agent.client.post(other, { purpose: 'called-back' }), 201)
    world.advance(wait)
    agent = await seatOperator(desk, ['agent'])
    expectStatus(await begin(), 201)
  })

  test('is begun by agents, for others than themselves, and in our own words alone', async () => {
    const account = await world.addAccount()
    const path = await pathOf(account)
    const body = { purpose: 'unusual-activity' }
    for (const role of ['approver', 'auditor', 'admin'] as const) {
      const other = await seatOperator(desk, [role])
      assert.equal(expectProblem(await other.client.post(path, body), 403), 'not_allowed')
      assert.equal(expectProblem(await other.client.delete(path), 403), 'not_allowed')
    }
    const own = await seatOperator(desk, ['agent'], (await accountRecord(world, account)).id)
    assert.equal(expectProblem(await own.client.post(path, body), 403), 'not_allowed')
    for (const bent of [{ purpose: 'Send me your code' }, { text: 'x' }]) {
      assert.equal(expectProblem(await agent.client.post(path, bent), 400), 'invalid_request')
    }
    const nobody = await agent.client.post(`/api/accounts/${'A'.repeat(22)}/call`, body)
    assert.equal(expectProblem(nobody, 404), 'not_found')
  })
})
