// Rule 42: a holder changes the password, by the present one and a fresh proof of the factor in force.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { forgetBrowsers } from '../../src/domain/throttle/browsers-store.ts'
import { hours, minutes, seconds } from '../../src/kernel/clock.ts'
import { texts } from '../../src/text/texts.ts'
import { accountIdOf, eventsOf } from '../support/checks/records.ts'
import { proveChange } from '../support/world/changes.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { lockAtOnce } from '../support/world/guessing.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { accountWithPasskey, givePassword, signInWithPasskey } from '../support/world/journeys.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const newPassword = 'a wholly different phrase'

const env = {
  SEKISHO_LINK_FORGOTTEN: 'https://broker.example/forgotten',
  SEKISHO_BRAND: '関所証券',
  SEKISHO_BRAND_EN: 'Barrier Securities',
}

onEachDatabase('a holder who changes the password', { env }, (world) => {
  const change = (client: HttpClient, password: string, wanted = newPassword) =>
    client.put<{ why?: string; title: string; detail: string; retryAfterSeconds?: number }>(
      '/api/password',
      {
        password,
        newPassword: wanted,
      },
    )
  const isOpen = async (client: HttpClient) => (await client.get('/api/session')).status === 200
  const passwordOf = ({ password }: TestAccount) => password

  async function signedIn() {
    const account = await world.addAccount()
    return { account, client: await world.signIn(account) }
  }

  test('is led where the broker has forgotten passwords set', async () => {
    const { client } = await signedIn()
    const { text } = await client.get('/portal/password')
    assert.ok(text.includes('href="https://broker.example/forgotten"'))
    assert.ok(!text.includes('href="/forgotten"'))
  })

  test('is told first what it would cost while guessing has locked the account', async () => {
    const { account, client } = await signedIn()
    const says = async (one: HttpClient) => {
      const { text } = await one.get('/portal/password')
      const said = texts.ja.ownChanges.guessedAt
      return (['known', 'unknown'] as const).filter((kind) => text.includes(said[kind]))
    }
    assert.deepEqual(await says(client), [])
    await lockAtOnce(world, account)
    assert.deepEqual(await says(client), ['known'])
    const { db } = world.deps
    const accountId = await accountIdOf(world, account)
    await db.transaction().execute((tx) => forgetBrowsers(tx, accountId))
    assert.deepEqual(await says(client), ['unknown'])
  })

  test('needs a fresh proof, which is used up', async () => {
    const { account, client } = await signedIn()
    assert.equal(expectProblem(await change(client, account.password), 403), 'proof_needed')
    await proveChange(client, { world, account })
    world.advance(10 * minutes)
    assert.equal(expectProblem(await change(client, account.password), 403), 'proof_needed')
    await proveChange(client, { world, account })
    expectStatus(await change(client, account.password), 204)
    const again = await change(client, newPassword, account.password)
    assert.equal(expectProblem(again, 403), 'proof_needed')
  })

  test('proves it by the passkey, where that is the factor in force', async () => {
    const holder = await accountWithPasskey(world)
    const { account, client, authenticator, passkey } = holder
    assert.equal(expectProblem(await change(client, account.password), 403), 'proof_needed')
    await proveChange(client, holder)
    expectStatus(await change(client, account.password), 204)
    const changed = { ...account, password: newPassword }
    await signInWithPasskey(world, changed, authenticator, passkey.id)
  })

  test('ends all other sessions and open sign-ins, is told, and begins a hold', async () => {
    const { account, client } = await signedIn()
    const other = await world.signIn(account)
    await proveChange(client, { world, account })
    const open = world.client()
    expectStatus(await givePassword(open, account), 200)
    expectStatus(await change(client, account.password), 204)
    assert.ok(await isOpen(client))
    assert.ok(!(await isOpen(other)))
    const ended = await other.get<{ ended: string }>('/api/session')
    assert.equal(ended.body.ended, 'settings')
    assert.equal(expectProblem(await open.get('/api/sign-in'), 404), 'no_sign_in')
    const session = expectStatus(await client.get<{ hold: object }>('/api/session'), 200)
    const until = new Date(world.now + 24 * hours).toISOString()
    const { until: heldUntil, reason } = session.hold as { until: string; reason: string }
    assert.deepEqual({ heldUntil, reason }, { heldUntil: until, reason: 'password_changed' })
    await world.nextMail(account, 'パスワードが変更されました')
    assert.equal((await eventsOf(world, account, 'authn_password_change')).length, 1)
    const refused = await givePassword(world.client(), account)
    assert.equal(expectProblem(refused, 401), 'sign_in_refused')
    expectStatus(await givePassword(world.client(), { ...account, password: newPassword }), 200)
  })

  test('may set what the rules allow alone, and keeps the proof where that is refused', async () => {
    const { account, client } = await signedIn()
    await proveChange(client, { world, account })
    for (const [wanted, why, says] of [
      ['seven77', 'too_short', /^8文字以上、256文字まで/],
      ['password123', 'common', /最初に試される/],
      [`${account.loginId}2026`, 'made_of_context', /ログインID、メールアドレス、当社の名前/],
      ['関所証券123456', 'made_of_context', /当社の名前/],
      ['BarrierSecurities1', 'made_of_context', /当社の名前/],
      ['x'.repeat(257), 'too_long', /^8文字以上、256文字まで/],
    ] as const) {
      const answer = await change(client, account.password, wanted)
      assert.equal(expectProblem(answer, 400), 'password_not_allowed')
      assert.equal(answer.body.why, why)
      assert.match(answer.body.detail, says)
    }
    expectStatus(await change(client, account.password), 204)
  })

  describe('by the present password', () => {
    test('keeps the proof where it is wrong', async () => {
      const { account, client } = await signedIn()
      await proveChange(client, { world, account })
      assert.equal(expectProblem(await change(client, 'not this one'), 400), 'password_wrong')
      expectStatus(await change(client, passwordOf(account)), 204)
    })

    test('waits after five wrong ones, also with the right one, and keeps nobody else out', async () => {
      const { account, client } = await signedIn()
      await proveChange(client, { world, account })
      for (let count = 1; count <= 5; count += 1) {
        assert.equal(expectProblem(await change(client, 'not this one'), 400), 'password_wrong')
      }
      const waiting = await change(client, account.password)
      assert.equal(expectProblem(waiting, 429), 'too_many_attempts')
      assert.equal(waiting.body.retryAfterSeconds, 30)
      assert.equal(waiting.body.title, 'しばらくパスワードを受け付けられません')
      assert.doesNotMatch(waiting.body.detail, /接続/)
      // Neither another session of the account nor a sign-in waits with it.
      const other = await world.signIn(account)
      await proveChange(other, { world, account })
      assert.equal(expectProblem(await change(other, 'not this one'), 400), 'password_wrong')
      world.advance(30 * seconds)
      expectStatus(await change(client, account.password), 204)
    })

    test('is not guessed by a hundred tries at once', async () => {
      const { account, client } = await signedIn()
      await proveChange(client, { world, account })
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => change(client, 'not this one')),
      )
      const judged = answers.filter(({ status }) => status === 400)
      assert.ok(judged.length <= 5, `${judged.length} were judged`)
      assert.ok(answers.every(({ status }) => [400, 429, 503].includes(status)))
    })

    test('ends after ten wrong ones for a day, and the account stays open', async () => {
      const { account, client } = await signedIn()
      for (let count = 1; count <= 10; count += 1) {
        await proveChange(client, { world, account })
        assert.equal(expectProblem(await change(client, 'not this one'), 400), 'password_wrong')
        world.advance(8 * minutes)
      }
      await proveChange(client, { world, account })
      const stopped = await change(client, account.password)
      assert.equal(expectProblem(stopped, 429), 'too_many_attempts')
      assert.equal((await eventsOf(world, account, 'authn_login_fail_max')).length, 1)
      await world.signIn(account)
    })
  })

  test('is refused where the password was changed meanwhile in another session', async () => {
    const { account, client } = await signedIn()
    const other = await world.signIn(account)
    await proveChange(client, { world, account })
    world.advance(30 * seconds)
    await proveChange(other, { world, account })
    const [one, two] = await Promise.all([
      change(client, account.password, `${newPassword} one`),
      change(other, account.password, `${newPassword} two`),
    ])
    assert.deepEqual([one, two].filter(({ status }) => status === 204).length, 1)
    const loser = [one, two].find(({ status }) => status !== 204)
    assert.ok(loser && [400, 401, 403, 409].includes(loser.status), String(loser?.status))
  })
})
