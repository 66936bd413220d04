// Requests about an account under suspicion of takeover: what waits for whom, what a case ends, and whom a request
// keeps from the case.
import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import { hours } from '../../src/kernel/clock.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { performDue } from '../../src/operations/requests/perform-due.ts'
import { consoleActions } from '../../src/surfaces/console/app.ts'
import { accountRecord } from '../support/checks/records.ts'
import { closeCase, openedCase, takeCase } from '../support/world/cases.ts'
import { seatOperator, type Seated } from '../support/world/desk-seats.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { accountWithPasskey } from '../support/world/journeys.ts'
import { activation, anotherPassword, giveActivation } from '../support/world/recovery.ts'
import {
  approve,
  askedFor,
  atDesk,
  refusedApproval,
  shown,
  signInAgain,
  why,
} from '../support/world/requests.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

/** The reading calls of the console about one account, or about what is about one. */
const readsOfOne = consoleActions.flatMap(([method, path]) =>
  method === 'GET' && /^\/api\/(?:accounts|cases|requests)\/:id/.test(path) ? [path] : [],
)

onEachDatabase('cases and requests', (world) => {
  let desk: RunningConsole
  let agent: Seated
  let approver: Seated
  before(async () => {
    desk = await world.startConsole()
  })
  beforeEach(async () => {
    agent = await seatOperator(desk, ['agent'])
    approver = await seatOperator(desk, ['approver'])
  })

  test('a request waits for the investigator, whether it came before the case or after', async () => {
    const [asker, investigator, other] = await Promise.all(
      (['agent', 'approver', 'approver'] as const).map((role) =>
        atDesk(world, desk, { roles: [role] }),
      ),
    )
    assert.ok(asker && investigator && other)
    const { account, passkey } = await accountWithPasskey(world)
    const body = {
      act: 'remove-passkey',
      accountId: (await accountRecord(world, account)).id,
      passkeyId: passkey.id,
    }
    const before = await askedFor(asker, body)
    const made = await openedCase(agent, body.accountId)
    assert.equal(
      expectProblem(await asker.client.post('/api/requests', { ...why, ...body }), 409),
      'case_open',
    )
    for (const one of [investigator, other]) {
      assert.equal(await refusedApproval(world, one, before.id, 409), 'request_closed')
    }
    const { state, closedReason } = await shown(asker, before.id)
    assert.deepEqual([state, closedReason], ['lapsed', 'case_open'])
    expectStatus(await takeCase(made, investigator), 200)
    const after = await askedFor(asker, body)
    assert.equal(await refusedApproval(world, other, after.id, 409), 'case_open')
    const done = expectStatus(await approve(investigator, after.id), 200)
    assert.equal(done.state, 'done')
  })

  test('a case ends a code that was out, for its asker, the letter and the holder, whatever was begun with it', async () => {
    const [asker, third] = [
      await atDesk(world, desk, { roles: ['agent'] }),
      await atDesk(world, desk, { roles: ['agent'] }),
    ]
    const [other, investigator] = [
      await atDesk(world, desk, { roles: ['approver'] }),
      await atDesk(world, desk, { roles: ['approver'] }),
    ]
    const issued = async (account: TestAccount) => {
      const accountId = (await accountRecord(world, account)).id
      const asked = await askedFor(asker, { act: 'activation-code', accountId })
      expectStatus(await approve(other, asked.id), 200)
      return { accountId, asked }
    }
    const [unread, begun] = [await world.addAccount(), await world.addAccount()]
    const ofUnread = await issued(unread)
    const ofBegun = await issued(begun)
    const code = String((await shown(asker, ofBegun.asked.id))['activationCode'])
    const { client, answer } = await giveActivation(world, begun, code)
    expectStatus(answer, 200)
    expectStatus(
      await client.post(`${activation}/email-code`, { code: await world.nextCode(begun) }),
      200,
    )
    const made = await openedCase(agent, ofUnread.accountId)
    await openedCase(agent, ofBegun.accountId)
    assert.equal((await shown(asker, ofUnread.asked.id))['activationCode'], null)
    const letters = await world.command(['letters', 'export'])
    assert.ok(!letters.output.includes(unread.loginId))
    const late = await client.put(activation, { newPassword: anotherPassword })
    assert.equal(expectProblem(late, 404), 'no_sign_in')
    const again = await giveActivation(world, begun, code)
    assert.equal(expectProblem(again.answer, 400), 'activation_refused')
    // What the investigator approves is good meanwhile.
    await Promise.all([third, investigator].map(signInAgain))
    expectStatus(await takeCase(made, investigator), 200)
    const body = { act: 'activation-code', accountId: ofUnread.accountId }
    const anew = await askedFor(third, body)
    expectStatus(await approve(investigator, anew.id), 200)
    const given = await giveActivation(
      world,
      unread,
      String((await shown(third, anew.id))['activationCode']),
    )
    expectStatus(given.answer, 200)
  })

  test('a case does not keep who runs the machine: the command says that there is one', async () => {
    const account = await world.addAccount()
    const accountId = (await accountRecord(world, account)).id
    const words = ['--login-id', account.loginId, '--reason', 'came to the branch']
    const say = async (name: string, ...more: string[]) => {
      const { status, output } = await world.command(['accounts', name, ...words, ...more])
      assert.equal(status, 0)
      return output
    }
    const told = /a case of takeover is open/
    assert.doesNotMatch(await say('unlock'), told)
    const made = await openedCase(await seatOperator(desk, ['agent']), accountId)
    for (const name of ['unlock', 'set-password']) assert.match(await say(name), told, name)
    assert.match(await say('unlock', '--json'), /"caseOpen":true/)
    assert.doesNotMatch(await say('lock'), told)
    expectStatus(await closeCase(made, await seatOperator(desk, ['approver'])), 200)
    assert.match(await say('unlock', '--json'), /"caseOpen":false/)
  })

  test('who asked for what opens the account neither takes nor closes its case', async () => {
    const [asker, other] = [
      await atDesk(world, desk, { roles: ['agent', 'approver'] }),
      await atDesk(world, desk, { roles: ['approver'] }),
    ]
    const account = await world.addAccount()
    const accountId = (await accountRecord(world, account)).id
    const body = { act: 'change-email', accountId, email: 'other@example.jp' }
    const asked = await askedFor(asker, body)
    const made = await openedCase(agent, accountId)
    for (const path of [`/api/cases/${made.id}/take`, `/api/cases/${made.id}/close`]) {
      const answer = await asker.client.post(path, { reason: 'all is well' })
      assert.equal(expectProblem(answer, 403), 'not_allowed', path)
    }
    assert.equal(await refusedApproval(world, other, asked.id, 409), 'request_closed')
    expectStatus(await takeCase(made, approver), 200)
    // Nor who asks meanwhile.
    const later = await askedFor(asker, body)
    const taken = await takeCase(made, asker)
    assert.equal(expectProblem(taken, 403), 'not_allowed')
    assert.equal(await refusedApproval(world, other, later.id, 409), 'case_open')
    expectStatus(await closeCase(made, approver), 200)
  })

  test('what waits ends with the case, whoever approved it takes none, and its holder is told', async () => {
    const waiting = await world.startConsole({ SEKISHO_RECOVERY_WAIT_HOURS: '48' })
    const [asker, other, third] = await Promise.all(
      ([['agent'], ['approver'], ['agent']] as const).map((roles) =>
        atDesk(world, waiting, { roles }),
      ),
    )
    assert.ok(asker && other && third)
    const account = await world.addAccount()
    const accountId = (await accountRecord(world, account)).id
    const body = { act: 'change-email', accountId, email: 'other@example.jp' }
    const asked = await askedFor(asker, body)
    assert.equal(expectStatus(await approve(other, asked.id), 200).state, 'approved')
    const made = await openedCase(third, accountId)
    const taken = await takeCase(made, other)
    assert.equal(expectProblem(taken, 403), 'not_allowed')
    const { state, closedReason } = await shown(asker, asked.id)
    assert.deepEqual([state, closedReason], ['lapsed', 'case_open'])
    const mails = world.deps.db
      .selectFrom('outbox')
      .select('kind')
      .where('account_id', '=', accountId)
    assert.ok((await mails.execute()).length > 0)
    world.advance(49 * hours)
    await performDue(waiting.deps.db, world.now, waiting.deps)
    const { email } = await accountRecord(world, account)
    assert.equal(email, account.email)
  })

  test('what waits in a case is done for the approver who investigates it then, and lapses for any other', async () => {
    const waiting = await world.startConsole({ SEKISHO_RECOVERY_WAIT_HOURS: '48' })
    const [asker, first, second] = await Promise.all(
      ([['agent'], ['approver'], ['approver']] as const).map((roles) =>
        atDesk(world, waiting, { roles }),
      ),
    )
    assert.ok(asker && first && second)
    const approved = async (account: TestAccount) => {
      const accountId = (await accountRecord(world, account)).id
      const made = await openedCase(agent, accountId)
      expectStatus(await takeCase(made, first), 200)
      const email = `new-${account.email}`
      const asked = await askedFor(asker, { act: 'change-email', accountId, email })
      assert.equal(expectStatus(await approve(first, asked.id), 200).state, 'approved')
      return { made, id: asked.id }
    }
    const [kept, passedOn] = [await world.addAccount(), await world.addAccount()]
    const ofKept = await approved(kept)
    const ofPassedOn = await approved(passedOn)
    expectStatus(await takeCase(ofPassedOn.made, second), 200)
    world.advance(48 * hours)
    await performDue(waiting.deps.db, world.now, waiting.deps)
    await signInAgain(asker)
    const endOf = async (id: string) => {
      const { state, closedReason } = await shown(asker, id)
      return [state, closedReason]
    }
    assert.deepEqual(await endOf(ofKept.id), ['done', null])
    assert.deepEqual(await endOf(ofPassedOn.id), ['lapsed', 'case_open'])
    assert.equal((await accountRecord(world, kept)).email, `new-${kept.email}`)
    assert.equal((await accountRecord(world, passedOn)).email, passedOn.email)
    await world.nextMail(passedOn, '予定していたお手続きを行いませんでした')
  })

  test('a day after it was done, a request bars nobody from a case', async () => {
    const [asker, other] = [
      await atDesk(world, desk, { roles: ['agent', 'approver'] }),
      await atDesk(world, desk, { roles: ['approver'] }),
    ]
    for (const [wait, status] of [
      [23 * hours, 403],
      [25 * hours, 200],
    ] as const) {
      const account = await world.addAccount()
      const accountId = (await accountRecord(world, account)).id
      await signInAgain(asker)
      await signInAgain(other)
      const body = { act: 'change-email', accountId, email: 'other@example.jp' }
      const asked = await askedFor(asker, body)
      expectStatus(await approve(other, asked.id), 200)
      world.advance(wait)
      agent = await seatOperator(desk, ['agent'])
      const made = await openedCase(agent, accountId)
      for (const one of [asker, other]) {
        await signInAgain(one)
        const taken = await takeCase(made, one)
        assert.equal(taken.status, status)
      }
    }
  })

  test('nobody reads, refuses or cancels what the desk does about the own customer account', async () => {
    const asker = await atDesk(world, desk, { roles: ['agent'] })
    const account = await world.addAccount()
    const accountId = (await accountRecord(world, account)).id
    const body = { act: 'change-email', accountId, email: 'other@example.jp' }
    const asked = await askedFor(asker, body)
    const self = await seatOperator(desk, ['agent', 'approver', 'auditor'], accountId)
    const other = await seatOperator(desk, ['agent', 'approver', 'auditor'])
    for (const [method, path] of [
      ['get', `/api/requests/${asked.id}`],
      ['post', `/api/requests/${asked.id}/refusal`],
      ['delete', `/api/requests/${asked.id}`],
    ] as const) {
      const answer = await (method === 'post'
        ? self.client.post(path, { reason: 'mine' })
        : self.client[method](path))
      assert.equal(expectProblem(answer, 403), 'not_allowed', path)
    }
    assert.equal((await shown(asker, asked.id))['state'], 'waiting')
    const made = await openedCase(agent, accountId)
    const fields = { fields: ['email'], reason: 'who is it', ticket: 'T-55' }
    const reveal = `/api/accounts/${accountId}/reveal`
    expectStatus(await agent.client.post(reveal, fields), 200)
    expectStatus(await approver.client.get(`/api/cases/${made.id}/export`), 200)
    for (const path of [
      ...['/api/cases', '/api/alerts', '/api/requests', '/api/looks/export'],
      ...['/api/looks?kind=reveal', '/api/looks?kind=export'],
    ]) {
      const read = async (by: Seated) => (await by.client.get(path)).text
      assert.ok((await read(other)).includes(accountId), path)
      assert.ok(!(await read(self)).includes(accountId), path)
    }
    const of = (path: string) =>
      path.replace(
        ':id',
        path.includes('requests') ? asked.id : path.includes('cases') ? made.id : accountId,
      )
    for (const path of readsOfOne) {
      assert.equal(expectProblem(await self.client.get(of(path)), 403), 'not_allowed', path)
    }
  })
})
