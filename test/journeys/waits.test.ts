// With SEKISHO_RECOVERY_WAIT_HOURS what closes happens with the approval, and what opens waits: it is told, checked
// again when it is due, done once, and cancelled by its holder or by support (rule 38).
import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import { hours, minutes } from '../../src/kernel/clock.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { texts } from '../../src/text/texts.ts'
import { accountIdOf, accountRecord, eventsOf, passkeyRecord } from '../support/checks/records.ts'
import {
  holderOfPasskey,
  registerFurtherPasskey,
  removeBySupport,
  securityKey,
} from '../support/world/ceremonies.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import {
  accountWithPasskey,
  givePassword,
  proveSession,
  signInWithPasskey,
} from '../support/world/journeys.ts'
import {
  approve,
  askedFor,
  atDesk,
  pairAtDesk,
  shown,
  signInAgain,
  type AtDesk,
} from '../support/world/requests.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const wait = 24 * hours
const inMail = /行う予定の日時：\d{4}\/\d\d\/\d\d \d{1,2}:\d\d/

interface Pending {
  readonly pending: readonly { id: string; acts: string[]; takesEffectAt: string }[]
}

onEachDatabase('what was approved and waits', (world, database) => {
  let desk: RunningConsole
  let agent: AtDesk
  let approver: AtDesk
  let other: AtDesk
  before(async () => {
    if (database.name === 'postgres') await world.startNode()
    const wait = { SEKISHO_RECOVERY_WAIT_HOURS: '24' }
    ;({ desk, agent, approver } = await pairAtDesk(world, wait))
    other = await atDesk(world, desk, { roles: ['agent'] })
  })
  const atWork = () => Promise.all([agent, approver, other].map(signInAgain))
  beforeEach(async () => {
    world.advance(1000)
    await atWork()
  })

  /** Asks and approves, and returns the id of what waits. */
  async function approved(account: TestAccount, act: object, by = { agent, approver }) {
    const { id } = await askedFor(by.agent, {
      accountId: await accountIdOf(world, account),
      ...act,
    })
    const answer = expectStatus(await approve(by.approver, id), 200)
    const takesEffectAt = new Date(world.now + wait).toISOString()
    assert.deepEqual(answer, { state: 'approved', takesEffectAt, codeHalf: null })
    return id
  }
  const newEmail = (account: TestAccount) => ({
    act: 'change-email',
    email: `new-${account.email}`,
  })
  const stateOf = async (id: string) => {
    const row = await world.deps.db
      .selectFrom('requests')
      .select(['state', 'closed_reason as why'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    return [row.state, row.why]
  }
  const pendingOf = async (client: HttpClient) =>
    expectStatus(await client.get<Pending>('/api/session'), 200).pending

  test('closes at once: the passkey is dead, e-mail opens no sooner than when the wait is over', async () => {
    const { account, passkey, client } = await accountWithPasskey(world)
    const id = await approved(account, { act: 'remove-passkey', passkeyId: passkey.id })
    expectProblem(await client.get('/api/session'), 401)
    const told = await world.nextMail(account, 'お手続きを予定しています')
    assert.match(told.text, inMail)
    assert.match(told.text, /取り消せます[^]*0120-000-000/)
    assert.doesNotMatch(told.text, /担当|T-1|機種変更|Chrome/)
    await world.nextMail(account, 'パスキーの使用を止めました')
    const dead = await accountRecord(world, account)
    assert.deepEqual([dead.second_factor, dead.lock_reason], ['passkey', null])
    const browser = world.client()
    const { step, passkeys } = expectStatus(await givePassword(browser, account), 200)
    assert.deepEqual([step, passkeys], ['passkey', []])
    const { text } = await browser.get('/sign-in/passkey')
    assert.match(text, new RegExp(texts.ja.pending.noPasskey))
    assert.match(text, new RegExp(texts.ja.pending.cannot))
    assert.doesNotMatch(text, /data-pending|id="passkey-form"/)

    world.advance(wait - 1)
    await sweep(world.deps)
    assert.equal((await passkeyRecord(world, passkey.id)).removed_at, null)
    assert.deepEqual(await stateOf(id), ['approved', null])
    world.advance(1)
    await sweep(world.deps)
    assert.equal((await stateOf(id))[0], 'done')
    const row = await passkeyRecord(world, passkey.id)
    assert.match(row.removed_by ?? '', /^asked by operator:.+, approved by operator:/)
    const open = await accountRecord(world, account)
    assert.deepEqual([open.second_factor, open.hold_reason], ['email', 'last_passkey_removed'])
    await world.nextMail(account, 'パスキーが削除されました')
    await world.signIn(account)
  })

  test('is done once, on two nodes too', async () => {
    const account = await world.addAccount()
    const id = await approved(account, newEmail(account))
    world.advance(wait)
    await Promise.all(world.nodes.flatMap(({ deps }) => [sweep(deps), sweep(deps)]))
    assert.equal((await stateOf(id))[0], 'done')
    assert.equal((await eventsOf(world, account, 'authz_request_done')).length, 1)
    assert.equal((await accountRecord(world, account)).email, `new-${account.email}`)
  })

  test('is cancelled by its holder with a passkey, in a session that is proven anew', async () => {
    const { account, client, authenticator, passkey } = await holderOfPasskey(world)
    world.advance(1000)
    const id = await approved(account, newEmail(account))
    assert.deepEqual(await pendingOf(client), [
      { id, acts: ['change-email'], takesEffectAt: new Date(world.now + wait).toISOString() },
    ])
    const cancel = (by = client) => by.delete(`/api/pending/${id}`)
    assert.equal(expectProblem(await cancel(), 403), 'passkey_needed', 'the code alone')
    const stranger = await holderOfPasskey(world)
    const { authenticator: hers, passkey: hersToo } = stranger
    expectStatus(await proveSession(stranger.client, hers, hersToo.id, 'step-up'), 200)
    assert.equal(expectProblem(await cancel(stranger.client), 404), 'not_found')
    assert.equal(
      expectProblem(await world.client().delete(`/api/pending/${id}`), 401),
      'not_signed_in',
    )

    expectStatus(await proveSession(client, authenticator, passkey.id, 'step-up'), 200)
    world.advance(10 * minutes)
    assert.equal(expectProblem(await cancel(), 403), 'passkey_needed', 'no longer fresh')
    expectStatus(await proveSession(client, authenticator, passkey.id, 'step-up'), 200)
    expectStatus(await cancel(), 204)
    assert.deepEqual(await stateOf(id), ['cancelled', 'by_holder'])
    assert.equal(expectProblem(await cancel(), 404), 'not_found')
    assert.deepEqual(await pendingOf(client), [])
    const mail = await world.nextMail(account, '予定していたお手続きを取り消しました')
    assert.match(mail.text, /行われません/)
    const alert = await world.deps.db
      .selectFrom('alerts')
      .selectAll()
      .where('kind', '=', 'holder-cancelled')
      .where('account_id', '=', await accountIdOf(world, account))
      .execute()
    assert.equal(alert.length, 1)

    world.advance(wait)
    await sweep(world.deps)
    assert.equal((await accountRecord(world, account)).email, account.email)
  })

  test('is cancelled at the sign-in, by the password and a passkey', async () => {
    const { account, authenticator, passkey } = await accountWithPasskey(world)
    world.advance(1000)
    const id = await approved(account, newEmail(account))
    const browser = world.client()
    expectStatus(await givePassword(browser, account), 200)
    const { text } = await browser.get('/sign-in/passkey')
    assert.match(text, /メールアドレスの変更：\d{4}\/\d\d\/\d\d \d{1,2}:\d\d に行います。/)
    assert.match(
      text,
      new RegExp(`<button[^>]*data-pending="/portal/pending/${id}"[^>]*aria-label="取り消す"`),
    )
    assert.equal(expectProblem(await browser.delete(`/api/pending/${id}`), 401), 'not_signed_in')
    await signInWithPasskey(world, account, authenticator, passkey.id, browser)
    const page = await browser.get(`/portal/pending/${id}`)
    assert.match(page.text, new RegExp(`data-pending="${id}"`))
    expectStatus(await browser.delete(`/api/pending/${id}`), 204)
    const done = await browser.get(`/portal/pending/${id}?done=cancelled`)
    assert.match(done.text, new RegExp(texts.ja.pending.done))
    assert.equal((await browser.get(`/portal/pending/${id}`)).status, 303)
    assert.doesNotMatch((await browser.get('/portal')).text, /pending-title/)
  })

  test('is shown to who signs in by a code, and cancelled in the portal with a passkey of before', async () => {
    const { account, authenticator, passkey } = await holderOfPasskey(world)
    world.advance(1000)
    const id = await approved(account, newEmail(account))
    const browser = world.client()
    expectStatus(await givePassword(browser, account), 200)
    const step = await browser.get('/sign-in/email-code')
    assert.match(step.text, new RegExp(texts.ja.pending.atCode))
    assert.doesNotMatch(step.text, /data-pending/)
    const code = await world.nextCode(account)
    expectStatus(await browser.post('/api/sign-in/email-code', { code }), 200)
    const portal = await browser.get('/portal')
    assert.match(
      portal.text,
      new RegExp(`<a[^>]*href="/portal/pending/${id}"[^>]*aria-label="取り消す"`),
    )
    const page = `/portal/pending/${id}`
    assert.match((await browser.get(page)).text, /id="step-up-form"/)
    expectStatus(await proveSession(browser, authenticator, passkey.id, 'step-up'), 200)
    assert.match((await browser.get(page)).text, /id="pending-form"/)
    expectStatus(await browser.delete(`/api/pending/${id}`), 204)
  })

  test('is not cancelled with a passkey that was registered since it was asked for', async () => {
    const holder = await holderOfPasskey(world)
    const { account, client } = holder
    const waiting = await approved(account, newEmail(account))
    world.advance(1000)
    const key = securityKey(world)
    const newer = await registerFurtherPasskey(world, holder, key, 'Newer')
    expectStatus(await proveSession(client, key, newer.id, 'step-up'), 200)
    const cancel = () => client.delete(`/api/pending/${waiting}`)
    assert.equal(expectProblem(await cancel(), 403), 'passkey_needed')
    await removeBySupport(world, account, holder.passkey.id)
    const again = await world.signIn(account)
    assert.match(
      (await again.get(`/portal/pending/${waiting}`)).text,
      new RegExp(texts.ja.pending.cannot),
    )
  })

  test('is cancelled by support: any agent or approver, and nobody else', async () => {
    for (const by of [agent, other, approver]) {
      const account = await world.addAccount()
      const id = await approved(account, newEmail(account))
      for (const role of ['admin', 'auditor'] as const) {
        const { client } = await atDesk(world, desk, { roles: [role] })
        assert.equal(expectProblem(await client.delete(`/api/requests/${id}`), 403), 'not_allowed')
      }
      expectStatus(await by.client.delete(`/api/requests/${id}`), 204)
      assert.deepEqual(await stateOf(id), ['cancelled', 'by_support'])
      await world.nextMail(account, '予定していたお手続きを取り消しました')
      const second = await by.client.delete(`/api/requests/${id}`)
      assert.ok([403, 409].includes(second.status))
      assert.equal((await shown(agent, id))['state'], 'cancelled')
    }
  })

  test('a cancelled removal leaves the passkey suspended: only two resume it', async () => {
    const { account, passkey } = await accountWithPasskey(world)
    const id = await approved(account, { act: 'remove-passkey', passkeyId: passkey.id })
    expectStatus(await agent.client.delete(`/api/requests/${id}`), 204)
    assert.notEqual((await passkeyRecord(world, passkey.id)).suspended_at, null)
    assert.equal((await accountRecord(world, account)).second_factor, 'passkey')
    world.advance(wait)
    await sweep(world.deps)
    assert.equal((await passkeyRecord(world, passkey.id)).removed_at, null)
  })

  test('lapses when what it states has changed, when a right has ended, and the holder is told', async () => {
    const changed = await world.addAccount()
    const ofChanged = await approved(changed, newEmail(changed))
    const words = ['--login-id', changed.loginId, '--reason', 'moved', '--email', 'x@example.jp']
    assert.equal((await world.command(['accounts', 'set-email', ...words])).status, 0)

    const leaving = await atDesk(world, desk, { roles: ['agent'] })
    const left = await world.addAccount()
    const ofLeft = await approved(left, newEmail(left), { agent: leaving, approver })
    const leavingToo = await atDesk(world, desk, { roles: ['approver'] })
    const leftToo = await world.addAccount()
    const ofLeftToo = await approved(leftToo, newEmail(leftToo), { agent, approver: leavingToo })
    for (const { operator } of [leaving, leavingToo]) {
      const gone = ['--id', operator.id, '--reason', 'left']
      assert.equal((await world.command(['operators', 'remove', ...gone])).status, 0)
    }
    const whole = await world.addAccount()
    const ofWhole = await approved(whole, newEmail(whole))

    world.advance(wait)
    await sweep(world.deps)
    assert.deepEqual(await stateOf(ofChanged), ['lapsed', 'changed'])
    assert.deepEqual(await stateOf(ofLeft), ['lapsed', 'right_ended'])
    assert.deepEqual(await stateOf(ofLeftToo), ['lapsed', 'right_ended'])
    assert.equal((await stateOf(ofWhole))[0], 'done', 'what lapses stops no other')
    for (const account of [left, leftToo]) {
      assert.equal((await accountRecord(world, account)).email, account.email)
      await world.nextMail(account, '予定していたお手続きを行いませんでした')
    }
  })
})
