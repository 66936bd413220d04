// 「本人確認を送る」: goes to the page whose number was typed and to no other, and proves nothing but who calls.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { checkedByPage, subjectOf } from '../../src/domain/calls/page-check.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { hours, minutes } from '../../src/kernel/clock.ts'
import { pageCheckCounts, pageChecksPerAccount } from '../../src/kernel/limits.ts'
import type { Account } from '../../src/domain/accounts/account.ts'
import { changeEmail } from '../../src/operations/support/change-account.ts'
import { accountRecord, eventsOf, recordsOf } from '../support/checks/records.ts'
import { registerFurtherPasskey, securityKey, type Holder } from '../support/world/ceremonies.ts'
import { seatOperator, type Seated } from '../support/world/desk-seats.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import {
  accountWithPasskey,
  askPasskey,
  atPasskey,
  proveSession,
} from '../support/world/journeys.ts'
import * as telephone from '../support/world/telephone.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const { atPage, checkOptions, confirm, otherThan, sayDigits, seen, sendCheck, showNumber } =
  telephone

onEachDatabase('a check through the page', (world) => {
  let desk: RunningConsole
  let agent: Seated
  before(async () => {
    desk = await world.startConsole()
  })

  /** A caller with two passkeys, the lost one among them, none of them bound since a hold began. */
  async function caller() {
    const holder = await accountWithPasskey(world)
    const key = securityKey(world)
    const further = await registerFurtherPasskey(world, holder, key, 'YubiKey')
    // The hold of the first passkey is over.
    world.advance(25 * hours)
    agent = await seatOperator(desk)
    return { ...holder, key, lost: holder.passkey, kept: further }
  }

  const removing = ({ id: passkeyId }: { id: string }) => ({ act: 'remove-passkey', passkeyId })

  /** At the second factor, with a number. */
  async function calling(holder: Holder) {
    const page = await atPasskey(world, holder)
    return { page, number: await showNumber(page, { page: 'passkey' }) }
  }

  async function isChecked(
    account: TestAccount,
    operatorId: string,
    { act, ...values }: { act: string } & Record<string, unknown>,
  ): Promise<boolean> {
    const { id: accountId } = await accountRecord(world, account)
    const of = { accountId, operatorId, act, values, now: world.now }
    const at = await world.deps.db.transaction().execute((tx) => checkedByPage(tx, of))
    return at !== undefined
  }

  test('is set by the digits and a passkey, for that act and that operator alone', async () => {
    const holder = await caller()
    const { page, number } = await calling(holder)
    assert.equal((await atPage(page)).check, null)
    const digits = await sendCheck(agent, number, removing(holder.lost))
    assert.match(digits, /^\d{2}$/)
    const { check: asked } = await atPage(page)
    assert.equal(asked?.state, 'asked')
    assert.equal(asked?.what, 'パスキー「Windows」の削除')
    assert.deepEqual(asked?.passkeys, [])
    expectStatus(await sayDigits(page, digits), 204)
    const { check: heard } = await atPage(page)
    assert.equal(heard?.state, 'heard')
    assert.deepEqual(
      heard?.passkeys.map(({ id }) => id),
      [holder.kept.id],
    )
    assert.equal((await seen(agent, number)).account, null)
    expectStatus(await confirm(page, holder.key, holder.kept.id), 204)

    const { id } = await accountRecord(world, holder.account)
    const call = await seen(agent, number)
    assert.deepEqual(call.account, { id })
    assert.equal(call.check?.state, 'done')
    assert.equal((await atPage(page)).check, null)
    const other = await seatOperator(desk)
    assert.equal((await seen(other, number)).account, null)
    assert.equal((await seen(other, number)).check, null)

    const { account } = holder
    assert.ok(await isChecked(account, agent.id, removing(holder.lost)))
    assert.ok(!(await isChecked(account, other.id, removing(holder.lost))), 'another operator')
    assert.ok(!(await isChecked(account, agent.id, removing(holder.kept))), 'another passkey')
    for (const act of ['resume-passkey', 'end-hold', 'reopen', 'add-operator']) {
      assert.ok(!(await isChecked(account, agent.id, { act, passkeyId: holder.lost.id })), act)
    }
    const stranger = await world.addAccount()
    assert.ok(!(await isChecked(stranger, agent.id, removing(holder.lost))), 'another account')
    world.advance(pageCheckCounts - 1)
    assert.ok(await isChecked(account, agent.id, removing(holder.lost)))
    world.advance(1)
    assert.ok(!(await isChecked(account, agent.id, removing(holder.lost))), 'too long ago')
    const [event] = await eventsOf(world, account, 'authn_identity_check_success')
    assert.equal(event?.detail['act'], 'remove-passkey')
  })

  test('is about an address as it is about a passkey', () => {
    assert.equal(subjectOf({ email: 'a@example.jp' }), 'a@example.jp')
    assert.equal(subjectOf({ passkeyId: 'x' }), 'x')
    assert.equal(subjectOf({}), null)
  })

  test('works in a session, and is no proof of it', async () => {
    const holder = await caller()
    const client = await signedIn(holder)
    const before = (await client.get('/api/session')).body
    const { sessions } = await recordsOf(world)
    const number = await showNumber(client, { page: 'portal' })
    const digits = await sendCheck(agent, number, removing(holder.lost))
    expectStatus(await sayDigits(client, digits), 204)
    expectStatus(await confirm(client, holder.key, holder.kept.id), 204)
    assert.ok(await isChecked(holder.account, agent.id, removing(holder.lost)))
    assert.deepEqual((await client.get('/api/session')).body, before)
    assert.deepEqual((await recordsOf(world)).sessions, sessions)
    const change = await client.put('/api/second-factor', { method: 'email' })
    assert.equal(expectProblem(change, 403), 'passkey_needed')
  })

  async function signedIn(holder: Awaited<ReturnType<typeof caller>>): Promise<HttpClient> {
    const client = await atPasskey(world, holder)
    const options = await askPasskey(client, holder.kept.id)
    expectStatus(await client.post('/api/sign-in/passkey', await holder.key.get(options)), 200)
    return client
  }

  test('is no step of a sign-in, nor is a sign-in a check', async () => {
    const holder = await caller()
    const { page, number } = await calling(holder)
    expectStatus(await sayDigits(page, await sendCheck(agent, number, removing(holder.lost))), 204)
    const options = expectStatus(await checkOptions(page, holder.kept.id), 200)
    const misused = await page.post('/api/sign-in/passkey', await holder.key.get(options))
    assert.equal(expectProblem(misused, 400), 'ceremony_expired')
    const ofSignIn = await holder.key.get(await askPasskey(page, holder.kept.id))
    const reverse = await page.post('/api/call-number/passkey', ofSignIn)
    assert.equal(expectProblem(reverse, 400), 'ceremony_expired')
    assert.ok(!(await isChecked(holder.account, agent.id, removing(holder.lost))))
    const { cookies } = page
    expectStatus(await confirm(page, holder.key, holder.kept.id), 204)
    assert.deepEqual(page.cookies, cookies, 'no session, no browser that is known')
    expectProblem(await page.get('/api/session'), 401)
    const look = expectStatus(await page.get<{ step: string }>('/api/sign-in'), 200)
    assert.equal(look.step, 'passkey')
    const client = await signedIn(holder)
    const inSession = await client.post('/api/session/passkey', await holder.key.get(options))
    assert.equal(expectProblem(inSession, 400), 'ceremony_expired')
    expectStatus(await proveSession(client, holder.key, holder.kept.id, 'step-up'), 200)
  })

  test('goes to that page alone', async () => {
    const holder = await caller()
    const elsewhere = await calling(holder)
    const { page, number } = await calling(holder)
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
    const { page, number } = await calling(holder)
    const digits = await sendCheck(agent, number, removing(holder.lost))
    await showNumber(page)
    assert.equal((await atPage(page)).check, null)
    assert.equal(expectProblem(await sayDigits(page, digits), 409), 'check_over')
  })

  test('has one try at the digits, also when two come at once', async () => {
    const holder = await caller()
    const { page, number } = await calling(holder)
    const digits = await sendCheck(agent, number, removing(holder.lost))
    assert.equal(expectProblem(await sayDigits(page, otherThan(digits)), 400), 'digits_wrong')
    assert.equal(expectProblem(await sayDigits(page, digits), 409), 'check_over')
    assert.equal((await seen(agent, number)).check?.state, 'failed')
    assert.equal((await atPage(page)).check, null)
    expectProblem(await checkOptions(page, holder.kept.id), 409)
    const again = await sendCheck(agent, number, removing(holder.lost))
    const answers = await Promise.all(
      [otherThan(again), again].map((typed) => sayDigits(page, typed)),
    )
    assert.equal(answers.filter(({ status }) => status === 409).length, 1)
    const [fail] = await eventsOf(world, holder.account, 'authn_identity_check_fail')
    assert.equal(fail?.detail['why'], 'digits')
  })

  test('is sent three times a day to one account, whoever sends it and to whichever page', async () => {
    const holder = await caller()
    for (let sent = 0; sent < pageChecksPerAccount.failures; sent += 1) {
      const { number } = await calling(holder)
      await sendCheck(await seatOperator(desk), number, removing(holder.lost))
    }
    const { page, number } = await calling(holder)
    const path = `/api/calls/${number}/check`
    const refused = await agent.client.post(path, removing(holder.lost))
    assert.equal(expectProblem(refused, 429), 'too_many_attempts')
    assert.equal((await atPage(page)).check, null)
    const other = await caller()
    await sendCheck(agent, (await calling(other)).number, removing(other.lost))
  })

  test('asks for a passkey only after the digits, and spends its challenge', async () => {
    const holder = await caller()
    const { page, number } = await calling(holder)
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
    assert.ok(!(await isChecked(holder.account, agent.id, { act: 'end-hold' })))
    expectStatus(await confirm(page, holder.key, holder.kept.id), 204)
    const twice = await page.post('/api/call-number/passkey', answer)
    assert.equal(expectProblem(twice, 409), 'check_over')
    assert.ok(!(await isChecked(holder.account, agent.id, removing(holder.lost))))
  })

  test('is not proven by the passkey that it is about', async () => {
    const holder = await caller()
    const { page, number } = await calling(holder)
    expectStatus(await sayDigits(page, await sendCheck(agent, number, removing(holder.lost))), 204)
    assert.equal(expectProblem(await checkOptions(page, holder.lost.id), 404), 'no_such_passkey')
    const alone = await accountWithPasskey(world)
    world.advance(25 * hours)
    agent = await seatOperator(desk)
    const called = await calling(alone)
    const path = `/api/calls/${called.number}/check`
    const refused = await agent.client.post(path, removing(alone.passkey))
    assert.equal(expectProblem(refused, 409), 'not_checkable')
    const foreign = await agent.client.post(path, removing(holder.lost))
    assert.equal(expectProblem(foreign, 404), 'no_such_passkey')
  })

  test('is not proven by a passkey that was bound since a hold began, however often it grew', async () => {
    const holder = await caller()
    const client = await signedIn(holder)
    const { id } = await accountRecord(world, holder.account)
    const hold = () =>
      changeEmail(world.deps, { id } as Account, newAddress(holder), { name: 'x', reason: 'asked' })
    await client.delete('/api/session')
    await hold()
    const inHold = await signedIn(holder)
    const late = await registerLater(inHold, holder)
    world.advance(1 * minutes)
    await hold()
    agent = await seatOperator(desk)
    const page = await atPasskey(world, holder)
    const number = await showNumber(page)
    expectStatus(await sayDigits(page, await sendCheck(agent, number, removing(holder.lost))), 204)
    const names = (await atPage(page)).check?.passkeys.map((one) => one.id)
    assert.deepEqual(names, [holder.kept.id])
    assert.equal(expectProblem(await checkOptions(page, late.id), 404), 'no_such_passkey')
  })

  const newAddress = ({ account }: Holder) => `${account.loginId}.new@example.jp`

  async function registerLater(client: HttpClient, holder: Awaited<ReturnType<typeof caller>>) {
    const account = { ...holder.account, email: newAddress(holder) }
    const now = { account, client, authenticator: holder.key, passkey: holder.kept }
    return registerFurtherPasskey(world, now, securityKey(world), 'Late')
  }

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
    const { number: own } = await calling(holder)
    const { id } = await accountRecord(world, holder.account)
    const herself = await seatOperator(desk, ['agent'], id)
    const path = `/api/calls/${own}/check`
    const asked = await herself.client.post(path, removing(holder.lost))
    assert.equal(expectProblem(asked, 403), 'not_allowed')
  })

  test('ends when the caller says that it is no call of hers', async () => {
    const holder = await caller()
    const { page, number } = await calling(holder)
    const digits = await sendCheck(agent, number, removing(holder.lost))
    expectStatus(await page.post('/api/call-number/answer', { called: false }), 204)
    assert.equal(expectProblem(await sayDigits(page, digits), 409), 'check_over')
    assert.equal((await seen(agent, number)).check?.state, 'denied')
    const [fail] = await eventsOf(world, holder.account, 'authn_identity_check_fail')
    assert.equal(fail?.detail['why'], 'denied')
    assert.ok(!(await isChecked(holder.account, agent.id, removing(holder.lost))))
  })
})
