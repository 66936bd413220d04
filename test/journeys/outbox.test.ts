// Rules 25 and 26: what is remembered although it was refused, and mails on their way.
import assert from 'node:assert/strict'
import { before, test, type TestContext } from 'node:test'
import type { Updateable } from 'kysely'
import { transact } from '../../src/domain/act.ts'
import { fromNowhere } from '../../src/domain/actor.ts'
import { putMail, unsealMail, type Mail } from '../../src/domain/outbox/outbox.ts'
import {
  claimMail,
  markExpired,
  markSent,
  postponeMail,
  type OutboxRow,
} from '../../src/domain/outbox/store.ts'
import type { Tables } from '../../src/domain/tables/tables.ts'
import { hours, minutes } from '../../src/kernel/clock.ts'
import { deriveKeys } from '../../src/kernel/secrets.ts'
import { giveUpMail } from '../../src/operations/upkeep/give-up-mail.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { changedTables, outboxEmpty, rowsOf } from '../support/checks/tables.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { givePassword } from '../support/world/journeys.ts'
import { expectProblem, expectStatus, World } from '../support/world/world.ts'

onEachDatabase('the outbox', (world, database) => {
  before(async () => {
    if (database.name === 'postgres') await world.startNode()
  })

  let mailsPut = 0
  /**
   * Puts a mail into the outbox, which wakes this node, and then every other one; returns how to
   * look at its row, which is there with these columns from the beginning.
   */
  async function put(
    mail: Partial<Mail> = {},
    { wake = true, columns = {} }: { wake?: boolean; columns?: Updateable<Tables['outbox']> } = {},
  ) {
    const kind = mail.kind ?? `test-${++mailsPut}`
    const to = mail.to ?? `${kind}@example.jp`
    const plain = { subject: kind, text: 'A mail.', accountId: null, expiresAt: null }
    const whole = { ...plain, ...mail, kind, to }
    await transact(world.deps, fromNowhere('system'), async (act) => {
      putMail(act, whole)
      if (Object.keys(columns).length === 0) return
      act.later(() => act.tx.updateTable('outbox').set(columns).where('kind', '=', kind))
    })
    const row = () =>
      world.deps.db
        .selectFrom('outbox')
        .selectAll()
        .where('kind', '=', kind)
        .executeTakeFirstOrThrow()
    if (wake) wakeAll()
    return { kind, to, row }
  }

  const wakeAll = () => world.nodes.forEach(({ deps }) => deps.wakeSender())
  type Put = Awaited<ReturnType<typeof put>>

  /** Waits until the mail was tried so many times, and says how long it then waits for the next. */
  async function waitAfter({ row }: Put, tries: number, t: TestContext): Promise<number> {
    return t.waitFor(
      async () => {
        const { tries: tried, next_try_at: next } = await row()
        const wait = next - world.now
        assert.ok(tried === tries && wait <= 1 * minutes, 'not tried yet')
        return wait
      },
      { timeout: 10_000 },
    )
  }

  const sent = async (one: Put, t: TestContext) =>
    t.waitFor(async () => assert.notEqual((await one.row()).sent_at, null), { timeout: 10_000 })

  const arrived = ({ kind }: Put) =>
    world.mail.mails.filter(({ subject }) => subject === kind).length

  test('a mail that a request has put leaves at once, not at the next turn', async (t) => {
    // This installation has no turns but the first.
    t.mock.timers.enable({ apis: ['setInterval'] })
    const quiet = await World.start(database)
    t.after(() => quiet.stop())
    await quiet.signIn(await quiet.addAccount())
  })

  test('a wrong try is remembered although it is refused, and the refusal leaves no more', async (t) => {
    const account = await world.addAccount()
    const client = world.client()
    expectStatus(await givePassword(client, account), 200)
    const code = await world.nextCode(account)
    const wrong = code === '111111' ? '222222' : '111111'
    const changed = await changedTables(world, t, async () => {
      expectProblem(await client.post('/api/sign-in/email-code', { code: wrong }), 400)
    })
    const [attempt] = await rowsOf(world, 'sign_ins', account)
    assert.equal(attempt?.['code_tries'], 1)
    assert.deepEqual(
      changed.filter((table) => table !== 'throttles'),
      ['audit_events', 'sign_ins'],
    )
  })

  test('a try that fails after another node has sent the mail leaves it sent', async () => {
    const { db } = world.deps
    const far = world.now + 4 * minutes
    const { row } = await put({}, { wake: false, columns: { next_try_at: far } })
    const late = await row()
    assert.ok(await claimMail(db, late, far))
    const other = await row()
    assert.ok(await claimMail(db, other, far))
    await markSent(db, other.id, world.now)
    const sent = await row()
    const claimed = (before: OutboxRow) => ({ ...before, tries: before.tries + 1 })
    for (const failed of [claimed(late), claimed(other)]) {
      await giveUpMail(world.deps, failed, '550 5.1.1')
      await markExpired(db, failed)
      const wait = { nextTryAt: world.now, refusedSince: world.now, refusedForGood: true }
      await postponeMail(db, failed, wait)
      assert.deepEqual(await row(), sent)
    }
    const events = await db
      .selectFrom('audit_events')
      .select('id')
      .where('event', '=', 'authn_mail_undelivered')
      .where('detail', 'like', `%"${sent.kind}"%`)
      .execute()
    assert.deepEqual(events, [])
  })

  test('what was refused sends no mail and moves nothing', async (t) => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    const tables = await changedTables(world, t, async () => {
      const refused = await client.put('/api/second-factor', { method: 'passkey' })
      assert.equal(expectProblem(refused, 409), 'no_passkey')
    })
    assert.deepEqual(tables, [])
  })

  test('a mail lies sealed with a key from the secret, and bound to its row', async () => {
    const secret = { to: 'holder@example.jp', subject: 'A subject', text: 'The code is 123456.' }
    world.mail.refuse(secret.to, 451)
    const { row } = await put({ ...secret, kind: 'sealed' }, { wake: false })
    const { id, sealed } = await row()
    const bytes = Buffer.from(sealed ?? '', 'base64url').toString('latin1')
    for (const text of [...Object.values(secret), '123456', 'holder']) {
      assert.ok(!bytes.includes(text) && !JSON.stringify(sealed).includes(text), text)
    }
    const { keys, config } = world.deps
    assert.deepEqual(unsealMail(deriveKeys(...config.secrets), id, sealed ?? ''), secret)
    assert.throws(() => unsealMail(keys, 'another row', sealed ?? ''))
    assert.throws(() => unsealMail(deriveKeys(`${config.secrets[0]}x`), id, sealed ?? ''))
    world.mail.refuse(secret.to, null)
  })

  test('a mail is wiped when it is sent, and its row is forgotten a week later', async (t) => {
    const mail = await put()
    await sent(mail, t)
    const { sealed, sent_at: sentAt } = await mail.row()
    assert.deepEqual([sealed, sentAt], [null, world.now])
    await sweep(world.deps)
    await mail.row()
    world.advance(7 * 24 * hours + 1)
    await sweep(world.deps)
    await assert.rejects(mail.row())
  })

  test('a mail that is refused is tried again after 4 seconds, doubling to a minute', async (t) => {
    const to = 'refused@example.jp'
    world.mail.refuse(to, 451)
    const mail = await put({ to })
    const waits: number[] = []
    for (let tries = 1; tries <= 6; tries += 1) {
      const wait = await waitAfter(mail, tries, t)
      waits.push(wait)
      world.advance(wait)
      if (tries === 6) world.mail.refuse(to, null)
      wakeAll()
    }
    assert.deepEqual(waits, [4000, 8000, 16_000, 32_000, 60_000, 60_000])
    await sent(mail, t)
    assert.equal(arrived(mail), 1)
  })

  test('an address that is refused stops no other', async (t) => {
    const [bad, gone] = ['bad@example.jp', 'gone@example.jp']
    world.mail.refuse(bad, 550)
    world.mail.refuse(gone, 451)
    const refused: Put[] = []
    for (let count = 0; count < 30; count += 1) {
      refused.push(await put({ to: count % 2 ? bad : gone }, { wake: false }))
    }
    const good = await put()
    await sent(good, t)
    assert.equal(arrived(good), 1)
    assert.ok(world.log.every((line) => !line.includes('@example.jp')))
    // A try that ends after the clock has moved would be put off by what it says then.
    for (const one of refused) await waitAfter(one, 1, t)
    world.mail.refuse(bad, null)
    world.mail.refuse(gone, null)
    world.advance(4000)
    wakeAll()
    await outboxEmpty(world, t)
  })

  test('a mail is not sent after it has expired, but wiped', async (t) => {
    const to = 'late@example.jp'
    world.mail.refuse(to, 451)
    const mail = await put({ to, expiresAt: world.now + 10 * minutes })
    await waitAfter(mail, 1, t)
    world.mail.refuse(to, null)
    world.advance(10 * minutes)
    wakeAll()
    const wiped = async () => assert.equal((await mail.row()).sealed, null)
    await t.waitFor(wiped, { timeout: 10_000 })
    const swept = await put({ expiresAt: world.now }, { wake: false })
    await sweep(world.deps)
    assert.equal((await swept.row()).sealed, null)
    const later = await put()
    await sent(later, t)
    assert.deepEqual([arrived(mail), arrived(swept), arrived(later)], [0, 0, 1])
    assert.deepEqual([(await mail.row()).sent_at, (await swept.row()).sent_at], [null, null])
  })

  test('a mail whose node died with it in hand is sent by another', async (t) => {
    const died = { tries: 1, next_try_at: world.now + 2 * minutes }
    const mail = await put({}, { columns: died })
    await sent(await put(), t)
    assert.deepEqual([(await mail.row()).tries, arrived(mail)], [1, 0])
    world.advance(2 * minutes)
    wakeAll()
    await sent(mail, t)
  })

  test('a mail that is refused for a day is given up and wiped', async (t) => {
    const to = 'nobody@example.jp'
    world.mail.refuse(to, 451)
    const mail = await put({ to })
    await waitAfter(mail, 1, t)
    world.advance(24 * hours)
    wakeAll()
    await waitAfter(mail, 2, t)
    world.advance(1 * minutes)
    wakeAll()
    const wiped = async () => assert.equal((await mail.row()).sealed, null)
    await t.waitFor(wiped, { timeout: 10_000 })
    assert.equal((await mail.row()).sent_at, null)
    world.mail.refuse(to, null)
  })

  test('many mails arrive once each, on however many nodes', async (t) => {
    const mails: Put[] = []
    for (let count = 0; count < 60; count += 1) mails.push(await put({}, { wake: count % 2 > 0 }))
    await outboxEmpty(world, t)
    assert.deepEqual(new Set(mails.map(arrived)), new Set([1]))
    assert.ok((await Promise.all(mails.map(({ row }) => row()))).every(({ tries }) => tries === 1))
  })
})
