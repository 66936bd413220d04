// Rules 42 to 44: a password that is set without the one before it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { days, hours, minutes } from '../../src/kernel/clock.ts'
import { changeEmail } from '../../src/operations/support/change-email.ts'
import { lockByCommand } from '../../src/operations/support/lock-account.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { requireAccount } from '../../src/surfaces/cli/with-account.ts'
import { accountRecord, eventsOf } from '../support/checks/records.ts'
import { proveChange } from '../support/world/changes.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { otherThan } from '../support/world/guessing.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import {
  accountWithPasskey,
  givePassword,
  registerFirstPasskey,
  signInWithPasskey,
  switchFactor,
} from '../support/world/journeys.ts'
import {
  accountWithoutPassword,
  activation,
  activationOf,
  anotherPassword,
  askForgotten,
  forgotten,
  giveActivation,
  proveActivation,
  proveMailbox,
  recoverByPasskey,
  type RecoveryStep,
} from '../support/world/recovery.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const support = { name: 'yamada', reason: 'test' }

onEachDatabase('setting a password without the one before it', (world) => {
  const signsIn = async (account: TestAccount, password: string) =>
    (await givePassword(world.client(), { ...account, password })).status
  const newPassword = anotherPassword
  /** As if it had never been locked, so that nothing but the code's own end is left to refuse it. */
  const unlock = async ({ loginId }: TestAccount) => {
    const lock = world.deps.db.updateTable('accounts').set({ locked_at: null, lock_reason: null })
    await lock.where('login_id', '=', loginId).execute()
  }

  test('who has forgotten it sets another by the mailbox and the passkey, and a hold begins', async () => {
    const { account, client: elsewhere, passkey, authenticator } = await accountWithPasskey(world)
    const client = await askForgotten(world, account)
    const early = await client.put(forgotten, { newPassword })
    assert.equal(expectProblem(early, 409), 'wrong_step')
    assert.equal((early.body as { step?: string }).step, 'email-code')
    const code = await world.nextCode(account)
    const proven = await client.post<RecoveryStep>(`${forgotten}/email-code`, { code })
    const { step, passkeys = [] } = expectStatus(proven, 200)
    assert.deepEqual([step, passkeys.map(({ id }) => id)], ['passkey', [passkey.id]])
    assert.equal(expectProblem(await client.put(forgotten, { newPassword }), 409), 'wrong_step')
    assert.equal(
      expectProblem(await client.post(`${forgotten}/email-code`, { code }), 409),
      'wrong_step',
    )
    const answer = expectStatus(await recoverByPasskey(client, authenticator, passkey.id), 200)
    assert.deepEqual(answer, { step: 'password' })
    world.advance(1000)
    const weak = await client.put(forgotten, { newPassword: account.loginId })
    assert.equal(expectProblem(weak, 400), 'password_not_allowed')
    expectStatus(await client.put(forgotten, { newPassword }), 204)
    assert.equal(expectProblem(await client.get(forgotten), 404), 'no_sign_in')
    expectProblem(await elsewhere.get('/api/session'), 401)
    const mail = await world.nextMail(account, 'パスワードが変更されました')
    assert.match(mail.text, /出金/)
    assert.equal(await signsIn(account, account.password), 401)
    const renewed = { ...account, password: newPassword }
    const back = await signInWithPasskey(world, renewed, authenticator, passkey.id)
    const { hold } = expectStatus(
      await back.get<{ hold: { reason: string } | null }>('/api/session'),
      200,
    )
    assert.equal(hold?.reason, 'password_changed')
  })

  test('with e-mail as the factor the mailbox alone sets nothing', async () => {
    const account = await world.addAccount()
    const client = await askForgotten(world, account)
    const code = await world.nextCode(account)
    const proven = await client.post(`${forgotten}/email-code`, { code })
    assert.deepEqual(expectStatus(proven, 200), { step: 'activation' })
    assert.equal(expectProblem(await client.put(forgotten, { newPassword }), 409), 'wrong_step')
    const options = await client.post(`${forgotten}/passkey/options`, { passkeyId: 'A'.repeat(22) })
    assert.equal(expectProblem(options, 409), 'wrong_step')
    assert.deepEqual(expectStatus(await client.get(forgotten), 200), { step: 'activation' })
    expectProblem(await client.get(activation), 404)
    assert.equal(await signsIn(account, account.password), 200)
  })

  test('the first password of an account is set by its activation code and the mailbox, without a hold', async () => {
    const account = await accountWithoutPassword(world)
    assert.equal(await signsIn(account, ''), 401)
    const client = await proveActivation(world, account)
    assert.deepEqual(expectStatus(await client.get(activation), 200), { step: 'password' })
    expectStatus(await client.put(activation, { newPassword }), 204)
    const back = await world.signIn({ ...account, password: newPassword })
    const { hold } = expectStatus(await back.get<{ hold: unknown }>('/api/session'), 200)
    assert.equal(hold, null)
  })

  test('a later one ends the sessions and begins a hold, and its code works once', async () => {
    const account = await world.addAccount()
    const inside = await world.signIn(account)
    const code = await activationOf(world, account)
    assert.match(code, /^(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
    const { client, answer } = await giveActivation(world, account, ` ${code.toLowerCase()} `)
    assert.equal(expectStatus(answer, 200).step, 'email-code')
    assert.equal(expectProblem(await client.put(activation, { newPassword }), 409), 'wrong_step')
    const mailed = await world.nextCode(account)
    expectStatus(await client.post(`${activation}/email-code`, { code: mailed }), 200)
    expectStatus(await client.put(activation, { newPassword }), 204)
    expectProblem(await inside.get('/api/session'), 401)
    assert.equal((await accountRecord(world, account)).hold_reason, 'password_changed')
    const again = await giveActivation(world, account, code)
    assert.equal(expectProblem(again.answer, 400), 'activation_refused')
  })

  for (const [event, happens] of [
    ['a completed sign-in', async (account: TestAccount) => void (await world.signIn(account))],
    ['a newer one', async (account: TestAccount) => void (await activationOf(world, account))],
    ['a fortnight', async () => world.advance(14 * days)],
    [
      'a change of the address',
      async (account: TestAccount) => {
        const found = await requireAccount(world.deps, account.loginId)
        await changeEmail(world.deps, found, `new.${account.email}`, support)
      },
    ],
    [
      'a change of the password',
      async (account: TestAccount, inside: HttpClient) => {
        await proveChange(inside, { world, account })
        const { password } = account
        expectStatus(await inside.put('/api/password', { password, newPassword }), 204)
      },
    ],
    [
      'a stop',
      async (_account: TestAccount, inside: HttpClient) => {
        expectStatus(await inside.post('/api/stop', { level: 'withdrawal' }), 204)
      },
    ],
    [
      'a stop of the sign-in',
      async (account: TestAccount, inside: HttpClient) => {
        expectStatus(await inside.post('/api/stop', { level: 'sign-in' }), 204)
        await unlock(account)
      },
    ],
    [
      'a lock by support',
      async (account: TestAccount) => {
        const found = await requireAccount(world.deps, account.loginId)
        await lockByCommand(world.deps, found, support)
        await unlock(account)
      },
    ],
  ] as const) {
    test(`an activation code ends by ${event}, and so does what it began`, async () => {
      const account = await world.addAccount()
      const inside = await world.signIn(account)
      const code = await activationOf(world, account)
      const { client, answer } = await giveActivation(world, account, code)
      expectStatus(answer, 200)
      const mailed = await world.nextCode(account)
      expectStatus(await client.post(`${activation}/email-code`, { code: mailed }), 200)
      await happens(account, inside)
      const refused = await giveActivation(world, account, code)
      assert.equal(expectProblem(refused.answer, 400), 'activation_refused')
      assert.equal(expectProblem(await client.put(activation, { newPassword }), 404), 'no_sign_in')
    })
  }

  test('while a passkey is the factor no activation code is made, and none is good', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    const authenticator = world.authenticator()
    const passkey = await registerFirstPasskey(world, client, account, authenticator)
    const code = await activationOf(world, account)
    await switchFactor(client, authenticator, passkey.id, 'passkey')
    const given = await giveActivation(world, account, code)
    assert.equal(expectProblem(given.answer, 400), 'activation_refused')
    await assert.rejects(activationOf(world, account), { code: 'activation_refused' })
    const { activation_hash: hash } = await accountRecord(world, account)
    assert.equal(hash, null)
    // Nor would be one that had outlived the switch.
    const other = await world.addAccount()
    const kept = await activationOf(world, other)
    const update = world.deps.db.updateTable('accounts').set({ second_factor: 'passkey' })
    await update.where('login_id', '=', other.loginId).execute()
    const late = await giveActivation(world, other, kept)
    assert.equal(expectProblem(late.answer, 400), 'activation_refused')
  })

  test('an attempt that may set a password ends when its holder sets one', async () => {
    const { account, client: inside, passkey, authenticator } = await accountWithPasskey(world)
    const client = await proveMailbox(world, account)
    expectStatus(await recoverByPasskey(client, authenticator, passkey.id), 200)
    world.advance(1000)
    await proveChange(inside, { authenticator, passkey })
    const { password } = account
    const changed = { password, newPassword: `${newPassword}!` }
    expectStatus(await inside.put('/api/password', changed), 204)
    assert.equal(expectProblem(await client.get(forgotten), 404), 'no_sign_in')
    assert.equal(expectProblem(await client.put(forgotten, { newPassword }), 404), 'no_sign_in')
    assert.equal(await signsIn(account, changed.newPassword), 200)
  })

  test('an attempt ends when the account is locked or its factors change', async () => {
    const { account, passkey, authenticator } = await accountWithPasskey(world)
    const early = await askForgotten(world, account)
    await world.nextCode(account)
    const late = await proveMailbox(world, account)
    await world.command(['accounts', 'lock', '--login-id', account.loginId, '--reason', 'stolen'])
    expectProblem(await late.get(forgotten), 404)
    const options = await late.post(`${forgotten}/passkey/options`, { passkeyId: passkey.id })
    assert.equal(expectProblem(options, 404), 'no_sign_in')
    expectProblem(await recoverByPasskey(late, authenticator, passkey.id).catch(() => options), 404)
    // Whoever waits for the code learns nothing, and it opens nothing.
    expectStatus(await early.get(forgotten), 200)
  })

  test('an attempt lives for twenty minutes in the browser that began it, and is given up there', async () => {
    const account = await world.addAccount()
    const client = await proveMailbox(world, account)
    expectProblem(await world.client().get(forgotten), 404)
    world.advance(20 * minutes)
    expectProblem(await client.get(forgotten), 404)
    world.advance(1)
    await sweep(world.deps)
    assert.deepEqual(
      (await eventsOf(world, account, 'authn_recovery_ended')).map(({ detail }) => detail['why']),
      ['ran out'],
    )
    world.advance(30 * minutes)
    const other = await askForgotten(world, account)
    expectStatus(await other.delete(forgotten), 204)
    assert.equal(expectProblem(await other.get(forgotten), 404), 'no_sign_in')
  })

  test('the login ID is mailed to the address of its account, once in an hour, and to no other', async () => {
    const account = await world.addAccount()
    const ask = async (email: string) =>
      expectStatus(await world.client().post('/api/forgotten/login-id', { email }), 202)
    await ask(account.email.toUpperCase())
    const mail = await world.nextMail(account)
    assert.equal(mail.subject, 'ログインIDのお知らせ')
    assert.ok(mail.text.includes(account.loginId))
    await ask(account.email)
    await ask('nobody-has-this@example.jp')
    await ask('no address')
    world.advance(1 * hours)
    await ask(account.email)
    await world.nextMail(account)
    const mails = world.mail.mails.filter(({ to }) => to.includes(account.email))
    assert.equal(mails.length, 2)
    assert.ok(!world.mail.mails.some(({ to }) => to.includes('nobody-has-this@example.jp')))
  })

  test('a login ID of six digits is no code', async () => {
    const digits = String(world.now).slice(-6)
    const account = await world.addAccount(digits)
    expectStatus(
      await world.client().post('/api/forgotten/login-id', { email: account.email }),
      202,
    )
    const { text } = await world.nextMail(account)
    assert.doesNotMatch(text, /(?<!\d)\d{6}(?!\d)/)
    assert.ok(text.includes(`${digits.slice(0, 3)} ${digits.slice(3)}`))
  })

  test('a code for one purpose is none for the other', async () => {
    const account = await world.addAccount()
    const signIn = world.client()
    expectStatus(await givePassword(signIn, account), 200)
    const ofSignIn = await world.nextCode(account)
    const client = await askForgotten(world, account)
    const own = await world.nextCode(account)
    if (own !== ofSignIn) {
      const given = await client.post(`${forgotten}/email-code`, { code: ofSignIn })
      assert.equal(expectProblem(given, 400), 'code_wrong')
    }
    expectStatus(await client.post(`${forgotten}/email-code`, { code: own }), 200)
    assert.notEqual(otherThan(own), own)
  })
})
