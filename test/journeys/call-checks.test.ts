// 「本人確認を送る」: goes to the page whose number was typed and to no other, and proves nothing but who calls.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { Account } from '../../src/domain/accounts/account.ts'
import { subjectOf } from '../../src/domain/calls/page-check.ts'
import { hours, minutes } from '../../src/kernel/clock.ts'
import { pageCheckCounts } from '../../src/limits/calls.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { changeEmail } from '../../src/operations/support/change-email.ts'
import { accountRecord, eventsOf, recordsOf } from '../support/checks/records.ts'
import {
  callingFrom,
  holderWhoCalls,
  isChecked,
  removing,
  signedInByKey,
  type CallingHolder,
} from '../support/world/callers.ts'
import { registerFurtherPasskey, securityKey, type Holder } from '../support/world/ceremonies.ts'
import { seatOperator, type Seated } from '../support/world/desk-seats.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import {
  accountWithPasskey,
  askPasskey,
  atPasskey,
  givePassword,
  proveSession,
} from '../support/world/journeys.ts'
import {
  atPage,
  checkOptions,
  confirm,
  sayDigits,
  seen,
  sendCheck,
  showNumber,
} from '../support/world/telephone.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

onEachDatabase('a check through the page', (world) => {
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

  test('is set by the digits and a passkey, for that act and that operator alone', async () => {
    const holder = await caller()
    const { page, number } = await callingFrom(world, holder)
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
    const other = await seatOperator(desk, ['agent'])
    assert.equal((await seen(other, number)).account, null)
    assert.equal((await seen(other, number)).check, null)

    const { account } = holder
    assert.ok(await isChecked(world, account, agent.id, removing(holder.lost)))
    assert.ok(
      !(await isChecked(world, account, other.id, removing(holder.lost))),
      'another operator',
    )
    assert.ok(
      !(await isChecked(world, account, agent.id, removing(holder.kept))),
      'another passkey',
    )
    for (const act of ['resume-passkey', 'end-hold', 'reopen', 'add-operator']) {
      assert.ok(
        !(await isChecked(world, account, agent.id, { act, passkeyId: holder.lost.id })),
        act,
      )
    }
    const stranger = await world.addAccount()
    assert.ok(
      !(await isChecked(world, stranger, agent.id, removing(holder.lost))),
      'another account',
    )
    world.advance(pageCheckCounts - 1)
    assert.ok(await isChecked(world, account, agent.id, removing(holder.lost)))
    world.advance(1)
    assert.ok(!(await isChecked(world, account, agent.id, removing(holder.lost))), 'too long ago')
    const [event] = await eventsOf(world, account, 'authn_identity_check_success')
    assert.equal(event?.detail['act'], 'remove-passkey')
  })

  test('is about an address as it is about a passkey', () => {
    assert.equal(subjectOf({ email: 'a@example.jp' }), 'a@example.jp')
    assert.equal(subjectOf({ passkeyId: 'x' }), 'x')
    assert.equal(subjectOf({}), null)
  })

  test('shows the holder nothing that support has chosen', async () => {
    const holder = await caller()
    const { page, number } = await callingFrom(world, holder)
    const email = 'urgent-call-090-0000-0000@evil.example'
    const digits = await sendCheck(agent, number, { act: 'change-email', email })
    const shownAt = async () => (await page.get('/api/call-number')).text
    assert.equal((await atPage(page)).check?.what, '登録のメールアドレスの変更')
    assert.doesNotMatch(await shownAt(), /urgent|evil/)
    expectStatus(await sayDigits(page, digits), 204)
    assert.doesNotMatch(await shownAt(), /urgent|evil/)
    for (const disguised of ['至急@x.jp', 'a\u202eb@x.jp', 'a\u200bb@x.jp', '\u0430@x.jp']) {
      const path = `/api/calls/${number}/check`
      const sent = await agent.client.post(path, { act: 'change-email', email: disguised })
      assert.equal(expectProblem(sent, 400), 'invalid_request', disguised)
    }
  })

  test('works in a session, and is no proof of it', async () => {
    const holder = await caller()
    const client = await signedInByKey(world, holder)
    const before = (await client.get('/api/session')).body
    const { sessions } = await recordsOf(world)
    const number = await showNumber(client, { page: 'portal' })
    const digits = await sendCheck(agent, number, removing(holder.lost))
    expectStatus(await sayDigits(client, digits), 204)
    expectStatus(await confirm(client, holder.key, holder.kept.id), 204)
    assert.ok(await isChecked(world, holder.account, agent.id, removing(holder.lost)))
    assert.deepEqual((await client.get('/api/session')).body, before)
    assert.deepEqual((await recordsOf(world)).sessions, sessions)
    const change = await client.put('/api/second-factor', { method: 'email' })
    assert.equal(expectProblem(change, 403), 'passkey_needed')
  })

  test('is shown as of the session of its number, while another sign-in is under way too', async () => {
    const holder = await caller()
    const client = await signedInByKey(world, holder)
    const number = await showNumber(client, { page: 'portal' })
    expectStatus(
      await sayDigits(client, await sendCheck(agent, number, removing(holder.lost))),
      204,
    )
    const before = await atPage(client)
    assert.deepEqual(
      before.check?.passkeys.map(({ id }) => id),
      [holder.kept.id],
    )
    expectStatus(await givePassword(client, (await accountWithPasskey(world)).account), 200)
    assert.deepEqual(await atPage(client), before)
  })

  test('is no step of a sign-in, nor is a sign-in a check', async () => {
    const holder = await caller()
    const { page, number } = await callingFrom(world, holder)
    expectStatus(await sayDigits(page, await sendCheck(agent, number, removing(holder.lost))), 204)
    const options = expectStatus(await checkOptions(page, holder.kept.id), 200)
    const misused = await page.post('/api/sign-in/passkey', await holder.key.get(options))
    assert.equal(expectProblem(misused, 400), 'ceremony_expired')
    const ofSignIn = await holder.key.get(await askPasskey(page, holder.kept.id))
    const reverse = await page.post('/api/call-number/passkey', ofSignIn)
    assert.equal(expectProblem(reverse, 400), 'ceremony_expired')
    assert.ok(!(await isChecked(world, holder.account, agent.id, removing(holder.lost))))
    const { cookies } = page
    expectStatus(await confirm(page, holder.key, holder.kept.id), 204)
    assert.deepEqual(page.cookies, cookies, 'no session, no browser that is known')
    expectProblem(await page.get('/api/session'), 401)
    const look = expectStatus(await page.get<{ step: string }>('/api/sign-in'), 200)
    assert.equal(look.step, 'passkey')
    const client = await signedInByKey(world, holder)
    const inSession = await client.post('/api/session/passkey', await holder.key.get(options))
    assert.equal(expectProblem(inSession, 400), 'ceremony_expired')
    expectStatus(await proveSession(client, holder.key, holder.kept.id, 'step-up'), 200)
  })

  test('is not proven by the passkey that it is about', async () => {
    const holder = await caller()
    const { page, number } = await callingFrom(world, holder)
    expectStatus(await sayDigits(page, await sendCheck(agent, number, removing(holder.lost))), 204)
    assert.equal(expectProblem(await checkOptions(page, holder.lost.id), 404), 'no_such_passkey')
    const alone = await accountWithPasskey(world)
    world.advance(25 * hours)
    agent = await seatOperator(desk, ['agent'])
    const called = await callingFrom(world, alone)
    const path = `/api/calls/${called.number}/check`
    const refused = await agent.client.post(path, removing(alone.passkey))
    assert.equal(expectProblem(refused, 409), 'not_checkable')
    const foreign = await agent.client.post(path, removing(holder.lost))
    assert.equal(expectProblem(foreign, 404), 'no_such_passkey')
  })

  test('is not proven by a passkey that was bound since a hold began, however often it grew', async () => {
    const holder = await caller()
    const client = await signedInByKey(world, holder)
    const { id } = await accountRecord(world, holder.account)
    const hold = () =>
      changeEmail(world.deps, { id } as Account, newAddress(holder), { name: 'x', reason: 'asked' })
    await client.delete('/api/session')
    await hold()
    const inHold = await signedInByKey(world, holder)
    const late = await registerLater(inHold, holder)
    world.advance(1 * minutes)
    await hold()
    agent = await seatOperator(desk, ['agent'])
    const page = await atPasskey(world, holder)
    const number = await showNumber(page)
    expectStatus(await sayDigits(page, await sendCheck(agent, number, removing(holder.lost))), 204)
    const names = (await atPage(page)).check?.passkeys.map((one) => one.id)
    assert.deepEqual(names, [holder.kept.id])
    assert.equal(expectProblem(await checkOptions(page, late.id), 404), 'no_such_passkey')
  })

  const newAddress = ({ account }: Holder) => `${account.loginId}.new@example.jp`

  async function registerLater(client: HttpClient, holder: CallingHolder) {
    const account = { ...holder.account, email: newAddress(holder) }
    const now = { account, client, authenticator: holder.key, passkey: holder.kept }
    return registerFurtherPasskey(world, now, securityKey(world), 'Late')
  }
})
