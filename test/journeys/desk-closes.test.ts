// Rule 40: what closes needs one agent: the lock of an account and the suspension of a passkey, as calls.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountRecord, eventsOf } from '../support/checks/records.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { Answer } from '../support/world/http-client.ts'
import { accountWithPasskey, givePassword } from '../support/world/journeys.ts'
import { atDesk, signInAgain } from '../support/world/requests.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

const why = { reason: 'the phone was taken on the train', ticket: 'T-1' }

function expectCode(answer: Answer, status: number, code: string): void {
  assert.equal(expectProblem(answer, status), code)
}

onEachDatabase('an account is closed', (world) => {
  test('by an agent alone, for a reason and a ticket; nobody else does it, and nothing is done twice', async () => {
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
    world.advance(1000)
    expectStatus(await agent.post(lock, why), 204)
    assert.deepEqual(await accountRecord(world, account), locked, 'once')
    expectCode(await givePassword(world.client(), account), 401, 'sign_in_refused')
    const end = ['--login-id', account.loginId, '--reason', 'the contract ended']
    assert.equal((await world.command(['accounts', 'close', ...end])).status, 0)
    await signInAgain(seated)
    for (const path of calls) expectCode(await agent.post(path, why), 409, 'contract_ended')
  })
})
