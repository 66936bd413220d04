// Rule 40: what closes needs one agent: the lock of an account and the suspension of a passkey, as calls.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours } from '../../src/kernel/clock.ts'
import { performDue } from '../../src/operations/requests/perform-due.ts'
import { accountRecord, eventsOf } from '../support/checks/records.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { Answer } from '../support/world/http-client.ts'
import {
  accountWithPasskey,
  givePassword,
  registerFirstPasskey,
} from '../support/world/journeys.ts'
import {
  approve,
  askedFor,
  atDesk,
  pairAtDesk,
  refusedApproval,
  shown,
  signInAgain,
} from '../support/world/requests.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

const why = { reason: 'the phone was taken on the train', ticket: 'T-1' }

function expectCode(answer: Answer, status: number, code: string): void {
  assert.equal(expectProblem(answer, status), code)
}

onEachDatabase('an account is closed', (world) => {
  test('by an agent alone, for a reason and a ticket; nobody else does it', async () => {
    const desk = await world.startConsole()
    const seated = await atDesk(world, desk, { roles: ['agent'] })
    const { client: agent } = seated
    const { account, passkey: stolen } = await accountWithPasskey(world)
    const { id } = await accountRecord(world, account)
    const calls = [`/api/accounts/${id}/lock`, `/api/accounts/${id}/passkeys/${stolen.id}/suspend`]
    for (const path of calls) {
      for (const body of [{ ...why, reason: ' ' }, { ...why, ticket: '' }, { reason: 'x' }, {}]) {
        expectCode(await agent.post(path, body), 400, 'invalid_request')
      }
      for (const role of ['approver', 'admin', 'auditor'] as const) {
        const { client } = await atDesk(world, desk, { roles: [role] })
        expectCode(await client.post(path, why), 403, 'not_allowed')
      }
      for (const [from, to] of [
        [id, 'A'.repeat(22)],
        [id, 'nobody'],
      ] as const) {
        expectCode(await agent.post(path.replace(from, to), why), 404, 'not_found')
      }
    }
    const none = `/api/accounts/${id}/passkeys/${'A'.repeat(22)}/suspend`
    expectCode(await agent.post(none, why), 404, 'no_such_passkey')
    assert.equal((await accountRecord(world, account)).lock_reason, null, 'nothing was closed')

    const [lock] = calls
    assert.ok(lock)
    expectStatus(await agent.post(lock, why), 204)
    const locked = await accountRecord(world, account)
    assert.equal(locked.lock_reason, 'support')
    const [event] = await eventsOf(world, account, 'authn_login_lock')
    assert.deepEqual(event?.detail, { ...why })
    expectCode(await givePassword(world.client(), account), 401, 'sign_in_refused')
    const end = ['--login-id', account.loginId, '--reason', 'the contract ended']
    assert.equal((await world.command(['accounts', 'close', ...end])).status, 0)
    await signInAgain(seated)
    for (const path of calls) expectCode(await agent.post(path, why), 409, 'contract_ended')
  })

  test('again, over whatever is about to reopen it: its reason stands, and the reopening lapses', async () => {
    for (const wait of ['0', '24']) {
      const env = { SEKISHO_RECOVERY_WAIT_HOURS: wait }
      const { desk, agent, approver } = await pairAtDesk(world, env)
      const account = await world.addAccount()
      const { id: accountId } = await accountRecord(world, account)
      const lock = (changes = {}) =>
        agent.client.post(`/api/accounts/${accountId}/lock`, { ...why, ...changes })
      expectStatus(await lock(), 204)
      const asked = await askedFor(agent, { act: 'reopen', accountId })
      if (wait !== '0') expectStatus(await approve(approver, asked.id), 200)
      world.advance(1000)
      expectStatus(await lock({ ticket: 'T-77' }), 204)
      const tickets = (await eventsOf(world, account, 'authn_login_lock')).map(
        ({ detail }) => detail['ticket'],
      )
      assert.deepEqual(tickets.toSorted(), ['T-1', 'T-77'])
      if (wait === '0') {
        assert.equal(await refusedApproval(world, approver, asked.id, 409), 'request_closed')
      } else {
        world.advance(25 * hours)
        await performDue(desk.deps.db, world.now, desk.deps)
        await world.nextMail(account, '予定していたお手続きを行いませんでした')
        await signInAgain(agent)
      }
      assert.equal((await shown(agent, asked.id))['state'], 'lapsed')
      assert.equal((await accountRecord(world, account)).lock_reason, 'support')
    }
  })

  test('by a theft that is reported of a passkey which a removal that waits has suspended', async () => {
    const env = { SEKISHO_RECOVERY_WAIT_HOURS: '24' }
    const { agent, approver } = await pairAtDesk(world, env)
    const account = await world.addAccount()
    const first = await world.signIn(account)
    const passkey = await registerFirstPasskey(world, first, account, world.authenticator())
    const { id: accountId } = await accountRecord(world, account)
    const asked = await askedFor(agent, {
      ...{ act: 'remove-passkey', accountId, passkeyId: passkey.id },
    })
    expectStatus(await approve(approver, asked.id), 200)
    assert.equal((await accountRecord(world, account)).lock_reason, null)
    // With a code by e-mail, as the thief of a phone does who reads the mailbox on it.
    const thief = await world.signIn(account)
    const page = async () => (await agent.client.get(`/accounts/${accountId}`)).text
    const offered = new RegExp(`data-opens="suspend"[^]*value="${passkey.id}"`)
    assert.match(await page(), offered)
    const path = `/api/accounts/${accountId}/passkeys/${passkey.id}/suspend`
    expectStatus(await agent.client.post(path, why), 204)
    assert.equal((await accountRecord(world, account)).lock_reason, 'support')
    expectCode(await thief.get('/api/session'), 401, 'not_signed_in')
    const [event] = await eventsOf(world, account, 'authn_login_lock')
    assert.deepEqual(event?.detail, { ...why })
    assert.doesNotMatch(await page(), /data-opens="suspend"/)
    expectStatus(await agent.client.post(path, why), 204)
    assert.equal((await eventsOf(world, account, 'authn_login_lock')).length, 1)
  })
})
