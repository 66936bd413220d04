// 「本人確認を送る」 goes to the page whose number was typed and to no other, has one try, and ends.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { pageChecksPerAccount } from '../../src/limits/calls.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { accountRecord, eventsOf } from '../support/checks/records.ts'
import { callingFrom, holderWhoCalls, isChecked, removing } from '../support/world/callers.ts'
import { seatOperator, type Seated } from '../support/world/desk-seats.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import {
  atPage,
  checkOptions,
  confirm,
  otherThan,
  sayDigits,
  seen,
  sendCheck,
  showNumber,
} from '../support/world/telephone.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

onEachDatabase('where a check through the page goes and ends', (world) => {
  let desk: RunningConsole
  let agent: Seated
  before(async () => {
    desk = await world.startConsole()
  })

  async function caller() {
    const holder = await holderWhoCalls(world)
    agent = await seatOperator(desk, ['agent'])
    return holder
  }

  test('goes to that page alone', async () => {
    const holder = await caller()
    const elsewhere = await callingFrom(world, holder)
    const { page, number } = await callingFrom(world, holder)
    const digits = await sendCheck(agent, number, removing(holder.lost))
    assert.equal((await atPage(elsewhere.page)).check, null)
    assert.equal(expectProblem(await sayDigits(elsewhere.page, digits), 409), 'check_over')
    // The same browser in another sign-in is another page.
    const later = page.through(world.url())
    const { loginId, password } = holder.account
    expectStatus(await later.post('/api/sign-in', { loginId, password }), 200)
    assert.equal((await atPage(later)).check, null)
    assert.equal(expectProblem(await sayDigits(later, digits), 409), 'check_over')
    const nobody = world.client()
    assert.equal(expectProblem(await sayDigits(nobody, digits), 409), 'check_over')
  })

  test('is void after a new number of the page', async () => {
    const holder = await caller()
    const { page, number } = await callingFrom(world, holder)
    const digits = await sendCheck(agent, number, removing(holder.lost))
    await showNumber(page)
    assert.equal((await atPage(page)).check, null)
    assert.equal(expectProblem(await sayDigits(page, digits), 409), 'check_over')
  })

  test('has one try at the digits, also when two come at once', async () => {
    const holder = await caller()
    const { page, number } = await callingFrom(world, holder)
    const digits = await sendCheck(agent, number, removing(holder.lost))
    assert.equal(expectProblem(await sayDigits(page, otherThan(digits)), 400), 'digits_wrong')
    assert.equal(expectProblem(await sayDigits(page, digits), 409), 'check_over')
    assert.equal((await seen(agent, number)).check?.state, 'failed')
    assert.equal((await atPage(page)).check, null)
    assert.equal(expectProblem(await checkOptions(page, holder.kept.id), 409), 'check_over')
    const again = await sendCheck(agent, number, removing(holder.lost))
    const answers = await Promise.all(
      [otherThan(again), again].map((typed) => sayDigits(page, typed)),
    )
    assert.equal(answers.filter(({ status }) => status === 409).length, 1)
    const [fail] = await eventsOf(world, holder.account, 'authn_identity_check_fail')
    assert.equal(fail?.detail['why'], 'digits')
  })

  test('is sent to one account a few times only, whoever sends it and to whichever page', async () => {
    const holder = await caller()
    for (let sent = 0; sent < pageChecksPerAccount.failures; sent += 1) {
      const { number } = await callingFrom(world, holder)
      await sendCheck(await seatOperator(desk, ['agent']), number, removing(holder.lost))
    }
    const { page, number } = await callingFrom(world, holder)
    const path = `/api/calls/${number}/check`
    const refused = await agent.client.post(path, removing(holder.lost))
    assert.equal(expectProblem(refused, 429), 'too_many_checks')
    assert.equal((await atPage(page)).check, null)
    // That the agent has looked is remembered all the same.
    const calls = world.deps.db.selectFrom('call_numbers').where('operator_id', '=', agent.id)
    assert.equal((await calls.select('id').execute()).length, 1)
    const opened = await eventsOf(world, holder.account, 'user_call_opened')
    assert.equal(opened.length, pageChecksPerAccount.failures + 1)
    const other = await caller()
    await sendCheck(agent, (await callingFrom(world, other)).number, removing(other.lost))
  })

  test('asks for a passkey only after the digits, and spends its challenge', async () => {
    const holder = await caller()
    const { page, number } = await callingFrom(world, holder)
    const digits = await sendCheck(agent, number, removing(holder.lost))
    assert.equal(expectProblem(await checkOptions(page, holder.kept.id), 409), 'check_over')
    expectStatus(await sayDigits(page, digits), 204)
    const options = expectStatus(await checkOptions(page, holder.kept.id), 200)
    const answer = await holder.key.get(options)
    // Of a check that another one has replaced, nothing is left.
    const anew = await sendCheck(agent, number, { act: 'end-hold' })
    expectStatus(await sayDigits(page, anew), 204)
    const stale = await page.post('/api/call-number/passkey', answer)
    assert.equal(expectProblem(stale, 400), 'ceremony_expired')
    assert.ok(!(await isChecked(world, holder.account, agent.id, { act: 'end-hold' })))
    expectStatus(await confirm(page, holder.key, holder.kept.id), 204)
    const twice = await page.post('/api/call-number/passkey', answer)
    assert.equal(expectProblem(twice, 409), 'check_over')
    assert.ok(!(await isChecked(world, holder.account, agent.id, removing(holder.lost))))
  })

  test('is not sent to a page that has no account, nor by anybody but an agent', async () => {
    const holder = await caller()
    const number = await showNumber(world.client(), { page: 'sign-in' })
    const send = (by: Seated, body: object) => by.client.post(`/api/calls/${number}/check`, body)
    const refused = await send(agent, { act: 'end-hold' })
    assert.equal(expectProblem(refused, 409), 'not_checkable')
    for (const role of ['approver', 'auditor', 'admin'] as const) {
      const other = await seatOperator(desk, [role])
      assert.equal(expectProblem(await send(other, { act: 'end-hold' }), 403), 'not_allowed')
    }
    for (const body of [
      { act: 'add-operator' },
      { act: 'remove-passkey' },
      { act: 'change-email', email: 'no address' },
      { act: 'reopen-many', stoppedFrom: 'x', since: 'y' },
    ]) {
      assert.equal(expectProblem(await send(agent, body), 400), 'invalid_request')
    }
    const { number: own } = await callingFrom(world, holder)
    const { id } = await accountRecord(world, holder.account)
    const herself = await seatOperator(desk, ['agent'], id)
    const path = `/api/calls/${own}/check`
    const asked = await herself.client.post(path, removing(holder.lost))
    assert.equal(expectProblem(asked, 403), 'not_allowed')
  })

  test('ends when the caller says that it is no call of hers', async () => {
    const holder = await caller()
    const { page, number } = await callingFrom(world, holder)
    const digits = await sendCheck(agent, number, removing(holder.lost))
    expectStatus(await page.post('/api/call-number/answer', { called: false }), 204)
    assert.equal(expectProblem(await sayDigits(page, digits), 409), 'check_over')
    assert.equal((await seen(agent, number)).check?.state, 'denied')
    const [fail] = await eventsOf(world, holder.account, 'authn_identity_check_fail')
    assert.equal(fail?.detail['why'], 'denied')
    assert.ok(!(await isChecked(world, holder.account, agent.id, removing(holder.lost))))
  })

  test('ends then for what was proven before too, to whichever operator', async () => {
    const holder = await caller()
    const other = await seatOperator(desk, ['agent'])
    const proven = async (by: Seated, about: Parameters<typeof sendCheck>[2]) => {
      const { page, number } = await callingFrom(world, holder)
      expectStatus(await sayDigits(page, await sendCheck(by, number, about)), 204)
      expectStatus(await confirm(page, holder.key, holder.kept.id), 204)
    }
    await proven(agent, removing(holder.lost))
    await proven(other, { act: 'end-hold' })
    const stand = () =>
      Promise.all([
        isChecked(world, holder.account, agent.id, removing(holder.lost)),
        isChecked(world, holder.account, other.id, { act: 'end-hold' }),
      ])
    assert.deepEqual(await stand(), [true, true])
    const { page, number } = await callingFrom(world, holder)
    await sendCheck(agent, number, { act: 'change-email', email: 'thief@example.jp' })
    expectStatus(await page.post('/api/call-number/answer', { called: false }), 204)
    assert.deepEqual(await stand(), [false, false])
  })
})
