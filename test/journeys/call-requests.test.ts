// What a call to support does to requests: a check through the page is one of the checks, and "no" refuses them.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { pageCheckActs } from '../../src/domain/vocabulary/calls.ts'
import { hours } from '../../src/kernel/clock.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { endContract, eraseAccount } from '../../src/operations/support/end-contract.ts'
import { accountRecord } from '../support/checks/records.ts'
import {
  callingFrom,
  holderWhoCalls,
  removing,
  type CallingHolder,
} from '../support/world/callers.ts'
import { seatOperator, type Seated } from '../support/world/desk-seats.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { approve, askedFor, pairAtDesk, shown, signInAgain } from '../support/world/requests.ts'
import { confirm, sayDigits, sendCheck } from '../support/world/telephone.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

interface AskedAnswer {
  readonly id: string
  readonly text: string
  readonly state: string
}

onEachDatabase('a request after a call', (world) => {
  let desk: RunningConsole
  let agent: Seated
  before(async () => {
    desk = await world.startConsole({ SEKISHO_SUPPORT_CHECKS: 'name,page' })
  })

  async function caller() {
    const holder = await holderWhoCalls(world)
    agent = await seatOperator(desk, ['agent'])
    const { id: accountId } = await accountRecord(world, holder.account)
    return { ...holder, accountId }
  }

  const ask = (by: Seated, body: object, checks: readonly unknown[] = ['name']) =>
    by.client.post<AskedAnswer>('/api/requests', {
      ...{ reason: 'a lost phone', ticket: 'T-1', checks },
      ...body,
    })

  async function prove(holder: CallingHolder, by: Seated, act: object) {
    const { page, number } = await callingFrom(world, holder)
    expectStatus(await sayDigits(page, await sendCheck(by, number, act)), 204)
    expectStatus(await confirm(page, holder.key, holder.kept.id), 204)
  }

  test('has the check by the page, which the server alone sets', async () => {
    const holder = await caller()
    const { accountId } = holder
    const about = { accountId, ...removing(holder.lost) }
    for (const ticked of [
      ['name'],
      ['name', 'page'],
      ['name', { check: 'page', method: 'seen' }],
    ]) {
      const refused = await ask(agent, about, ticked)
      assert.equal(expectProblem(refused, 400), 'checks_missing')
      assert.deepEqual((refused.body as { missing?: unknown }).missing, ['page'])
    }
    await prove(holder, agent, removing(holder.lost))
    const other = await seatOperator(desk, ['agent'])
    assert.equal(expectProblem(await ask(other, about), 400), 'checks_missing')
    const another = { accountId, ...removing(holder.kept) }
    assert.equal(expectProblem(await ask(agent, another), 400), 'checks_missing')
    const both = { accountId, acts: [removing(holder.lost), { act: 'end-hold' }] }
    assert.equal(expectProblem(await ask(agent, both), 400), 'checks_missing', 'one of two acts')
    const asked = expectStatus(await ask(agent, about, ['name', 'page']), 201)
    const { checks } = JSON.parse(asked.text) as { checks: { check: string; method?: string }[] }
    assert.deepEqual(
      checks.map(({ check, method }) => [check, method ?? null]),
      [
        ['name', null],
        ['page', 'passkey'],
      ],
    )
  })

  test('may be for every act that a page can be asked about', async () => {
    const { now } = world
    const states: Partial<Record<string, object>> = {
      'activation-code': { second_factor: 'email' },
      'end-hold': { hold_until: now + 1000 * hours, hold_reason: 'email_changed' },
      reopen: { locked_at: now, lock_reason: 'guessing' },
    }
    for (const act of pageCheckActs) {
      const holder = await caller()
      const { accountId, lost } = holder
      const why = { reason: 'stolen', ticket: 'T-1' }
      const close = async (path: string) =>
        expectStatus(await agent.client.post(`/api/accounts/${accountId}/${path}`, why), 204)
      const concerned = act.endsWith('-passkey') && { passkeyId: lost.id }
      const about = {
        act,
        ...concerned,
        ...(act === 'change-email' && { email: 'new@example.jp' }),
      }
      if (concerned) await close(`passkeys/${lost.id}/suspend`)
      await prove(holder, agent, about)
      const state = states[act]
      const { db } = world.deps
      if (state) await db.updateTable('accounts').set(state).where('id', '=', accountId).execute()
      expectStatus(await ask(agent, { accountId, ...about }), 201)
    }
  })

  test('is refused at once when the caller says that it is no call of hers, and somebody is told', async () => {
    const holder = await caller()
    await prove(holder, agent, removing(holder.lost))
    const about = { accountId: holder.accountId, ...removing(holder.lost) }
    const { id } = expectStatus(await ask(agent, about), 201)
    const { page, number } = await callingFrom(world, holder)
    await sendCheck(agent, number, { act: 'end-hold' })
    expectStatus(await page.post('/api/call-number/answer', { called: false }), 204)
    const { db } = world.deps
    const row = await db
      .selectFrom('requests')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    assert.equal(row.state, 'refused')
    assert.equal(row.closed_reason, 'caller_said_no')
    const approver = await seatOperator(desk, ['approver'])
    const late = await approver.client.post(`/api/requests/${id}/approval/options`)
    assert.equal(expectProblem(late, 409), 'request_closed')
    const alerts = await db
      .selectFrom('alerts')
      .selectAll()
      .where('account_id', '=', holder.accountId)
      .where('kind', '=', 'caller-said-no')
      .execute()
    assert.deepEqual(
      alerts.map((alert) => alert.operator_id),
      [agent.id],
    )
  })

  test('is cancelled where it was approved and waits, and its holder hears of that', async () => {
    const waiting = await pairAtDesk(world, { SEKISHO_RECOVERY_WAIT_HOURS: '24' })
    const holder = await caller()
    await Promise.all([waiting.agent, waiting.approver].map(signInAgain))
    const { accountId, account } = holder
    const body = { act: 'change-email', accountId, email: 'new@example.jp' }
    const asked = await askedFor(waiting.agent, body)
    assert.equal(expectStatus(await approve(waiting.approver, asked.id), 200).state, 'approved')
    const { page, number } = await callingFrom(world, holder)
    await sendCheck(agent, number, { act: 'end-hold' })
    expectStatus(await page.post('/api/call-number/answer', { called: false }), 204)
    const { state, closedReason } = await shown(waiting.agent, asked.id)
    assert.deepEqual([state, closedReason], ['cancelled', 'caller_said_no'])
    await world.nextMail(account, '予定していたお手続きを取り消しました')
  })

  test('and the call itself leave nothing when the contract ends', async () => {
    const holder = await caller()
    const { accountId } = holder
    const { number } = await callingFrom(world, holder)
    await sendCheck(agent, number, { act: 'change-email', email: 'new@example.jp' })
    const path = `/api/accounts/${accountId}/call`
    expectStatus(await agent.client.post(path, { purpose: 'called-back' }), 201)
    const { db } = world.deps
    const left = async () => {
      const rows = await Promise.all(
        (['call_numbers', 'page_checks', 'broker_calls'] as const).map((table) =>
          db.selectFrom(table).selectAll().where('account_id', '=', accountId).execute(),
        ),
      )
      return rows.map(({ length }) => length)
    }
    const counts = () =>
      db.selectFrom('throttles').select('key').where('key', 'like', `%${accountId}%`).execute()
    assert.deepEqual(await left(), [1, 1, 1])
    // Of the digits, and of the broker's calls.
    assert.equal((await counts()).length, 2)
    const why = { name: 'suzuki', reason: 'the contract ended' }
    assert.equal(await endContract(world.deps, { id: accountId }, why), null)
    assert.deepEqual(await left(), [0, 0, 0])
    const config = { ...world.config, retention: { ...world.config.retention, eraseWait: 0 } }
    assert.equal(await eraseAccount({ ...world.deps, config }, { id: accountId }, why), null)
    assert.deepEqual(await counts(), [])
  })
})
