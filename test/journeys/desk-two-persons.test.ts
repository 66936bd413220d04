// Rule 38, each sentence: who may not approve, and what makes a request void.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { OperatorAct } from '../../src/domain/vocabulary/desk.ts'
import { newId } from '../../src/kernel/secrets.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import {
  approvalOptions,
  approve,
  askedFor,
  atDesk,
  pairAtDesk,
  countPasskeys,
  customerWhoLost,
  shown,
  signInAgain,
  why,
  type AtDesk,
} from '../support/world/requests.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

const hour = 60 * 60 * 1000

onEachDatabase('two persons', (world) => {
  let desk: RunningConsole
  let agent: AtDesk
  let approver: AtDesk
  before(async () => {
    ;({ desk, agent, approver } = await pairAtDesk(world))
  })

  const seat = (...roles: Parameters<typeof atDesk>[2]['roles']) => atDesk(world, desk, { roles })

  const lost = () => customerWhoLost(world)
  const live = (id: string) => countPasskeys(world, id)

  const refusedFor = async (one: AtDesk, id: string, code: string, status = 403) => {
    assert.equal(expectProblem(await approvalOptions(one, id), status), code)
  }

  /** Moves the clock, and signs these in again. */
  const later = async (milliseconds: number, ...seats: AtDesk[]) => {
    world.advance(milliseconds)
    for (const one of [agent, approver, ...seats]) await signInAgain(one)
  }

  /** What two admins did to an operator, as the approval of their request leaves it. */
  const done = async (
    act: OperatorAct,
    operator: AtDesk,
    [asker, other]: readonly [AtDesk, AtDesk],
  ) => {
    await world.deps.db
      .insertInto('requests')
      .values({
        ...{ id: newId(), kind: 'operator', account_id: null, operator_id: operator.operator.id },
        ...{ asker_id: asker.operator.id, approver_id: other.operator.id },
        ...{ names: JSON.stringify([act]), acts: '[]', reason: 'x', ticket: 'x', checks: '[]' },
        ...{ text: '', digest: '', state: 'done', asked_at: world.now, expires_at: world.now },
        ...{ decided_at: world.now, done_at: world.now, takes_effect_at: null },
        ...{ closed_reason: null, receipt: null, asker_half: null },
      })
      .execute()
  }

  const setRoles = (one: AtDesk, roles: readonly string[]) =>
    world.deps.db
      .updateTable('operators')
      .set((row) => ({ roles: JSON.stringify(roles), version: row('version', '+', 1) }))
      .where('id', '=', one.operator.id)
      .execute()

  test('not the asker, whatever roles she has', async () => {
    const both = await seat('agent', 'approver')
    const { body, accountId: id } = await lost()
    const asked = await askedFor(both, body)
    await refusedFor(both, asked.id, 'own_request')
    await refusedFor(agent, (await askedFor(agent, body)).id, 'own_request')
    assert.equal(await live(id), 1)
  })

  test('only an approver: no agent, no admin, no auditor', async () => {
    const { body } = await lost()
    const { id } = await askedFor(agent, body)
    for (const role of ['agent', 'admin', 'auditor'] as const) {
      await refusedFor(await seat(role), id, 'not_allowed')
    }
  })

  test('the roles are read again at the approval: one that was lost meanwhile signs for nothing', async () => {
    const { body, accountId: id } = await lost()
    const asked = await askedFor(agent, body)
    const loser = await seat('approver')
    const options = expectStatus(await approvalOptions(loser, asked.id), 200)
    const answer = await loser.authenticator.get(options)
    await setRoles(loser, ['agent'])
    const path = `/api/requests/${asked.id}/approval`
    assert.equal(expectProblem(await loser.client.post(path, answer), 403), 'not_allowed')
    // Given back, what was asked for before the change is void all the same.
    await setRoles(loser, ['approver'])
    assert.equal(expectProblem(await loser.client.post(path, answer), 409), 'start_again')
    assert.equal(await live(id), 1)
    expectStatus(await approve(loser, asked.id), 200)
  })

  test('not who made, re-enrolled or gave a role to the other, in either direction, for 24 hours', async () => {
    for (const act of ['add-operator', 'enrolment-code', 'change-roles'] as const) {
      const maker = await seat('admin')
      const third = await seat('admin')
      const puppet = await seat('agent')
      await done(act, puppet, [third, maker])
      // The admin becomes an approver, by the command line, which counts for nobody.
      await setRoles(maker, ['approver'])
      await setRoles(third, ['approver'])
      const { body } = await lost()
      const { id } = await askedFor(puppet, body)
      await refusedFor(maker, id, 'not_allowed')
      await refusedFor(third, id, 'not_allowed')
      expectStatus(await approvalOptions(approver, id), 200)
      await later(23.9 * hour, maker, puppet)
      await refusedFor(maker, id, 'not_allowed')
      if (act === 'change-roles') {
        await later(0.2 * hour, maker, puppet)
        const again = await askedFor(puppet, body)
        expectStatus(await approvalOptions(maker, again.id), 200)
      }
    }
  })

  test('not who was made, re-enrolled or given a role within 24 hours, nor within 24 hours of using the code', async () => {
    const admins = [await seat('admin'), await seat('admin')] as const
    for (const act of ['add-operator', 'enrolment-code', 'change-roles'] as const) {
      const puppet = await seat('approver')
      await done(act, puppet, admins)
      const { body } = await lost()
      const { id } = await askedFor(agent, body)
      await refusedFor(puppet, id, 'not_allowed')
    }
    // Who only lost a role was given none.
    const less = await seat('approver', 'auditor')
    const taken = await askedFor(admins[0], {
      ...{ act: 'change-roles', operatorId: less.operator.id, roles: ['approver'] },
    })
    expectStatus(await approve(admins[1], taken.id), 200)
    const { id: open } = await askedFor(agent, (await lost()).body)
    expectStatus(await approvalOptions(less, open), 200)
    // A code that was used at the end of its life: the 24 hours begin then.
    const late = await seat('approver')
    await done('enrolment-code', late, admins)
    await later(23 * hour)
    await world.deps.db
      .updateTable('operator_passkeys')
      .set({ created_at: world.now })
      .where('operator_id', '=', late.operator.id)
      .execute()
    await later(23 * hour, late)
    const { body } = await lost()
    const { id } = await askedFor(agent, body)
    await refusedFor(late, id, 'not_allowed')
    await later(1.1 * hour, late)
    expectStatus(await approvalOptions(late, id), 200)
  })

  test('not for the own customer account, asked or approved; and that is an alert', async () => {
    const { body, account } = await lost()
    const own = await atDesk(world, desk, {
      roles: ['agent', 'approver'],
      loginId: account.loginId,
    })
    const asked = await own.client.post('/api/requests', { ...why, ...body })
    assert.equal(expectProblem(asked, 403), 'not_allowed')
    const { id: request } = await askedFor(agent, body)
    await refusedFor(own, request, 'not_allowed')
    const alerts = await world.deps.db
      .selectFrom('alerts')
      .select('id')
      .where('kind', '=', 'own-account')
      .where('operator_id', '=', own.operator.id)
      .execute()
    assert.ok(alerts.length > 0)
  })

  test('not the same two again for one account within 24 hours, whichever of them asks', async () => {
    const one = await seat('agent', 'approver')
    const other = await seat('agent', 'approver')
    const { body, accountId: id, account } = await lost()
    expectStatus(await approve(other, (await askedFor(one, body)).id), 200)
    const next = { act: 'change-email', accountId: id, email: `x-${account.email}` }
    const again = await askedFor(one, next)
    await refusedFor(other, again.id, 'not_allowed')
    const turned = await askedFor(other, next)
    await refusedFor(one, turned.id, 'not_allowed')
    // A third person may, and for another account the two may.
    expectStatus(await approvalOptions(approver, again.id), 200)
    const elsewhere = await lost()
    expectStatus(await approve(other, (await askedFor(one, elsewhere.body)).id), 200)
    await later(24 * hour + 1, one, other)
    expectStatus(await approvalOptions(other, (await askedFor(one, next)).id), 200)
  })

  test('it lapses after 24 hours, and the state says so to everybody', async () => {
    const { body } = await lost()
    const { id } = await askedFor(agent, body)
    await later(24 * hour - 1)
    const options = expectStatus(await approvalOptions(approver, id), 200)
    const answer = await approver.authenticator.get(options)
    await later(1)
    assert.equal((await shown(agent, id))['state'], 'lapsed')
    await refusedFor(approver, id, 'request_closed', 409)
    const sent = await approver.client.post(`/api/requests/${id}/approval`, answer)
    // The session is another by now, and the request is closed before that is looked at.
    assert.equal(expectProblem(sent, 409), 'request_closed')
    const row = await world.deps.db
      .selectFrom('requests')
      .select(['state', 'closed_reason as why'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    assert.deepEqual({ ...row }, { state: 'lapsed', why: 'expired' })
  })

  test('it lapses when something that its text states has changed, between the options and the answer too', async () => {
    const { body, accountId: id } = await lost()
    const asked = await askedFor(agent, body)
    const options = expectStatus(await approvalOptions(approver, asked.id), 200)
    const answer = await approver.authenticator.get(options)
    await world.deps.db
      .updateTable('accounts')
      .set({ second_factor: 'email' })
      .where('id', '=', id)
      .execute()
    assert.equal((await shown(agent, asked.id))['state'], 'lapsed')
    await refusedFor(approver, asked.id, 'request_closed', 409)
    const path = `/api/requests/${asked.id}/approval`
    assert.equal(expectProblem(await approver.client.post(path, answer), 409), 'request_closed')
    // For good: it does not come back with the former state.
    await world.deps.db
      .updateTable('accounts')
      .set({ second_factor: 'passkey' })
      .where('id', '=', id)
      .execute()
    assert.equal((await shown(agent, asked.id))['closedReason'], 'changed')
    await refusedFor(approver, asked.id, 'request_closed', 409)
    assert.equal(await live(id), 1)
  })

  test('a lock by guessing, and its lifting, lapse no removal', async () => {
    const { body, accountId: id } = await lost()
    const asked = await askedFor(agent, body)
    const lock = (reason: 'guessing' | null) =>
      world.deps.db
        .updateTable('accounts')
        .set({ lock_reason: reason, locked_at: reason && world.now })
        .where('id', '=', id)
        .execute()
    await lock('guessing')
    assert.equal((await shown(agent, asked.id))['state'], 'waiting')
    const reopening = await askedFor(agent, { act: 'reopen', accountId: id })
    await lock(null)
    assert.equal((await shown(agent, asked.id))['state'], 'waiting')
    assert.equal((await shown(agent, reopening.id))['state'], 'lapsed')
    expectStatus(await approve(approver, asked.id), 200)
  })

  test('it lapses when the right of who asked has ended', async () => {
    for (const change of ['role', 'closed'] as const) {
      const leaver = await seat('agent')
      const { body, accountId: id } = await lost()
      const asked = await askedFor(leaver, body)
      const options = expectStatus(await approvalOptions(approver, asked.id), 200)
      const answer = await approver.authenticator.get(options)
      if (change === 'role') await setRoles(leaver, ['auditor'])
      else {
        const query = world.deps.db.updateTable('operators').set({ closed_at: world.now })
        await query.where('id', '=', leaver.operator.id).execute()
      }
      await refusedFor(approver, asked.id, 'request_closed', 409)
      const sent = await approver.client.post(`/api/requests/${asked.id}/approval`, answer)
      assert.equal(expectProblem(sent, 409), 'request_closed')
      assert.equal((await shown(agent, asked.id))['closedReason'], 'right_ended')
      assert.equal(await live(id), 1)
    }
  })
})
