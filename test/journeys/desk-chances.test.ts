// What can never be done is not asked for, and nobody is said to be able to approve what she cannot (rule 38).
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { hours } from '../../src/kernel/clock.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { accountIdOf } from '../support/checks/records.ts'
import { openedCase, takeCase } from '../support/world/cases.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { accountWithPasskey } from '../support/world/journeys.ts'
import {
  approvalOptions,
  approve,
  askedFor,
  atDesk,
  customerWhoLost,
  pairAtDesk,
  shown,
  signInAgain,
  why,
  type AtDesk,
} from '../support/world/requests.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

onEachDatabase('what can be approved', (world) => {
  let desk: RunningConsole
  let agent: AtDesk
  let approver: AtDesk
  before(async () => {
    ;({ desk, agent, approver } = await pairAtDesk(world))
  })

  const signOut = async ({ client }: AtDesk) => {
    expectStatus(await client.delete('/api/session'), 204)
  }

  const somebodyIn = async ({ client }: AtDesk, query: string) => {
    const path = `/api/approvers?${query}`
    const answer = await client.get<{ approverSignedIn: boolean }>(path)
    return expectStatus(answer, 200).approverSignedIn
  }

  test('while a case is open only its investigator can approve, and nobody is told otherwise', async () => {
    const { accountId, body } = await customerWhoLost(world)
    const investigator = await atDesk(world, desk, { roles: ['approver'] })
    const opened = await openedCase(agent, accountId)
    assert.equal(await somebodyIn(agent, `accountId=${accountId}`), false)
    expectStatus(await takeCase(opened, investigator), 200)
    assert.equal(await somebodyIn(agent, `accountId=${accountId}`), true)
    await signOut(investigator)
    assert.equal(await somebodyIn(agent, `accountId=${accountId}`), false)
    const asked = await askedFor(agent, body)
    assert.equal(asked.approverSignedIn, false)
    assert.equal((await shown(approver, asked.id))['obstacle'], 'case')
    const page = expectStatus(await approver.client.get(`/requests/${asked.id}`), 200)
    assert.doesNotMatch(String(page), /data-approve|id="approve"/)
    assert.equal(expectProblem(await approvalOptions(approver, asked.id), 409), 'case_open')
    await signInAgain(investigator)
    assert.equal((await shown(investigator, asked.id))['obstacle'], null)
    expectStatus(await approve(investigator, asked.id), 200)
  })

  test('of a change of roles nobody is said to approve it who is herself changed', async () => {
    const admin = await atDesk(world, desk, { roles: ['admin'] })
    const changed = await atDesk(world, desk, { roles: ['admin'] })
    const { id } = changed.operator
    assert.equal(await somebodyIn(admin, `operatorId=${id}`), false)
    const words = async (of: string) =>
      String((await admin.client.get(`/operators/request?act=change-roles&operatorId=${of}`)).text)
    assert.match(await words(agent.operator.id), /class="notice good"/)
    assert.doesNotMatch(await words(id), /class="notice good"/)
    const third = await atDesk(world, desk, { roles: ['admin'] })
    assert.equal(await somebodyIn(admin, `operatorId=${id}`), true)
    assert.match(await words(id), /class="notice good"/)
    await signOut(third)
  })

  test('what was asked for at another origin is void, as its receipt would be', async () => {
    const { body } = await customerWhoLost(world)
    const elsewhere = await world.startConsole({
      SEKISHO_CONSOLE_ORIGIN: 'http://localhost:3199',
    })
    const other = await atDesk(world, elsewhere, { roles: ['approver'] })
    const { id } = await askedFor(agent, body)
    assert.equal((await shown(other, id))['state'], 'lapsed')
    assert.equal(expectProblem(await approvalOptions(other, id), 409), 'request_closed')
    assert.equal((await shown(approver, id))['state'], 'waiting')
    expectStatus(await approve(approver, id), 200)
  })

  test('a hold that is over before the wait is ended by no request, asked for or approved', async () => {
    const slow = await world.startConsole({ SEKISHO_RECOVERY_WAIT_HOURS: '12' })
    const asker = await atDesk(world, slow, { roles: ['agent'] })
    const signer = await atDesk(world, slow, { roles: ['approver'] })
    const { account } = await accountWithPasskey(world)
    const body = { act: 'end-hold', accountId: await accountIdOf(world, account) }
    const { id } = await askedFor(asker, body)
    world.advance(12 * hours)
    for (const one of [asker, signer]) await signInAgain(one)
    assert.equal((await shown(asker, id))['state'], 'lapsed')
    assert.equal(expectProblem(await approvalOptions(signer, id), 409), 'request_closed')
    const late = await asker.client.post('/api/requests', { ...why, ...body })
    assert.equal(expectProblem(late, 409), 'nothing_to_do')
    assert.equal((late.body as { why?: string }).why, 'ends_by_itself')
  })

  test('the address that an account has, in capitals, is no other', async () => {
    await signInAgain(agent)
    const account = await world.addAccount()
    const accountId = await accountIdOf(world, account)
    const body = { act: 'change-email', accountId, email: account.email.toUpperCase() }
    const asked = await agent.client.post('/api/requests', { ...why, ...body })
    assert.equal(expectProblem(asked, 409), 'nothing_to_do')
  })
})
