// Whoever ends a suspicion does not open the account then; and what is told once, or not at all.
import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import { findAccount } from '../../src/domain/accounts/find.ts'
import { pairRemembered } from '../../src/limits/requests.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { changeEmail } from '../../src/operations/support/change-email.ts'
import { accountIdOf, alertsOf } from '../support/checks/records.ts'
import { closeCase, openCase, openedCase, takeCase } from '../support/world/cases.ts'
import { seatOperator, type Seated } from '../support/world/desk-seats.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { accountWithPasskey } from '../support/world/journeys.ts'
import {
  approve,
  askedFor,
  atDesk,
  refusedApproval,
  sendApproval,
  shown,
  signApproval,
  signInAgain,
  why,
} from '../support/world/requests.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

onEachDatabase('who ends a suspicion', (world) => {
  let desk: RunningConsole
  let agent: Seated
  before(async () => {
    desk = await world.startConsole()
  })
  beforeEach(async () => {
    agent = await seatOperator(desk, ['agent'])
  })

  test('whoever closes a case or takes it from another is seen, and opens nothing for a day', async () => {
    const [asker, first, second, third] = await Promise.all(
      (['agent', 'approver', 'approver', 'approver'] as const).map((role) =>
        atDesk(world, desk, { roles: [role] }),
      ),
    )
    assert.ok(asker && first && second && third)
    const { account, passkey } = await accountWithPasskey(world)
    const accountId = await accountIdOf(world, account)
    const body = { act: 'remove-passkey', accountId, passkeyId: passkey.id }
    const made = await openedCase(agent, accountId)
    for (const one of [first, first, second]) expectStatus(await takeCase(made, one), 200)
    assert.deepEqual(await alertsOf(world, first.operator), [])
    assert.deepEqual(await alertsOf(world, second.operator), ['case-taken-over'])
    const inCase = await askedFor(asker, body)
    assert.equal(await refusedApproval(world, second, inCase.id, 403), 'turned_case')
    expectStatus(await closeCase(made, third), 200)
    assert.deepEqual(await alertsOf(world, third.operator), ['case-closed'])
    for (const one of [second, third]) {
      assert.equal(await refusedApproval(world, one, inCase.id, 403), 'turned_case')
    }
    // Of another account they approve as ever, and after a day of this one.
    const other = await accountWithPasskey(world)
    const ofOther = {
      accountId: await accountIdOf(world, other.account),
      passkeyId: other.passkey.id,
    }
    const elsewhere = await askedFor(asker, { ...body, ...ofOther })
    expectStatus(await approve(third, elsewhere.id), 200)
    world.advance(pairRemembered + 1)
    for (const one of [asker, third]) await signInAgain(one)
    const later = await askedFor(asker, body)
    expectStatus(await approve(third, later.id), 200)
  })

  test('no case is opened for an erased account', async () => {
    const account = await world.addAccount()
    const id = await accountIdOf(world, account)
    const who = ['--login-id', account.loginId, '--reason', 'asked']
    for (const word of ['close', 'erase']) {
      const done = await world.command(['accounts', word, ...who], '', {
        SEKISHO_ERASE_DAYS: '0',
      })
      assert.equal(done.status, 0)
    }
    const answer = await openCase(agent, id)
    assert.equal(expectProblem(answer, 404), 'not_found')
  })

  test('the own account, however often an operator asks for it, is one alert a day', async () => {
    const { account, passkey } = await accountWithPasskey(world)
    const accountId = await accountIdOf(world, account)
    const roles = ['agent', 'approver'] as const
    const self = await atDesk(world, desk, { roles: [...roles] })
    const asker = await atDesk(world, desk, { roles: ['agent'] })
    const body = { act: 'remove-passkey', accountId, passkeyId: passkey.id }
    const { id } = await askedFor(asker, body)
    const signed = [
      await signApproval(self, id),
      await signApproval(self, id),
      await signApproval(self, id),
    ]
    const row = { account_id: accountId }
    const { db } = world.deps
    await db.updateTable('operators').set(row).where('id', '=', self.operator.id).execute()
    for (const approval of signed) {
      const asked = await self.client.post('/api/requests', { ...why, ...body })
      assert.equal(expectProblem(asked, 403), 'not_allowed')
      const approved = await sendApproval(self, id, approval)
      assert.equal(expectProblem(approved, 403), 'not_allowed')
    }
    assert.deepEqual(await alertsOf(world, self.operator), ['own-account'])
  })

  test('a text tells no guess of the address from another, and lapses when it was replaced', async () => {
    const asker = await atDesk(world, desk, { roles: ['agent'] })
    const account = await world.addAccount()
    const accountId = await accountIdOf(world, account)
    const asked = await askedFor(asker, { act: 'change-email', accountId, email: 'new@example.jp' })
    const { acts } = JSON.parse(asked.text) as { acts: { before: object }[] }
    assert.deepEqual(Object.keys(acts[0]?.before ?? {}), [
      'email',
      'emailSince',
      'lastStop',
      'lock',
      'stop',
    ])
    assert.equal((await shown(asker, asked.id))['state'], 'waiting')
    world.advance(1)
    // The mask of this one is the same.
    const like = account.email.replace(/^(.).*@/, '$1zzz@')
    const record = (await findAccount(world.deps, account.loginId))!
    assert.equal(
      await changeEmail(world.deps, record, like, { name: 'root', reason: 'test' }),
      null,
    )
    assert.equal((await shown(asker, asked.id))['state'], 'lapsed')
  })
})
