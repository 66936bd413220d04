// How often operators ask in a day: for one account, and at all (rule 38).
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { hours, minutes } from '../../src/kernel/clock.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { askedFor, atDesk, customerWhoLost, signInAgain, why } from '../support/world/requests.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

onEachDatabase('limits of requests at the desk', (world) => {
  let desk: RunningConsole
  before(async () => {
    desk = await world.startConsole()
  })

  test('one operator asks ten times a day for one account at most, and reopens last', async () => {
    const asker = await atDesk(world, desk, { roles: ['agent'] })
    const { accountId, body: remove } = await customerWhoLost(world)
    const lock = await asker.client.post(`/api/accounts/${accountId}/lock`, {
      reason: 'stolen',
      ticket: 'T-1',
    })
    expectStatus(lock, 204)
    const acts = [{ act: 'reopen' }, remove]
    const both = await asker.client.post<{ acts: string[] }>('/api/requests', {
      ...{ ...why, accountId, acts },
    })
    assert.deepEqual(expectStatus(both, 201).acts, ['remove-passkey', 'reopen'])
    const half = 12 * hours
    world.advance(half)
    await signInAgain(asker)
    for (let count = 1; count < 10; count += 1) await askedFor(asker, remove)
    const more = () => asker.client.post('/api/requests', { ...why, ...remove })
    const refused = await more()
    assert.equal(expectProblem(refused, 429), 'too_many_requests')
    assert.equal(
      Number(refused.headers['retry-after']),
      half / 1000,
      'until the first is a day old',
    )
    const other = await atDesk(world, desk, { roles: ['agent'] })
    await askedFor(other, remove)
    world.advance(half)
    await signInAgain(asker)
    await askedFor(asker, remove)
    const again = await more()
    assert.equal(expectProblem(again, 429), 'too_many_requests')
    assert.equal(Number(again.headers['retry-after']), half / 1000, 'until the second is')
  })

  test('too many calls and too many requests for one holder are an alert each', async () => {
    const agent = await atDesk(world, desk, { roles: ['agent'] })
    const { accountId, body: remove } = await customerWhoLost(world)
    const call = () =>
      agent.client.post(`/api/accounts/${accountId}/call`, { purpose: 'called-back' })
    const ask = () => agent.client.post('/api/requests', { ...why, ...remove })
    for (const begin of [call, ask]) {
      for (let count = 0; count < 10; count += 1) expectStatus(await begin(), 201)
      for (const _ of [1, 2]) assert.equal(expectProblem(await begin(), 429), 'too_many_requests')
    }
    const alerts = await world.deps.db
      .selectFrom('alerts')
      .select('kind')
      .where('operator_id', '=', agent.operator.id)
      .where('account_id', '=', accountId)
      .where('kind', 'in', ['too-many-calls', 'too-many-requests'])
      .execute()
    const kinds = alerts.map(({ kind }) => kind).toSorted()
    assert.deepEqual(kinds, ['too-many-calls', 'too-many-requests'])
  })

  test('nobody asks for more than the settings say in a day, which is an alert', async () => {
    const few = await world.startConsole({ SEKISHO_SUPPORT_REQUESTS: '2' })
    const eager = await atDesk(world, few, { roles: ['agent'] })
    const { body } = await customerWhoLost(world)
    await askedFor(eager, body)
    world.advance(10 * minutes)
    await askedFor(eager, body)
    for (const _ of [1, 2]) {
      const answer = await eager.client.post('/api/requests', { ...why, ...body })
      assert.equal(expectProblem(answer, 429), 'too_many_requests')
      assert.equal(Number(answer.headers['retry-after']), (24 * hours - 10 * minutes) / 1000)
    }
    const alerts = await world.deps.db
      .selectFrom('alerts')
      .select('kind')
      .where('operator_id', '=', eager.operator.id)
      .where('kind', '=', 'too-many-requests')
      .execute()
    assert.equal(alerts.length, 1)
    world.advance(24 * hours)
    await signInAgain(eager)
    await askedFor(eager, body)
  })
})
