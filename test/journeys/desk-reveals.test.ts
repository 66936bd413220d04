// Rule 41: what is personal stays masked until an operator asks for it, with a reason and a ticket.
import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import { revealsPerOperator } from '../../src/limits/desk.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { accountIdOf } from '../support/checks/records.ts'
import { seatOperator, type Seated } from '../support/world/desk-seats.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const asked = { fields: ['displayName', 'email'], reason: 'to spell the name', ticket: 'T-100' }

onEachDatabase('masked data at the desk', (world) => {
  let desk: RunningConsole
  let agent: Seated
  before(async () => {
    desk = await world.startConsole()
  })
  beforeEach(async () => {
    agent = await seatOperator(desk, ['agent'])
  })

  const reveal = async (account: TestAccount, { client }: Seated, changes = {}) =>
    client.post(`/api/accounts/${await accountIdOf(world, account)}/reveal`, {
      ...asked,
      ...changes,
    })
  const looks = () => world.deps.db.selectFrom('looks').selectAll().orderBy('at').execute()
  const alerts = (operator: Seated) =>
    world.deps.db
      .selectFrom('alerts')
      .select(['kind', 'detail', 'account_id as accountId'])
      .where('operator_id', '=', operator.id)
      .execute()

  test('what is masked is shown for a reason and a ticket, and the asking is recorded', async () => {
    const account = await world.addAccount(undefined, '富嶽 三景')
    const curious = await seatOperator(desk, ['agent'])
    const { displayName, email } = account
    const all = expectStatus(await reveal(account, curious), 200)
    assert.deepEqual(all, { displayName, email })
    const one = await reveal(account, curious, { fields: ['email', 'email'] })
    assert.deepEqual(expectStatus(one, 200), { email })
    const made = (await looks()).filter((look) => look.operator_id === curious.id)
    const id = await accountIdOf(world, account)
    assert.deepEqual(
      made.map(({ kind, account_id, fields, reason, ticket }) => {
        return { kind, account_id, fields, reason, ticket }
      }),
      [
        {
          kind: 'reveal',
          account_id: id,
          fields: '["displayName","email"]',
          reason: asked.reason,
          ticket: 'T-100',
        },
        {
          kind: 'reveal',
          account_id: id,
          fields: '["email"]',
          reason: asked.reason,
          ticket: 'T-100',
        },
      ],
    )
    const events = await world.deps.db
      .selectFrom('audit_events')
      .select(['event', 'detail'])
      .where('account_id', '=', id)
      .where('event', '=', 'sensitive_read')
      .orderBy('id')
      .execute()
    assert.deepEqual(
      events.map(({ detail }) => JSON.parse(detail) as unknown),
      made.map((look, index) => ({
        look: look.id,
        fields: index ? 'email' : 'displayName email',
      })),
    )
    assert.doesNotMatch(JSON.stringify([events, world.log]), /富嶽|spell the name/)
  })

  test('without a reason, a ticket or fields nothing is shown', async () => {
    const account = await world.addAccount()
    const before = (await looks()).length
    const missing = [
      ...['', '  ', '\u200b', undefined].flatMap((text) => [{ reason: text }, { ticket: text }]),
      ...[[], undefined, ['passwordHash'], ['email', 'userHandle']].map((fields) => ({ fields })),
    ]
    for (const changes of missing) {
      const answer = await reveal(account, agent, changes)
      assert.equal(expectProblem(answer, 400), 'invalid_request', JSON.stringify(changes))
    }
    for (const id of ['nobody', 'x'.repeat(22), '%00', '..']) {
      const answer = await agent.client.post(`/api/accounts/${id}/reveal`, asked)
      assert.equal(expectProblem(answer, 404), 'not_found', id)
    }
    assert.equal((await looks()).length, before)
  })

  test('a ticket that cannot be one is an alert', async () => {
    const [one, other] = [await world.addAccount(), await world.addAccount()]
    const careless = await seatOperator(desk, ['agent'])
    expectStatus(await reveal(one, careless, { ticket: 'INC-7' }), 200)
    expectStatus(await reveal(one, careless, { ticket: 'INC-7' }), 200)
    assert.deepEqual(await alerts(careless), [])
    expectStatus(await reveal(one, careless, { ticket: 'なし' }), 200)
    expectStatus(await reveal(other, careless, { ticket: 'INC-7' }), 200)
    assert.deepEqual(
      (await alerts(careless)).map(({ kind, detail }) => [kind, JSON.parse(detail)]),
      [
        ['reveal-without-ticket', { why: 'no number' }],
        ['reveal-without-ticket', { why: "another account's" }],
      ],
    )
  })

  test('an operator asks so often and no more', async () => {
    const account = await world.addAccount()
    const greedy = await seatOperator(desk, ['agent'])
    const { most, within } = revealsPerOperator
    for (let count = 0; count < most - 2; count += 1)
      expectStatus(await reveal(account, greedy), 200)
    const last = await Promise.all(Array.from({ length: 6 }, () => reveal(account, greedy)))
    assert.equal(last.filter(({ status }) => status === 200).length, 2)
    const refused = last.find(({ status }) => status === 429)!
    assert.equal(expectProblem(refused, 429), 'too_many_reveals')
    const { retryAfterSeconds } = refused.body as { retryAfterSeconds: number }
    assert.equal(retryAfterSeconds, within / 1000)
    assert.deepEqual(
      (await alerts(greedy)).map(({ kind }) => kind),
      ['too-many-reveals'],
    )
    const made = (await looks()).filter((look) => look.operator_id === greedy.id)
    assert.equal(made.length, most)
  })

  test('nobody asks for the own data as a customer at the desk', async () => {
    const account = await world.addAccount()
    const id = await accountIdOf(world, account)
    const own = await seatOperator(desk, ['agent'], id)
    for (const _ of ['first', 'again']) {
      assert.equal(expectProblem(await reveal(account, own), 403), 'not_allowed')
    }
    const [alert, ...more] = await alerts(own)
    assert.deepEqual(
      [{ ...alert }, more.length],
      [{ kind: 'own-account', detail: '{}', accountId: id }, 0],
    )
  })
})
