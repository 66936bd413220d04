// Rule 38: what makes a request void.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { RunningConsole } from '../../src/node/console.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import {
  approvalOptions,
  approve,
  askedFor,
  atDesk,
  countUnremovedPasskeys,
  customerWhoLost,
  pairAtDesk,
  refusedApproval,
  shown,
  signInAgain,
  type AtDesk,
} from '../support/world/requests.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

const hour = 60 * 60 * 1000

onEachDatabase('a request that lapses', (world) => {
  let desk: RunningConsole
  let agent: AtDesk
  let approver: AtDesk
  before(async () => {
    ;({ desk, agent, approver } = await pairAtDesk(world))
  })

  const lost = () => customerWhoLost(world)
  const live = (id: string) => countUnremovedPasskeys(world, id)
  const closedFor = async (one: AtDesk, id: string) =>
    assert.equal(await refusedApproval(world, one, id, 409), 'request_closed')

  /** Moves the clock, and signs both in again. */
  const later = async (milliseconds: number) => {
    world.advance(milliseconds)
    for (const one of [agent, approver]) await signInAgain(one)
  }

  const setRoles = (one: AtDesk, roles: readonly string[]) =>
    world.deps.db
      .updateTable('operators')
      .set((row) => ({ roles: JSON.stringify(roles), version: row('version', '+', 1) }))
      .where('id', '=', one.operator.id)
      .execute()

  test('it lapses after 24 hours, and the state says so to everybody', async () => {
    const { body } = await lost()
    const { id } = await askedFor(agent, body)
    await later(24 * hour - 1)
    const options = expectStatus(await approvalOptions(approver, id), 200)
    const answer = await approver.authenticator.get(options)
    await later(1)
    assert.equal((await shown(agent, id))['state'], 'lapsed')
    await closedFor(approver, id)
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
    await closedFor(approver, asked.id)
    const path = `/api/requests/${asked.id}/approval`
    assert.equal(expectProblem(await approver.client.post(path, answer), 409), 'request_closed')
    // For good: it does not come back with the former state.
    await world.deps.db
      .updateTable('accounts')
      .set({ second_factor: 'passkey' })
      .where('id', '=', id)
      .execute()
    assert.equal((await shown(agent, asked.id))['closedReason'], 'changed')
    await closedFor(approver, asked.id)
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
      const leaver = await atDesk(world, desk, { roles: ['agent'] })
      const { body, accountId: id } = await lost()
      const asked = await askedFor(leaver, body)
      const options = expectStatus(await approvalOptions(approver, asked.id), 200)
      const answer = await approver.authenticator.get(options)
      if (change === 'role') await setRoles(leaver, ['auditor'])
      else {
        const query = world.deps.db.updateTable('operators').set({ closed_at: world.now })
        await query.where('id', '=', leaver.operator.id).execute()
      }
      await closedFor(approver, asked.id)
      const sent = await approver.client.post(`/api/requests/${asked.id}/approval`, answer)
      assert.equal(expectProblem(sent, 409), 'request_closed')
      assert.equal((await shown(agent, asked.id))['closedReason'], 'right_ended')
      assert.equal(await live(id), 1)
    }
  })
})
