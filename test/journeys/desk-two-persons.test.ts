// Rule 38, each sentence: who may not approve.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { Obstacle } from '../../src/domain/requests/two-persons.ts'
import type { OperatorAct } from '../../src/domain/vocabulary/desk.ts'
import { newId } from '../../src/kernel/secrets.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { alertsOf } from '../support/checks/records.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import {
  approvalOptions,
  approve,
  askedFor,
  atDesk,
  pairAtDesk,
  countUnremovedPasskeys,
  customerWhoLost,
  refusedApproval,
  sendApproval,
  signApproval,
  signInAgain,
  signUnasked,
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
  const live = (id: string) => countUnremovedPasskeys(world, id)

  /** Neither gets the options nor approves with a signature that is right, and the trail says why. */
  const refusedFor = async (one: AtDesk, id: string, reason: Obstacle) => {
    const before = await failuresOf(one, id)
    assert.equal(await refusedApproval(world, one, id, 403), reason)
    assert.deepEqual(await failuresOf(one, id), [...before, reason])
    const { state } = await world.deps.db
      .selectFrom('requests')
      .select('state')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    assert.equal(state, 'waiting')
  }
  /** Why an operator's answers to a request were refused, as the trail has it. */
  const failuresOf = async ({ operator: { id, name } }: AtDesk, request: string) => {
    const rows = await world.deps.db
      .selectFrom('audit_events')
      .select('detail')
      .where('event', '=', 'authz_request_fail')
      .where('actor', '=', `operator:${name}/${id}`)
      .orderBy('at')
      .orderBy('id')
      .execute()
    return rows
      .map(({ detail }) => JSON.parse(detail) as { request: string; reason: string })
      .filter((detail) => detail.request === request)
      .map(({ reason }) => reason)
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
      await refusedFor(await seat(role), id, 'role')
    }
  })

  test('the roles are read again at the approval: one that was lost meanwhile signs for nothing', async () => {
    const { body, accountId: id } = await lost()
    const asked = await askedFor(agent, body)
    const loser = await seat('approver')
    const [answer, further] = [
      await signApproval(loser, asked.id),
      await signApproval(loser, asked.id),
    ]
    await setRoles(loser, ['agent'])
    const refused = await sendApproval(loser, asked.id, answer)
    assert.equal(expectProblem(refused, 403), 'not_allowed')
    // It has spent its challenge, and leaves nothing more.
    const again = await sendApproval(loser, asked.id, answer)
    assert.equal(expectProblem(again, 400), 'ceremony_expired')
    assert.deepEqual(await failuresOf(loser, asked.id), ['role'])
    // Given back, what was asked for before the change is void all the same.
    await setRoles(loser, ['approver'])
    const late = await sendApproval(loser, asked.id, further)
    assert.equal(expectProblem(late, 409), 'start_again')
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
      await refusedFor(maker, id, 'made_each_other')
      await refusedFor(third, id, 'made_each_other')
      expectStatus(await approvalOptions(approver, id), 200)
      await later(23.9 * hour, maker, puppet)
      await refusedFor(maker, id, 'made_each_other')
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
      await refusedFor(puppet, id, 'made_lately')
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
    await refusedFor(late, id, 'made_lately')
    await later(1.1 * hour, late)
    expectStatus(await approvalOptions(late, id), 200)
  })

  test('not for the own customer account, asked or approved; and that is an alert', async () => {
    const asking = await lost()
    const roles = ['agent', 'approver'] as const
    const asker = await atDesk(world, desk, { roles, loginId: asking.account.loginId })
    const asked = await asker.client.post('/api/requests', { ...why, ...asking.body })
    assert.equal(expectProblem(asked, 403), 'not_allowed')
    assert.deepEqual(await alertsOf(world, asker.operator), ['own-account'])
    const approved = await lost()
    const own = await atDesk(world, desk, { roles, loginId: approved.account.loginId })
    const { id } = await askedFor(agent, approved.body)
    assert.deepEqual(await alertsOf(world, own.operator), [])
    await refusedFor(own, id, 'own_account')
    assert.deepEqual(await alertsOf(world, own.operator), ['own-account'])
    assert.equal(await live(approved.accountId), 1)
  })

  test('not what is done to oneself', async () => {
    const [asker, changed] = [await seat('admin'), await seat('admin')]
    const { id } = await askedFor(asker, {
      ...{ act: 'change-roles', operatorId: changed.operator.id, roles: ['auditor'] },
    })
    await refusedFor(changed, id, 'own_change')
    expectStatus(await approve(await seat('admin'), id), 200)
  })

  test('what is signed without the options, and stands in nobody’s way, is approved', async () => {
    const { body, accountId } = await lost()
    const { id } = await askedFor(agent, body)
    const approval = await signUnasked(world, approver, id)
    expectStatus(await sendApproval(approver, id, approval), 200)
    assert.equal(await live(accountId), 0)
  })

  test('not the same two again for one account within 24 hours, whichever of them asks', async () => {
    const one = await seat('agent', 'approver')
    const other = await seat('agent', 'approver')
    const { body, accountId: id, account } = await lost()
    expectStatus(await approve(other, (await askedFor(one, body)).id), 200)
    const next = { act: 'change-email', accountId: id, email: `x-${account.email}` }
    const again = await askedFor(one, next)
    await refusedFor(other, again.id, 'same_pair')
    const turned = await askedFor(other, next)
    await refusedFor(one, turned.id, 'same_pair')
    // A third person may, and for another account the two may.
    expectStatus(await approvalOptions(approver, again.id), 200)
    const elsewhere = await lost()
    expectStatus(await approve(other, (await askedFor(one, elsewhere.body)).id), 200)
    await later(24 * hour + 1, one, other)
    expectStatus(await approvalOptions(other, (await askedFor(one, next)).id), 200)
  })
})
