// How long a check through the page is believed, and what a page of the console asks by itself.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { updateLock } from '../../src/domain/accounts/store.ts'
import { operatorIdle } from '../../src/limits/operators.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { accountRecord } from '../support/checks/records.ts'
import {
  callingFrom,
  holderWhoCalls,
  isChecked,
  removing,
  type CallingHolder,
} from '../support/world/callers.ts'
import { seatOperator, type Seated } from '../support/world/desk-seats.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import {
  confirm,
  lookUp,
  sayDigits,
  seen,
  sendCheck,
  type CallAnswer,
} from '../support/world/telephone.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

onEachDatabase('what is believed of a call', (world) => {
  let desk: RunningConsole
  let agent: Seated
  before(async () => {
    desk = await world.startConsole()
  })

  async function checkedHolder() {
    const holder = await holderWhoCalls(world)
    agent = await seatOperator(desk, ['agent'])
    const { page, number } = await callingFrom(world, holder)
    const digits = await sendCheck(agent, number, removing(holder.lost))
    expectStatus(await sayDigits(page, digits), 204)
    expectStatus(await confirm(page, holder.key, holder.kept.id), 204)
    return holder
  }

  const stands = ({ account, lost }: CallingHolder) =>
    isChecked(world, account, agent.id, removing(lost))
  const why = { reason: 'the caller says so', ticket: 'T-7' }
  const suspend = async ({ account }: CallingHolder, passkeyId: string) => {
    const { id } = await accountRecord(world, account)
    const path = `/api/accounts/${id}/passkeys/${passkeyId}/suspend`
    expectStatus(await agent.client.post(path, why), 204)
  }

  test('a check counts no more once its own passkey is suspended, whatever else is live', async () => {
    const holder = await checkedHolder()
    await suspend(holder, holder.lost.id)
    assert.ok(await stands(holder), 'another passkey was reported')
    await suspend(holder, holder.kept.id)
    assert.ok(!(await stands(holder)))
    const removed = await checkedHolder()
    assert.ok(await stands(removed))
    const { db } = world.deps
    const ended = { removed_at: world.now, removed_by: 'holder' }
    await db.updateTable('passkeys').set(ended).where('id', '=', removed.kept.id).execute()
    assert.ok(!(await stands(removed)))
  })

  test('a check counts no more once somebody has locked the account; strangers who guess end none', async () => {
    const holder = await checkedHolder()
    const { id } = await accountRecord(world, holder.account)
    const at = world.now + 1
    const locked = (reason: 'guessing' | 'support') =>
      world.deps.db.transaction().execute((tx) => updateLock(tx, id, { at, reason }))
    await locked('guessing')
    assert.ok(await stands(holder))
    await locked('support')
    assert.ok(!(await stands(holder)))
    const other = await checkedHolder()
    const { id: otherId } = await accountRecord(world, other.account)
    expectStatus(await agent.client.post(`/api/accounts/${otherId}/lock`, why), 204)
    assert.ok(!(await stands(other)))
  })

  test('a page that looks by itself keeps nobody signed in, and finds only what was looked up', async () => {
    const { number } = await callingFrom(world, await holderWhoCalls(world))
    agent = await seatOperator(desk, ['agent'])
    const other = await seatOperator(desk, ['agent'])
    const now = ({ client }: Seated) => client.get<CallAnswer>(`/api/calls/${number}/now`)
    assert.equal(expectProblem(await now(agent), 404), 'not_found')
    const call = await seen(agent, number)
    assert.deepEqual(expectStatus(await now(agent), 200), call)
    for (let looks = 0; looks < 10; looks += 1) {
      assert.equal(expectProblem(await now(other), 404), 'not_found')
    }
    const seat = await seatOperator(desk, ['agent'])
    expectStatus(await lookUp(seat, number), 200)
    for (let past = 0; past < operatorIdle / 60_000 - 1; past += 1) {
      world.advance(60_000)
      expectStatus(await seat.client.get('/api/calls/00000000/now'), 404)
    }
    world.advance(60_000)
    const over = await seat.client.get('/api/calls/00000000/now')
    assert.equal(expectProblem(over, 401), 'not_signed_in')
  })

  test('no link elsewhere looks a number up, nor charges a wrong one', async () => {
    const { number } = await callingFrom(world, await holderWhoCalls(world))
    agent = await seatOperator(desk, ['agent'])
    for (const typed of [number, ...Array.from({ length: 10 }, () => '00000000')]) {
      const answer = await agent.client.raw({
        ...{ method: 'GET', path: `/api/calls/${typed}` },
        headers: { 'sec-fetch-site': 'cross-site' },
      })
      assert.equal(expectProblem(answer, 403), 'cross_site')
    }
    assert.equal(
      expectProblem(await agent.client.get(`/api/calls/${number}/now`), 404),
      'not_found',
    )
    await seen(agent, number)
  })
})
