// Accounts under suspicion of takeover: what ends at once, who does what with a case, and what is left of it.
import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import { blockedByCase } from '../../src/domain/cases/store.ts'
import { operatorRoles } from '../../src/domain/vocabulary/desk.ts'
import { minutes } from '../../src/kernel/clock.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { accountIdOf, alertsOf } from '../support/checks/records.ts'
import {
  closeCase,
  openCase,
  openedCase,
  takeCase,
  told,
  type Case,
} from '../support/world/cases.ts'
import { seatOperator, type Seated } from '../support/world/desk-seats.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { accountWithPasskey, givePassword } from '../support/world/journeys.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

onEachDatabase('cases', (world) => {
  let desk: RunningConsole
  let agent: Seated
  let approver: Seated
  before(async () => {
    desk = await world.startConsole()
  })
  beforeEach(async () => {
    agent = await seatOperator(desk, ['agent'])
    approver = await seatOperator(desk, ['approver'])
  })

  const open = async (account: TestAccount, by = agent, changes = {}) =>
    openCase(by, await accountIdOf(world, account), changes)
  const opened = async (account: TestAccount, by = agent) =>
    openedCase(by, await accountIdOf(world, account))

  test('a case ends sessions, sign-ins and known browsers at once, and locks nothing', async () => {
    const { account, client } = await accountWithPasskey(world)
    const other = world.client()
    expectStatus(await givePassword(other, account), 200)
    const made = await opened(account)
    assert.deepEqual([made.state, made.claim, made.openedBy.id], ['open', told.claim, agent.id])
    assert.equal(expectProblem(await client.get('/api/session'), 401), 'not_signed_in')
    assert.equal(expectProblem(await other.get('/api/sign-in'), 404), 'no_sign_in')
    const id = await accountIdOf(world, account)
    for (const table of ['sessions', 'sign_ins', 'known_browsers'] as const) {
      const left = world.deps.db.selectFrom(table).select('account_id').where('account_id', '=', id)
      assert.deepEqual(await left.execute(), [], table)
    }
    expectStatus(await givePassword(world.client(), account), 200)
    const page = await agent.client.get<{
      state: string
      cases: Case[]
      advice: { cause: string }[]
    }>(`/api/accounts/${id}`)
    const { state, cases, advice } = expectStatus(page, 200)
    assert.deepEqual([state, cases.length, advice[0]?.cause], ['open', 1, 'case-open'])
    assert.deepEqual(await alertsOf(world, agent), ['case-opened'])
  })

  test('an account has one open case, whoever is first', async () => {
    const account = await world.addAccount()
    const all = await Promise.all([agent, approver, agent].map((one) => open(account, one)))
    assert.deepEqual(all.map(({ status }) => status).toSorted(), [201, 409, 409])
    const refused = all.find(({ status }) => status === 409)!
    assert.equal(expectProblem(refused, 409), 'case_open')
  })

  test('who may open, take, close and export', async () => {
    const may = {
      open: ['agent', 'approver'],
      take: ['approver'],
      close: ['approver'],
      export: ['approver', 'auditor'],
      list: ['agent', 'approver', 'auditor'],
    } as const satisfies Record<string, readonly string[]>
    const acts: Readonly<Record<keyof typeof may, (by: Seated) => Promise<{ status: number }>>> = {
      open: async (by) => open(await world.addAccount(), by),
      take: async (by) => takeCase(await opened(await world.addAccount()), by),
      close: async (by) => closeCase(await opened(await world.addAccount()), by),
      export: async (by) =>
        by.client.get(`/api/cases/${(await opened(await world.addAccount())).id}/export`),
      list: (by) => by.client.get('/api/cases'),
    }
    for (const [act, work] of Object.entries(acts)) {
      for (const role of operatorRoles) {
        const { status } = await work(await seatOperator(desk, [role]))
        const allowed = (may[act as keyof typeof may] as readonly string[]).includes(role)
        assert.equal(status, allowed ? (act === 'open' ? 201 : 200) : 403, `${role}: ${act}`)
      }
    }
  })

  test('who opened a case neither takes nor closes it, and none is about the own account', async () => {
    const account = await world.addAccount()
    const made = await opened(account, approver)
    assert.equal(expectProblem(await takeCase(made, approver), 403), 'not_allowed')
    assert.equal(expectProblem(await closeCase(made, approver), 403), 'not_allowed')
    const own = await seatOperator(desk, ['approver'], await accountIdOf(world, account))
    for (const answer of [await takeCase(made, own), await closeCase(made, own)]) {
      assert.equal(expectProblem(answer, 403), 'not_allowed')
    }
    const exported = await own.client.get(`/api/cases/${made.id}/export`)
    assert.equal(expectProblem(exported, 403), 'not_allowed')
    const [mine] = [await world.addAccount()]
    const self = await seatOperator(desk, ['agent'], await accountIdOf(world, mine))
    assert.equal(expectProblem(await open(mine, self), 403), 'not_allowed')
    assert.deepEqual(await alertsOf(world, self), ['own-account'])
  })

  test('nothing opens the account but by the approver who investigates, until it is closed', async () => {
    const account = await world.addAccount()
    const id = await accountIdOf(world, account)
    const { db } = world.deps
    assert.equal(await blockedByCase(db, id), false)
    const made = await opened(account)
    const other = await seatOperator(desk, ['approver'])
    const blocked = () =>
      Promise.all([undefined, approver.id, other.id].map((one) => blockedByCase(db, id, one)))
    assert.deepEqual(await blocked(), [true, true, true])
    expectStatus(await takeCase(made, approver), 200)
    assert.deepEqual(await blocked(), [false, false, true])
    const handedOver = expectStatus(await takeCase(made, other), 200)
    assert.equal(handedOver.investigator?.id, other.id)
    assert.deepEqual(await blocked(), [false, true, false])
    const closed = expectStatus(await closeCase(made, other), 200)
    assert.deepEqual([closed.state, closed.closed?.by.id], ['closed', other.id])
    assert.equal(closed.closed?.reason, 'it was the holder')
    assert.deepEqual(await blocked(), [false, false, false])
    assert.equal(expectProblem(await closeCase(made, other), 409), 'case_closed')
    assert.equal(expectProblem(await takeCase(made, other), 409), 'case_closed')
    expectStatus(await open(account), 201)
  })

  test('a case is told in words that somebody can read', async () => {
    const account = await world.addAccount()
    for (const changes of [
      ...['', ' \n ', '\u0000', 'x\u202ey', 'x'.repeat(2001), undefined].map((claim) => ({
        claim,
      })),
      ...['', undefined].flatMap((text) => [{ reason: text }, { ticket: text }]),
    ]) {
      const answer = await open(account, agent, changes)
      assert.equal(expectProblem(answer, 400), 'invalid_request', JSON.stringify(changes))
    }
    for (const id of ['nobody', 'x'.repeat(22)]) {
      const answers = [
        await agent.client.post(`/api/accounts/${id}/cases`, told),
        await approver.client.post(`/api/cases/${id}/take`),
        await approver.client.post(`/api/cases/${id}/close`, { reason: 'none' }),
        await approver.client.get(`/api/cases/${id}/export`),
      ]
      for (const answer of answers) assert.equal(expectProblem(answer, 404), 'not_found')
    }
  })

  test('an export has the claim and the time-line, masked, and is recorded', async () => {
    const { account, passkey } = await accountWithPasskey(world)
    const made = await opened(account)
    const path = `/api/cases/${made.id}/export`
    const foreign = await approver.client.raw({
      ...{ method: 'GET', path },
      headers: { 'sec-fetch-site': 'same-site' },
    })
    assert.equal(expectProblem(foreign, 403), 'cross_site')
    const looks = () =>
      world.deps.db
        .selectFrom('looks')
        .select(['kind', 'fields'])
        .where('operator_id', '=', approver.id)
        .execute()
    assert.deepEqual(await looks(), [])
    const answer = await approver.client.get<{
      case: Case
      events: { event: string; passkeyName: string | null }[]
      complete: boolean
    }>(path)
    const exported = expectStatus(answer, 200)
    assert.deepEqual([exported.case.claim, exported.complete], [told.claim, true])
    const names = exported.events.map(({ event }) => event)
    assert.ok(names.includes('user_suspected') && names.includes('authn_passkey_registered'))
    assert.ok(exported.events.some(({ passkeyName }) => passkeyName === passkey.name))
    for (const personal of [account.displayName, account.email]) {
      assert.ok(!answer.text.includes(personal), personal)
    }
    const recorded = (await looks()).map((look) => ({ ...look }))
    assert.deepEqual(recorded, [{ kind: 'export', fields: `["case ${made.id}"]` }])
  })

  test('what was written in a case goes with the erased account', async () => {
    const account = await world.addAccount()
    const id = await accountIdOf(world, account)
    const made = await opened(account)
    world.advance(1 * minutes)
    expectStatus(await closeCase(made, approver), 200)
    expectStatus(await open(account, agent, { claim: `${account.displayName}, again` }), 201)
    const who = ['--login-id', account.loginId, '--reason', 'asked']
    for (const word of ['close', 'erase']) {
      const { status } = await world.command(['accounts', word, ...who], '', {
        SEKISHO_ERASE_DAYS: '0',
      })
      assert.equal(status, 0)
    }
    const rows = world.deps.db.selectFrom('cases').where('account_id', '=', id).orderBy('opened_at')
    assert.deepEqual(
      (await rows.selectAll().execute()).map((one) => [
        ...[one.claim, one.reason, one.ticket, one.closed_reason],
      ]),
      [
        ['', '', '', ''],
        ['', '', '', null],
      ],
    )
  })
})
