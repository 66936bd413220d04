// What holders are told of sign-ins, finished or not: rules 27 and 28, and who is told only by choice.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { hours, minutes } from '../../src/kernel/clock.ts'
import { formatTime, zoneIn } from '../../src/kernel/time.ts'
import { endAllSessions } from '../../src/operations/support/end-sessions.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { accountRecord } from '../support/checks/records.ts'
import { outboxEmpty } from '../support/checks/tables.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { accountWithPasskey, givePassword, signInWithPasskey } from '../support/world/journeys.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const firefoxOnMac =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:144.0) Gecko/20100101 Firefox/144.0'
const subjects = {
  new_browser: '新しいブラウザからログインがありました / A sign-in from a new browser',
  signed_in: 'ログインがありました / A sign-in to your account',
  sign_in_unfinished: 'ログインが完了しませんでした / A sign-in that was not completed',
}
type Kind = keyof typeof subjects

onEachDatabase('what holders are told of sign-ins', { concurrency: 1 }, (world) => {
  /** The mails of a kind to an account, once all have arrived. */
  async function told(t: TestContext, { email }: TestAccount, kind: Kind) {
    await outboxEmpty(world, t)
    return world.mail.mails.filter(
      ({ to, subject }) => to.includes(email) && subject === subjects[kind],
    )
  }
  const timeOf = (at: number) => formatTime(at, zoneIn('ja', world.config.timeZone))
  const elsewhere = () => world.client({ userAgent: firefoxOnMac })

  async function guessCodes(client: HttpClient, account: TestAccount): Promise<void> {
    const code = await world.nextCode(account)
    for (let tries = 0; tries < 5; tries += 1) {
      const given = { code: code === '000000' ? '111111' : '000000' }
      expectProblem(await client.post('/api/sign-in/email-code', given), 400)
    }
  }

  test('one from a new browser is told, by the code as by the passkey, and one from a known browser is not', async (t) => {
    const withCode = await world.addAccount()
    const { account: withPasskey, ...own } = await accountWithPasskey(world)
    const ways = [
      [withCode, (client: HttpClient) => world.signIn(withCode, client)],
      [
        withPasskey,
        (client: HttpClient) =>
          signInWithPasskey(world, withPasskey, own.authenticator, own.passkey.id, client),
      ],
    ] as const
    for (const [account, signIn] of ways) {
      const before = (await told(t, account, 'new_browser')).length
      const client = await signIn(elsewhere())
      const [mail, ...more] = (await told(t, account, 'new_browser')).slice(before)
      assert.deepEqual(more, [])
      assert.match(mail?.text ?? '', /操作した環境：Firefox \/ Mac\n/)
      assert.match(mail?.text ?? '', new RegExp(`日時：${timeOf(world.now)}\n`))
      assert.match(mail?.text ?? '', /「緊急停止」を押すか、カスタマーサポートへ/)
      world.advance(31 * minutes)
      await signIn(client)
      assert.equal((await told(t, account, 'new_browser')).length, before + 1)
      assert.deepEqual(await told(t, account, 'signed_in'), [])
    }
  })

  test('one from a known browser is told where the holder chose to hear of every sign-in', async (t) => {
    const account = await world.addAccount()
    const { id } = await accountRecord(world, account)
    const chosen = world.deps.db.updateTable('accounts').set({ tells_sign_ins: 1 })
    await chosen.where('id', '=', id).execute()
    const client = await world.signIn(account, elsewhere())
    assert.deepEqual(await told(t, account, 'signed_in'), [], 'the new browser is told, once')
    await world.signIn(account, client)
    const [mail, ...more] = await told(t, account, 'signed_in')
    assert.deepEqual(more, [])
    assert.match(mail?.text ?? '', /操作した環境：Firefox \/ Mac\n/)
    assert.equal((await told(t, account, 'new_browser')).length, 1)
  })

  const ends: readonly (readonly [
    string,
    (client: HttpClient, account: TestAccount) => unknown,
  ])[] = [
    ['was given up', async (client) => expectStatus(await client.delete('/api/sign-in'), 204)],
    ['failed by five wrong codes', guessCodes],
    [
      'ran out',
      async () => {
        world.advance(21 * minutes)
        await sweep(world.deps)
      },
    ],
    [
      'ran out before its browser began another',
      async (client, account) => {
        world.advance(21 * minutes)
        expectStatus(await givePassword(client, account), 200)
      },
    ],
    [
      'was left by its browser for another account',
      async (client) => {
        expectStatus(await givePassword(client, await world.addAccount()), 200)
      },
    ],
  ]
  for (const [how, end] of ends) {
    test(`a right password whose second factor ${how} is told, as of when and where it was given`, async (t) => {
      const account = await world.addAccount()
      const client = elsewhere()
      const givenAt = world.now
      expectStatus(await givePassword(client, account), 200)
      assert.deepEqual(await told(t, account, 'sign_in_unfinished'), [])
      await end(client, account)
      const [mail, ...more] = await told(t, account, 'sign_in_unfinished')
      assert.deepEqual(more, [])
      assert.match(mail?.text ?? '', new RegExp(`日時：${timeOf(givenAt)}\n`))
      assert.match(mail?.text ?? '', /操作した環境：Firefox \/ Mac\n/)
      assert.match(mail?.text ?? '', /すぐにパスワードを変更してください/)
    })
  }

  test('a browser that is not on our list is said to be unknown, at once and when a sign-in has run out', async (t) => {
    const account = await world.addAccount()
    const unlisted = () => world.client({ userAgent: 'curl/8.14.1' })
    expectStatus(await givePassword(unlisted(), account), 200)
    await world.nextCode(account)
    world.advance(21 * minutes)
    await sweep(world.deps)
    await world.signIn(account, unlisted())
    for (const kind of ['sign_in_unfinished', 'new_browser'] as const) {
      const [mail] = await told(t, account, kind)
      assert.match(mail?.text ?? '', /操作した環境：不明 \/ 不明\n/, kind)
      assert.match(mail?.text ?? '', /Done from: unknown \/ unknown\n/, kind)
    }
  })

  test('an account is told so once an hour, whoever tries and however often, on two nodes too', async (t) => {
    const [account, other] = [await world.addAccount(), await world.addAccount()]
    const giveUp = async (one: TestAccount) => {
      const client = elsewhere()
      expectStatus(await givePassword(client, one), 200)
      expectStatus(await client.delete('/api/sign-in'), 204)
    }
    const count = async (one: TestAccount) => (await told(t, one, 'sign_in_unfinished')).length
    for (const _ of [1, 2]) await giveUp(account)
    expectStatus(await givePassword(elsewhere(), account), 200)
    assert.equal(await count(account), 1)
    await giveUp(other)
    assert.equal(await count(other), 1, 'another account is told of its own')
    world.advance(1 * hours - 1)
    await Promise.all([sweep(world.deps), sweep(world.deps)])
    assert.equal(await count(account), 1)
    world.advance(1)
    for (const _ of [1, 2]) {
      expectStatus(await givePassword(elsewhere(), account), 200)
      expectStatus(await givePassword(elsewhere(), other), 200)
    }
    world.advance(21 * minutes)
    await Promise.all([sweep(world.deps), sweep(world.deps)])
    assert.deepEqual([await count(account), await count(other)], [2, 2])
  })

  test('a sign-in that its browser began anew and finished, or that an operator ended, is not told', async (t) => {
    const account = await world.addAccount()
    const client = elsewhere()
    expectStatus(await givePassword(client, account), 200)
    await world.nextCode(account)
    world.advance(1 * minutes)
    await world.signIn(account, client)
    expectStatus(await givePassword(elsewhere(), account), 200)
    await endAllSessions(world.deps, { name: 'yamada', reason: 'drill' })
    world.advance(21 * minutes)
    await sweep(world.deps)
    assert.deepEqual(await told(t, account, 'sign_in_unfinished'), [])
  })

  test('all of it goes to every address that gets notices, and codes to none but the own one', async (t) => {
    const account = await world.addAccount()
    const { id } = await accountRecord(world, account)
    const [second, former, over] = ['second', 'former', 'over'].map(
      (name) => `${name}.${account.email}`,
    )
    const formerEmails = JSON.stringify([
      { address: former, until: world.now + 1 },
      { address: over, until: world.now },
    ])
    const set = { notice_email: second, former_emails: formerEmails, tells_sign_ins: 1 } as const
    await world.deps.db.updateTable('accounts').set(set).where('id', '=', id).execute()
    const client = await world.signIn(account, elsewhere())
    await world.signIn(account, client)
    expectStatus(await givePassword(client, account), 200)
    expectStatus(await client.delete('/api/sign-in'), 204)
    await outboxEmpty(world, t)
    const at = (address: string | undefined) =>
      world.mail.mails
        .filter(({ to }) => address !== undefined && to.includes(address))
        .map(({ subject }) => subject)
        .toSorted()
    const all = Object.values(subjects).toSorted()
    assert.deepEqual([at(second), at(former), at(over)], [all, all, []])
    assert.deepEqual(
      at(account.email).filter((subject) => !subject.endsWith('コード')),
      all,
    )
    const mails = world.mail.mails.filter(({ to }) => to.join().includes(account.email))
    assert.ok(
      mails.every(({ to }) => to.length === 1),
      'no mail names two of them',
    )
  })
})
