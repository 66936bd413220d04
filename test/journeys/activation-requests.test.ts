// Rules 38 and 43: two members of support issue an activation code, where one may be issued.
import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import { isActivation } from '../../src/domain/accounts/activation.ts'
import { hours } from '../../src/kernel/clock.ts'
import { activationLifetime } from '../../src/limits/recoveries.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { accountIdOf, accountRecord, eventsOf } from '../support/checks/records.ts'
import { holderOfPasskey } from '../support/world/ceremonies.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { accountWithPasskey, switchFactor } from '../support/world/journeys.ts'
import { activationOf } from '../support/world/recovery.ts'
import {
  approve,
  askedFor,
  atDesk,
  type AtDesk,
  pairAtDesk,
  refusedApproval,
  shown,
  signInAgain,
  why,
} from '../support/world/requests.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

onEachDatabase('an activation code that two of support issue', { startsAt: 'now' }, (world) => {
  let desk: RunningConsole
  let agent: AtDesk
  let approver: AtDesk
  before(async () => {
    ;({ desk, agent, approver } = await pairAtDesk(world))
  })
  beforeEach(async () => {
    world.advance(1000)
    await Promise.all([agent, approver].map(signInAgain))
  })

  const run = async (...words: readonly string[]) => {
    const { status, output, errors } = await world.command(words)
    assert.equal(status, 0, `${words.join(' ')}: ${errors}`)
    return output
  }

  const isOf = async (account: TestAccount, typed: string) => {
    const { id, activation_hash: kept } = await accountRecord(world, account)
    return isActivation(world.deps.keys, id, typed, kept)
  }
  const ask = async (account: TestAccount, ...acts: readonly object[]) =>
    askedFor(agent, { accountId: await accountIdOf(world, account), acts })
  const activation = { act: 'activation-code' }
  /** Two operators have issued a code for an account. */
  const issued = async (account: TestAccount) => {
    const { id } = await ask(account, activation)
    const answer = expectStatus(await approve(approver, id), 200)
    return { id, answer }
  }

  test('none is issued while the factor is a passkey, and what the text states has to be so still', async () => {
    const refused = async (account: TestAccount, ...acts: readonly object[]) => {
      const body = { ...why, accountId: await accountIdOf(world, account), acts }
      return expectProblem(await agent.client.post('/api/requests', body), 409)
    }
    const holder = await holderOfPasskey(world)
    const switched = await ask(holder.account, activation)
    const { acts } = JSON.parse(switched.text) as { acts: readonly { before: object }[] }
    assert.deepEqual(Object.keys(acts[0]?.before ?? {}).sort(), [
      ...['codeUntil', 'email', 'emailSince', 'lastStop', 'lock', 'secondFactor', 'stop'],
    ])
    assert.doesNotMatch(switched.text, new RegExp(holder.account.email))
    await switchFactor(holder.client, holder.authenticator, holder.passkey.id, 'passkey')
    assert.equal(await refusedApproval(world, approver, switched.id, 409), 'request_closed')
    assert.equal(await refused(holder.account, activation), 'passkey_in_force')

    const moved = await world.addAccount()
    const asked = await ask(moved, activation)
    const words = ['--login-id', moved.loginId, '--reason', 'moved', '--email', moved.email]
    await run('accounts', 'set-email', ...words)
    assert.equal(await refusedApproval(world, approver, asked.id, 409), 'request_closed')
    assert.equal((await accountRecord(world, moved)).activation_until, null)
  })

  test('that the code of before has run out meanwhile changes nothing, and that it has ended does', async () => {
    const [ranOut, ended] = [await world.addAccount(), await world.addAccount()]
    for (const account of [ranOut, ended]) await activationOf(world, account)
    world.advance(activationLifetime - 2 * hours)
    await signInAgain(agent)
    const [asked, other] = [await ask(ranOut, activation), await ask(ended, activation)]
    await world.signIn(ended)
    await signInAgain(approver)
    assert.equal(await refusedApproval(world, approver, other.id, 409), 'request_closed')
    world.advance(2 * hours)
    await sweep(world.deps)
    assert.equal((await accountRecord(world, ranOut)).activation_until, null)
    await signInAgain(approver)
    expectStatus(await approve(approver, asked.id), 200)
    assert.ok((await accountRecord(world, ranOut)).activation_hash)
  })

  test('with the removal of the last passkey it is one request, whatever the order', async () => {
    const { account, passkey } = await accountWithPasskey(world)
    const removal = { act: 'remove-passkey', passkeyId: passkey.id }
    const { id, acts } = await ask(account, activation, removal)
    assert.deepEqual(acts, ['remove-passkey', 'activation-code'])
    expectStatus(await approve(approver, id), 200)
    assert.ok(await isOf(account, String((await shown(agent, id))['activationCode'])))
    assert.equal((await accountRecord(world, account)).second_factor, 'email')
  })

  test('a code and a change of the address exclude each other, in one request and for a day', async () => {
    const account = await world.addAccount()
    const change = { act: 'change-email', email: 'thief@example.jp' }
    const body = { ...why, accountId: await accountIdOf(world, account) }
    const refused = async (...acts: readonly object[]) => {
      const answer = await agent.client.post('/api/requests', { ...body, acts })
      assert.equal(expectProblem(answer, 403), 'not_allowed')
    }
    await refused(activation, change)
    const waiting = await ask(account, change)
    await issued(account)
    await refused(change)
    // Nor does it when both had been asked for before.
    const late = await approve(await atDesk(world, desk, { roles: ['approver'] }), waiting.id)
    assert.equal(expectProblem(late, 403), 'not_allowed')
    assert.equal((late.body as { why?: string }).why, 'excluded')
    const [failed] = await eventsOf(world, account, 'authz_request_fail')
    assert.deepEqual(failed?.detail, { request: waiting.id, reason: 'excluded' })
  })
})
