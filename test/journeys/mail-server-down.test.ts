// Rule 26: a mail server that is down loses nothing and opens nothing.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { transact } from '../../src/domain/act.ts'
import { fromNowhere } from '../../src/domain/actor.ts'
import { putMail } from '../../src/domain/outbox/outbox.ts'
import { hours, minutes } from '../../src/kernel/clock.ts'
import { outboxEmpty } from '../support/checks/tables.ts'
import { givePassword } from '../support/world/journeys.ts'
import { codeOf, startMailReceiver } from '../support/world/mail-receiver.ts'
import { databases } from '../support/world/postgres.ts'
import { expectProblem, expectStatus, World } from '../support/world/world.ts'

for (const database of databases) {
  describe(`a mail server that is down on ${database.name}`, () => {
    test('loses nothing and opens nothing', async (t) => {
      const world = await World.start(database)
      t.after(() => world.stop())
      const account = await world.addAccount()
      await world.mail.stop()
      const client = world.client()
      expectStatus(await givePassword(client, account), 200)
      assert.equal(expectProblem(await client.get('/api/session'), 401), 'not_signed_in')
      const notice = { kind: 'notice', to: account.email, subject: 'A notice', text: 'Text.' }
      const whole = { ...notice, accountId: null, expiresAt: null }
      await transact(world.deps, fromNowhere('system'), async (act) => putMail(act, whole))
      world.deps.wakeSender()
      // Until the tries are done: the clock is not moved under them, or their waits would begin later.
      const areDone = async () => {
        const rows = await world.deps.db
          .selectFrom('outbox')
          .select(['tries', 'next_try_at'])
          .execute()
        const isDone = ({ tries, next_try_at }: (typeof rows)[number]) =>
          tries > 0 && next_try_at - world.now <= 1 * minutes
        assert.ok(rows.length === 2 && rows.every(isDone))
      }
      await t.waitFor(areDone, { timeout: 10_000 })

      const mail = await startMailReceiver(Number(new URL(world.mail.url).port))
      t.after(() => mail.stop())
      world.advance(4000)
      const code = codeOf(await mail.next(({ subject }) => subject === 'ログイン用認証コード'))
      expectStatus(await client.post('/api/sign-in/email-code', { code }), 200)
      await outboxEmpty(world, t)
      assert.deepEqual(mail.mails.map(({ subject }) => subject).toSorted(), [
        ...[
          'A notice',
          'ログイン用認証コード',
          '新しいブラウザからログインがありました / A sign-in from a new browser',
        ],
      ])
    })

    test('for days is waited for', async (t) => {
      const world = await World.start(database)
      t.after(() => world.stop())
      await world.mail.stop()
      const mail = { kind: 'notice', to: 'a@example.jp', subject: 'A notice', text: 'Text.' }
      const whole = { ...mail, accountId: null, expiresAt: null }
      await transact(world.deps, fromNowhere('system'), async (act) => putMail(act, whole))
      const look = () =>
        world.deps.db
          .selectFrom('outbox')
          .select(['sealed', 'tries', 'next_try_at'])
          .executeTakeFirstOrThrow()
      for (const tries of [1, 2, 3]) {
        world.advance(24 * hours)
        world.deps.wakeSender()
        // Until the try is done: the clock is not moved under it, or its wait would begin later.
        const isDone = async () => {
          const row = await look()
          assert.ok(row.tries >= tries && row.next_try_at - world.now <= 1 * minutes)
        }
        await t.waitFor(isDone, { timeout: 10_000 })
      }
      assert.notEqual((await look()).sealed, null)
    })

    test('for days does not count as refusals of the mails that waited for it', async (t) => {
      const world = await World.start(database)
      t.after(() => world.stop())
      await world.mail.stop()
      const to = 'waited@example.jp'
      const mail = { kind: 'notice', to, subject: 'A notice', text: 'Text.' }
      const whole = { ...mail, accountId: null, expiresAt: null }
      await transact(world.deps, fromNowhere('system'), async (act) => putMail(act, whole))
      const tried = (times: number) =>
        t.waitFor(
          async () => {
            const row = await world.deps.db
              .selectFrom('outbox')
              .select(['tries', 'undelivered_at', 'next_try_at'])
              .executeTakeFirstOrThrow()
            // While a try goes on, the next one is a lease of two minutes away.
            const isDone = row.tries === times && row.next_try_at - world.now <= 1 * minutes
            assert.ok(row.undelivered_at !== null || isDone, 'not tried yet')
            assert.equal(row.undelivered_at, null)
          },
          { timeout: 10_000 },
        )
      world.deps.wakeSender()
      await tried(1)

      const back = await startMailReceiver(Number(new URL(world.mail.url).port))
      t.after(() => back.stop())
      back.refuse(to, 451)
      world.advance(25 * hours)
      world.deps.wakeSender()
      await tried(2)
      back.refuse(to, null)
      world.advance(1 * minutes)
      world.deps.wakeSender()
      await back.next(({ subject }) => subject === 'A notice')
    })
  })
}
