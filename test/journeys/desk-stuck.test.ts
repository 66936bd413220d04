// What a request may not hold, and what ends one that could not be done: none takes away the hold that it begins,
// none sticks, and none comes back to life (rules 11, 25 and 38).
import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import { digestOf } from '../../src/domain/requests/text.ts'
import { canonicalJson, type Json } from '../../src/kernel/canonical-json.ts'
import { hours } from '../../src/kernel/clock.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { texts } from '../../src/text/texts.ts'
import { accountIdOf, accountRecord } from '../support/checks/records.ts'
import { registerFurtherPasskey, securityKey } from '../support/world/ceremonies.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { accountWithPasskey } from '../support/world/journeys.ts'
import {
  approvalOptions,
  approve,
  askedFor,
  atDesk,
  pairAtDesk,
  signInAgain,
  why,
  type AtDesk,
} from '../support/world/requests.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const wait = 24 * hours

interface Refused {
  readonly errors: readonly { readonly path: string }[]
  readonly why: string
  readonly title: string
}

interface Activity {
  readonly events: readonly { readonly event: string; readonly by: string }[]
}

onEachDatabase('a request that cannot be done', (world) => {
  let desk: RunningConsole
  let waiting: RunningConsole
  let agent: AtDesk
  let approver: AtDesk
  before(async () => {
    ;({ desk, agent, approver } = await pairAtDesk(world))
    waiting = await world.startConsole({
      SEKISHO_RECOVERY_WAIT_HOURS: '24',
    })
  })
  beforeEach(async () => {
    world.advance(1000)
    await Promise.all([agent, approver].map(signInAgain))
  })

  const rowOf = (id: string) =>
    world.deps.db.selectFrom('requests').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const stateOf = async (id: string) => {
    const { state, closed_reason: reason } = await rowOf(id)
    return [state, reason]
  }
  const lock = async (account: TestAccount) => {
    const words = ['--login-id', account.loginId, '--reason', 'asked']
    assert.equal((await world.command(['accounts', 'lock', ...words])).status, 0)
  }

  /** Writes an act of a request twice, as no call takes it. */
  const double = async (id: string) => {
    const row = await rowOf(id)
    const stated = JSON.parse(row.text) as { acts: Json[] }
    const text = canonicalJson({ ...stated, acts: [...stated.acts, ...stated.acts] } as Json)
    const twice = (list: string) => {
      const once = JSON.parse(list) as Json[]
      return JSON.stringify([...once, ...once])
    }
    const change = { acts: twice(row.acts), names: twice(row.names), text, digest: digestOf(text) }
    await world.deps.db.updateTable('requests').set(change).where('id', '=', id).execute()
  }

  test('the end of a hold is not asked for with what begins one, in either order', async () => {
    const { account, passkey, client } = await accountWithPasskey(world)
    const first = { act: 'remove-passkey', passkeyId: passkey.id }
    const accountId = await accountIdOf(world, account)
    assert.notEqual((await accountRecord(world, account)).hold_until, null)
    for (const acts of [
      [first, { act: 'end-hold' }],
      [{ act: 'end-hold' }, first],
      [{ act: 'change-email', email: 'new@example.jp' }, { act: 'end-hold' }],
    ]) {
      const asked = await agent.client.post('/api/requests', { ...why, accountId, acts })
      assert.equal(expectProblem(asked, 400), 'invalid_request')
      const { errors, why: reason, title } = asked.body as Refused
      assert.equal(reason, 'hold_begun')
      assert.equal(title, texts.ja.consoleProblemsByWhy.invalid_request.hold_begun.title)
      assert.match(errors[0]?.path ?? '', /^acts\.\d\.act$/)
    }
    expectStatus(await client.get('/api/session'), 200)
  })

  test('the same act is not asked for twice; two passkeys are two acts', async () => {
    const { account, passkey } = await accountWithPasskey(world)
    await lock(account)
    const accountId = await accountIdOf(world, account)
    await signInAgain(agent)
    const remove = { act: 'remove-passkey', passkeyId: passkey.id }
    const email = (address: string) => ({ act: 'change-email', email: address })
    for (const acts of [
      [{ act: 'reopen' }, { act: 'reopen' }],
      [remove, { act: 'reopen' }, remove],
      [email('a@example.jp'), email('b@example.jp')],
    ]) {
      const asked = await agent.client.post('/api/requests', { ...why, accountId, acts })
      assert.equal(expectProblem(asked, 400), 'invalid_request')
    }
    const two = await accountWithPasskey(world)
    const further = await registerFurtherPasskey(world, two, securityKey(world), 'YubiKey')
    const acts = [two.passkey, further].map(({ id }) => ({ act: 'remove-passkey', passkeyId: id }))
    const both = await askedFor(agent, { accountId: await accountIdOf(world, two.account), acts })
    assert.deepEqual(both.acts, ['remove-passkey', 'remove-passkey'])
  })

  test('an identity check is of the last day, and none is of tomorrow', async () => {
    const account = await world.addAccount()
    const email = `new-${account.email}`
    const body = {
      ...why,
      accountId: await accountIdOf(world, account),
      act: 'change-email',
      email,
    }
    const ask = (at: number) => {
      const name = { check: 'name', at: new Date(at).toISOString() }
      return agent.client.post('/api/requests', {
        ...body,
        checks: [name, 'birthday', 'call-back'],
      })
    }
    for (const at of [world.now + 2 * hours, world.now - 24 * hours - 1]) {
      assert.equal(expectProblem(await ask(at), 400), 'invalid_request')
    }
    expectStatus(await ask(world.now - 24 * hours), 201)
  })

  test('what cannot be done at the approval lapses, with its challenge spent and nothing done', async () => {
    const account = await world.addAccount()
    await lock(account)
    const { id } = await askedFor(agent, {
      accountId: await accountIdOf(world, account),
      act: 'reopen',
    })
    await double(id)
    const options = expectStatus(await approvalOptions(approver, id), 200)
    const answer = await approver.authenticator.get(options)
    const send = () => approver.client.post(`/api/requests/${id}/approval`, answer)
    const spent = async () => (await world.deps.db.selectFrom('spent').selectAll().execute()).length
    const spentBefore = await spent()
    assert.equal(expectProblem(await send(), 409), 'request_closed')
    assert.deepEqual(await stateOf(id), ['lapsed', 'changed'])
    assert.equal((await accountRecord(world, account)).lock_reason, 'support')
    assert.equal(await spent(), spentBefore + 1)
    assert.equal(expectProblem(await send(), 409), 'request_closed')
  })

  test('what cannot be done when its wait is over lapses, and the holder is told', async () => {
    const asker = await atDesk(world, waiting, { roles: ['agent'] })
    const other = await atDesk(world, waiting, { roles: ['approver'] })
    const account = await world.addAccount()
    await lock(account)
    const { id } = await askedFor(asker, {
      accountId: await accountIdOf(world, account),
      act: 'reopen',
    })
    await double(id)
    assert.equal(expectStatus(await approve(other, id), 200).state, 'approved')
    world.advance(wait)
    await sweep(world.deps)
    assert.deepEqual(await stateOf(id), ['lapsed', 'changed'])
    assert.equal((await accountRecord(world, account)).lock_reason, 'support')
    await world.nextMail(account, '予定していたお手続きを行いませんでした')
  })

  test('a node that knows another origin of the console does what waited, in the name of who approved', async () => {
    const asker = await atDesk(world, waiting, { roles: ['agent'] })
    const other = await atDesk(world, waiting, { roles: ['approver'] })
    const { account, passkey } = await accountWithPasskey(world)
    const accountId = await accountIdOf(world, account)
    const body = { accountId, act: 'remove-passkey', passkeyId: passkey.id }
    const { id } = await askedFor(asker, body)
    expectStatus(await approve(other, id), 200)
    world.advance(wait)
    const { config } = world.deps
    const elsewhere = { ...config.console, origin: 'https://desk.example' }
    await sweep({ ...world.deps, config: { ...config, console: elsewhere } })
    assert.deepEqual(await stateOf(id), ['done', null])
    const by = await world.deps.db
      .selectFrom('audit_events')
      .select(['event', 'actor', 'address', 'browser'])
      .where('account_id', '=', accountId)
      .where('event', 'in', ['authn_passkey_removed', 'authz_request_done'])
      .execute()
    const actor = `operator:${other.operator.name}/${other.operator.id}`
    assert.deepEqual(
      by
        .map((row) => ({ ...row }))
        .toSorted((one, another) => (one.event < another.event ? -1 : 1)),
      ['authn_passkey_removed', 'authz_request_done'].map((event) => ({
        ...{ event, actor, address: null, browser: null },
      })),
    )
    const client = await world.signIn(account)
    const { events } = expectStatus(await client.get<Activity>('/api/activity'), 200)
    const removed = events.find(({ event }) => event === 'authn_passkey_removed')
    assert.equal(removed?.by, 'support')
  })

  test('a role that was taken and given back revives nothing that its operator asked or approved', async () => {
    const [one, two] = [
      await atDesk(world, desk, { roles: ['admin'] }),
      await atDesk(world, desk, { roles: ['admin'] }),
    ]
    await atDesk(world, desk, { roles: ['admin'] })
    const leaving = await atDesk(world, waiting, { roles: ['agent'] })
    const other = await atDesk(world, waiting, { roles: ['approver'] })
    const [asked, waits] = [await world.addAccount(), await world.addAccount()]
    const email = async (account: TestAccount) => ({
      ...{ accountId: await accountIdOf(world, account), act: 'change-email' },
      email: `new-${account.email}`,
    })
    const { id } = await askedFor(leaving, await email(asked))
    const { id: approved } = await askedFor(leaving, await email(waits))
    expectStatus(await approve(other, approved), 200)
    const roles = async (...list: string[]) => {
      const given = { act: 'change-roles', operatorId: leaving.operator.id, roles: list }
      expectStatus(await approve(two, (await askedFor(one, given)).id), 200)
    }
    await roles('auditor')
    assert.deepEqual(await stateOf(id), ['lapsed', 'right_ended'])
    assert.deepEqual(await stateOf(approved), ['lapsed', 'right_ended'])
    await world.nextMail(waits, '予定していたお手続きを行いませんでした')
    await roles('agent')
    assert.equal(expectProblem(await approvalOptions(approver, id), 409), 'request_closed')
  })
})
