// What two operators do to an account: each act as its text states it, from the customer's side and on record, and
// void as soon as what it states is not so any more (rules 11, 38 and 40).
import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import { hours } from '../../src/kernel/clock.ts'
import { accountIdOf, accountRecord, eventsOf, passkeyRecord } from '../support/checks/records.ts'
import {
  holderOfPasskey,
  registerFurtherPasskey,
  removeBySupport,
  securityKey,
} from '../support/world/ceremonies.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { lockAtOnce } from '../support/world/guessing.ts'
import {
  accountWithPasskey,
  givePassword,
  proveSession,
  signInWithPasskey,
  switchFactor,
} from '../support/world/journeys.ts'
import {
  approve,
  askedFor,
  type AtDesk,
  pairAtDesk,
  refusedApproval,
  signInAgain,
  why,
} from '../support/world/requests.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

interface Stated {
  readonly acts: readonly {
    readonly act: string
    readonly before: object
    readonly after: object
  }[]
}

onEachDatabase('what two operators do', (world) => {
  let agent: AtDesk
  let approver: AtDesk
  before(async () => {
    ;({ agent, approver } = await pairAtDesk(world))
  })

  /** The clock has moved, and the desk is signed out. */
  const atWork = () => Promise.all([agent, approver].map(signInAgain))
  beforeEach(async () => {
    world.advance(1000)
    await atWork()
  })

  const suspend = async (account: TestAccount, passkeyId: string) => {
    const path = `/api/accounts/${await accountIdOf(world, account)}/passkeys/${passkeyId}/suspend`
    expectStatus(await agent.client.post(path, { reason: 'stolen', ticket: 'T-2' }), 204)
  }
  const lock = async (account: TestAccount) => {
    const path = `/api/accounts/${await accountIdOf(world, account)}/lock`
    expectStatus(await agent.client.post(path, { reason: 'she asked', ticket: 'T-3' }), 204)
  }
  const ask = async (account: TestAccount, ...acts: readonly object[]) => {
    const accountId = await accountIdOf(world, account)
    return askedFor(agent, acts.length === 1 ? { accountId, ...acts[0] } : { accountId, acts })
  }
  /** The code with which a request is refused before anybody reads it. */
  const refused = async (account: TestAccount, act: object, status: number) => {
    const body = { ...why, accountId: await accountIdOf(world, account), ...act }
    return expectProblem(await agent.client.post('/api/requests', body), status)
  }
  const done = async (id: string) => {
    assert.equal(expectStatus(await approve(approver, id), 200).state, 'done')
  }
  const stated = ({ text }: { readonly text: string }) => (JSON.parse(text) as Stated).acts
  const lapsed = async (id: string) =>
    assert.equal(await refusedApproval(world, approver, id, 409), 'request_closed')

  test('remove a passkey: the row names both and why, and the text says what follows', async () => {
    const { account, passkey } = await accountWithPasskey(world)
    world.advance(1000)
    const asked = await ask(account, { act: 'remove-passkey', passkeyId: passkey.id })
    const [act] = stated(asked)
    const { id, name, place, createdAt } = passkey
    assert.deepEqual(act?.before, {
      ...{ lastLivePasskey: true, secondFactor: 'passkey' },
      ...{ lock: null, stop: null, lastStop: null },
      passkey: { id, name, place, createdAt },
    })
    assert.deepEqual(act.after, {
      ...{ passkey: 'removed', secondFactor: 'email' },
      ...{ hold: 'last_passkey_removed', sessions: 'ended' },
    })
    await done(asked.id)
    const row = await passkeyRecord(world, passkey.id)
    const of = ({ operator }: AtDesk) => `operator:${operator.name}/${operator.id}`
    assert.equal(row.removed_by, `asked by ${of(agent)}, approved by ${of(approver)}`)
    assert.equal(row.removed_reason, why.reason)
    const record = await accountRecord(world, account)
    assert.deepEqual([record.second_factor, record.hold_reason], ['email', 'last_passkey_removed'])
  })

  test('use changes nothing of a request; another passkey, and a switch, make it void', async () => {
    const holder = await accountWithPasskey(world)
    const { account, passkey, authenticator } = holder
    const act = { act: 'remove-passkey', passkeyId: passkey.id }
    const used = await ask(account, act)
    const client = await signInWithPasskey(world, account, authenticator, passkey.id)
    const further = await registerFurtherPasskey(
      world,
      { ...holder, client },
      securityKey(world),
      'Key',
    )
    await lapsed(used.id)
    const notLast = await ask(account, act)
    expectStatus(await proveSession(client, authenticator, passkey.id, 'step-up'), 200)
    assert.deepEqual(stated(notLast)[0]?.after, {
      ...{ passkey: 'removed', secondFactor: 'passkey', hold: null, sessions: 'ended' },
    })
    await removeBySupport(world, account, further.id)
    await lapsed(notLast.id)

    const other = await holderOfPasskey(world)
    const early = await ask(other.account, { act: 'remove-passkey', passkeyId: other.passkey.id })
    await switchFactor(other.client, other.authenticator, other.passkey.id, 'passkey')
    await lapsed(early.id)
    const late = await ask(other.account, { act: 'remove-passkey', passkeyId: other.passkey.id })
    await signInWithPasskey(world, other.account, other.authenticator, other.passkey.id)
    await lockAtOnce(world, other.account)
    await atWork()
    await done(late.id)
  })

  test('resume a passkey that was found again: live at once, with a hold; the lock stays', async () => {
    const { account, passkey, authenticator } = await accountWithPasskey(world)
    const act = { act: 'resume-passkey', passkeyId: passkey.id }
    assert.equal(await refused(account, act, 409), 'nothing_to_do')
    await suspend(account, passkey.id)
    await world.deps.db
      .updateTable('accounts')
      .set({ hold_until: null, hold_reason: null })
      .where('login_id', '=', account.loginId)
      .execute()
    const asked = await ask(account, act)
    assert.deepEqual(stated(asked)[0]?.after, { passkey: 'live', hold: 'passkey_resumed' })
    await done(asked.id)
    const record = await accountRecord(world, account)
    assert.equal(Number(record.hold_until), world.now + 24 * hours)
    assert.deepEqual([record.hold_reason, record.lock_reason], ['passkey_resumed', 'support'])
    expectProblem(await givePassword(world.client(), account), 401)
    const mail = await world.nextMail(account, 'パスキーの使用を再開しました')
    assert.match(mail.text, /出金[^]*まで/)
    const words = ['--login-id', account.loginId, '--reason', 'found']
    assert.equal((await world.command(['accounts', 'unlock', ...words])).status, 0)
    await signInWithPasskey(world, account, authenticator, passkey.id)
  })

  test('resume and reopen as one request, or remove and reopen: whatever the order, the reopening comes last', async () => {
    for (const [first, factor] of [
      ['resume-passkey', 'passkey'],
      ['remove-passkey', 'email'],
    ] as const) {
      const { account, passkey } = await accountWithPasskey(world)
      await suspend(account, passkey.id)
      const act = { act: first, passkeyId: passkey.id }
      assert.equal(await refused(account, { act: 'reopen' }, 409), 'no_live_passkey')
      const asked = await ask(account, { act: 'reopen' }, act)
      assert.deepEqual(
        stated(asked).map(({ act: name }) => name),
        [first, 'reopen'],
      )
      await done(asked.id)
      const record = await accountRecord(world, account)
      assert.deepEqual([record.second_factor, record.lock_reason], [factor, null])
      assert.equal(
        expectStatus(await givePassword(world.client(), account), 200).step.slice(0, 5),
        factor.slice(0, 5),
      )
    }
  })

  test('reopen: with a hold unless guessing had locked it; a lock of its own since then makes it void', async () => {
    const account = await world.addAccount()
    assert.equal(await refused(account, { act: 'reopen' }, 409), 'nothing_to_do')
    await lock(account)
    const asked = await ask(account, { act: 'reopen' })
    const { locked_at: at } = await accountRecord(world, account)
    assert.deepEqual(stated(asked)[0], {
      ...stated(asked)[0],
      before: {
        lock: { since: new Date(Number(at)).toISOString(), reason: 'support' },
        ...{ stop: null, lastStop: null },
      },
      after: { lock: null, hold: 'account_reopened' },
    })
    await done(asked.id)
    const open = await accountRecord(world, account)
    assert.deepEqual([open.lock_reason, open.hold_reason], [null, 'account_reopened'])
    await world.signIn(account)

    const guessed = await world.addAccount()
    await lockAtOnce(world, guessed)
    await atWork()
    const early = await ask(guessed, { act: 'reopen' })
    await lock(guessed)
    await lapsed(early.id)
    const other = await world.addAccount()
    await lockAtOnce(world, other)
    await atWork()
    await done((await ask(other, { act: 'reopen' })).id)
    const record = await accountRecord(world, other)
    assert.deepEqual([record.lock_reason, record.hold_until], [null, null])
  })

  test('change the address: the old one is told in part, and void when it has changed', async () => {
    const account = await world.addAccount()
    const email = `new-${account.email}`
    const act = { act: 'change-email', email }
    assert.equal(await refused(account, { ...act, email: account.email }, 409), 'nothing_to_do')
    assert.equal(await refused(account, { ...act, email: 'nobody' }, 400), 'invalid_request')
    const early = await ask(account, act)
    assert.doesNotMatch(JSON.stringify(stated(early)[0]?.before), new RegExp(account.email))
    const words = ['--login-id', account.loginId, '--reason', 'moved', '--email']
    const moved = await world.command(['accounts', 'set-email', ...words, 'other@example.jp'])
    assert.equal(moved.status, 0, moved.errors)
    await lapsed(early.id)

    const client = await world.signIn({ ...account, email: 'other@example.jp' })
    await done((await ask(account, act)).id)
    const record = await accountRecord(world, account)
    assert.deepEqual([record.email, record.hold_reason], [email, 'email_changed'])
    expectProblem(await client.get('/api/session'), 401)
    await world.signIn({ ...account, email })
  })

  test('end a hold: it is gone, its holder is told, and another hold makes the request void', async () => {
    const account = await world.addAccount()
    assert.equal(await refused(account, { act: 'end-hold' }, 409), 'nothing_to_do')
    const words = ['--login-id', account.loginId, '--reason', 'asked', '--email', account.email]
    const setEmail = async () =>
      assert.equal((await world.command(['accounts', 'set-email', ...words])).status, 0)
    // The command line has a clock of its own.
    world.advance(Math.max(0, Date.now() - world.now))
    await setEmail()
    const early = await ask(account, { act: 'end-hold' })
    await setEmail()
    await lapsed(early.id)
    await done((await ask(account, { act: 'end-hold' })).id)
    const record = await accountRecord(world, account)
    assert.deepEqual([record.hold_until, record.hold_reason], [null, null])
    await world.nextMail(account, 'お取引の制限を解除しました')
    assert.equal((await eventsOf(world, account, 'authz_hold_ended')).length, 1)
  })

  test('nothing is asked for of an account whose contract has ended', async () => {
    const { account, passkey } = await accountWithPasskey(world)
    const words = ['--login-id', account.loginId, '--reason', 'the contract ended']
    assert.equal((await world.command(['accounts', 'close', ...words])).status, 0)
    const id = { passkeyId: passkey.id }
    for (const act of [
      { act: 'remove-passkey', ...id },
      { act: 'resume-passkey', ...id },
      { act: 'reopen' },
      { act: 'change-email', email: 'thief@example.jp' },
      { act: 'end-hold' },
    ]) {
      assert.equal(await refused(account, act, 409), 'contract_ended', act.act)
    }
  })
})
