// Rule 38: a lock, and the holder's brake, make void what was asked for before them, as the text states them.
import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import { hours, minutes } from '../../src/kernel/clock.ts'
import { performDue } from '../../src/operations/requests/perform-due.ts'
import { stopByTelephone } from '../../src/operations/stop/stop-by-telephone.ts'
import { accountIdOf, accountRecord } from '../support/checks/records.ts'
import { holderOfPasskey } from '../support/world/ceremonies.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { lockAtOnce } from '../support/world/guessing.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import {
  approve,
  askedFor,
  type AtDesk,
  pairAtDesk,
  refusedApproval,
  shown,
  signInAgain,
} from '../support/world/requests.ts'
import { expectStatus, type TestAccount } from '../support/world/world.ts'

interface Holder {
  readonly account: TestAccount
  readonly client: HttpClient
  readonly passkey: { readonly id: string }
}

onEachDatabase('a request that was asked for before', (world) => {
  let agent: AtDesk
  let approver: AtDesk
  before(async () => {
    ;({ agent, approver } = await pairAtDesk(world))
  })
  const atWork = () => Promise.all([agent, approver].map(signInAgain))
  beforeEach(async () => {
    world.advance(1000)
    await atWork()
  })

  const ask = async ({ account }: Pick<Holder, 'account'>, act: object) =>
    askedFor(agent, { accountId: await accountIdOf(world, account), ...act })
  const lapsed = async (id: string, how: string) => {
    assert.equal(await refusedApproval(world, approver, id, 409), 'request_closed', how)
    assert.equal((await shown(agent, id))['state'], 'lapsed', how)
  }
  const done = async (id: string) =>
    assert.equal(expectStatus(await approve(approver, id), 200).state, 'done')
  const suspend = async ({ account, passkey }: Holder) => {
    const path = `/api/accounts/${await accountIdOf(world, account)}/passkeys/${passkey.id}/suspend`
    expectStatus(await agent.client.post(path, { reason: 'stolen', ticket: 'T-2' }), 204)
  }
  const setEmail = async ({ account, client }: Holder) => {
    const { loginId, email } = account
    const words = ['--login-id', loginId, '--email', email, '--reason', 'moved']
    assert.equal((await world.command(['accounts', 'set-email', ...words])).status, 0)
    world.advance(Math.max(0, Date.now() - world.now))
    await atWork()
    await world.signIn(account, client)
  }

  const brakes = {
    'a stop of withdrawals': async ({ client }: Holder) =>
      expectStatus(await client.post('/api/stop', { level: 'withdrawal' }), 204),
    'a stop of the sign-in': async ({ client }: Holder) =>
      expectStatus(await client.post('/api/stop'), 204),
    'a stop by telephone': async ({ account: { loginId } }: Holder) =>
      stopByTelephone(world.deps, { loginId, level: 'sign-in' }),
    'a lock by support': async ({ account }: Holder) => {
      const path = `/api/accounts/${await accountIdOf(world, account)}/lock`
      expectStatus(await agent.client.post(path, { reason: 'she asked', ticket: 'T-3' }), 204)
    },
  }
  /** Each with what has to be so for it. */
  const acts: readonly (readonly [
    string,
    (holder: Holder) => object,
    ((holder: Holder) => Promise<void>)?,
  ])[] = [
    ['change-email', ({ account }) => ({ email: `new-${account.email}` })],
    ['activation-code', () => ({})],
    ['remove-passkey', ({ passkey }) => ({ passkeyId: passkey.id })],
    ['end-hold', () => ({}), setEmail],
  ]

  for (const [act, values, prepare] of acts) {
    test(`is void after a stop or a lock, and asked for anew is done: ${act}`, async () => {
      for (const [how, brake] of Object.entries(brakes)) {
        const holder = await holderOfPasskey(world)
        await prepare?.(holder)
        const early = await ask(holder, { act, ...values(holder) })
        world.advance(minutes)
        await brake(holder)
        await lapsed(early.id, how)
        await done((await ask(holder, { act, ...values(holder) })).id)
      }
    })
  }

  test('is void after a stop by telephone alone, where the account was locked already', async () => {
    for (const act of ['reopen', 'resume-passkey'] as const) {
      const holder = await holderOfPasskey(world)
      await suspend(holder)
      const values = act === 'reopen' ? {} : { passkeyId: holder.passkey.id }
      const early = await ask(holder, { act, ...values })
      world.advance(minutes)
      await brakes['a stop by telephone'](holder)
      await lapsed(early.id, act)
      await done((await ask(holder, { act, ...values })).id)
    }
  })

  test('is done although somebody has guessed, or the lock by guessing has ended', async () => {
    const holder = await holderOfPasskey(world)
    const asked = await ask(holder, { act: 'activation-code' })
    await lockAtOnce(world, holder.account)
    await atWork()
    await done(asked.id)
  })

  test('and waits, is void where the holder stops meanwhile', async () => {
    const pair = await pairAtDesk(world, { SEKISHO_RECOVERY_WAIT_HOURS: '3' })
    const holder = await holderOfPasskey(world)
    const { email } = await accountRecord(world, holder.account)
    const accountId = await accountIdOf(world, holder.account)
    const act = { act: 'change-email', email: 'thief@example.jp' }
    const { id } = await askedFor(pair.agent, { accountId, ...act })
    assert.equal(expectStatus(await approve(pair.approver, id), 200).state, 'approved')
    world.advance(minutes)
    await brakes['a stop of the sign-in'](holder)
    world.advance(3 * hours)
    await performDue(pair.desk.deps.db, world.now, pair.desk.deps)
    assert.equal((await accountRecord(world, holder.account)).email, email)
    await signInAgain(pair.agent)
    assert.equal((await shown(pair.agent, id))['state'], 'lapsed')
  })

  test('says to who approves what is locked and stopped', async () => {
    const holder = await holderOfPasskey(world)
    await brakes['a stop of withdrawals'](holder)
    world.advance(minutes)
    await brakes['a lock by support'](holder)
    world.advance(minutes)
    await brakes['a stop by telephone'](holder)
    const { id } = await ask(holder, { act: 'change-email', email: 'new@example.jp' })
    const { text } = await approver.client.get(`/requests/${id}`)
    assert.match(text, /お客さまが出金を停止中（\S+ \S+ から）/)
    assert.match(text, /口座は \S+ \S+ からロックされています（サポートの操作）。/)
    assert.match(text, /最後の緊急停止は \S+ \S+ です。/)
    const english = await approver.client.raw({
      ...{ method: 'GET', path: `/requests/${id}` },
      headers: { 'accept-language': 'en' },
    })
    assert.match(english.text, /withdrawals stopped by the customer \(since /)
    assert.match(english.text, /The account is locked \(since [^)]*: by the desk\)\./)
    assert.match(english.text, /The latest emergency stop came at /)
  })
})
