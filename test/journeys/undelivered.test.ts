// Rule 26: what a mail server refuses for good is given up soon, and is neither lost nor unknown.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { SMTPServer } from 'smtp-server'
import { transact } from '../../src/domain/act.ts'
import { fromNowhere } from '../../src/domain/actor.ts'
import { putMail, type Mail } from '../../src/domain/outbox/outbox.ts'
import { days, minutes } from '../../src/kernel/clock.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { rowsOf } from '../support/checks/tables.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { databases } from '../support/world/postgres.ts'
import { World, type TestAccount } from '../support/world/world.ts'

onEachDatabase('a mail that is refused for good', (world) => {
  /** A notice in the outbox, and its row. */
  async function put(mail: Partial<Mail>) {
    const plain = { subject: 'A notice', text: 'Text.', accountId: null, expiresAt: null }
    const whole = { ...plain, kind: 'notice', to: 'a@example.jp', ...mail }
    const row = () =>
      world.deps.db
        .selectFrom('outbox')
        .selectAll()
        .where('kind', '=', whole.kind)
        .executeTakeFirstOrThrow()
    await transact(world.deps, fromNowhere('system'), async (act) => putMail(act, whole))
    world.deps.wakeSender()
    return row
  }
  type Row = Awaited<ReturnType<typeof put>>

  const tried = (row: Row, times: number, t: TestContext) =>
    t.waitFor(
      async () => {
        const { tries, sealed, next_try_at: next } = await row()
        assert.ok(tries === times && (sealed === null || next <= world.now + 5 * minutes))
        // The lease of a try that is still going on is two minutes exactly.
        assert.notEqual(sealed === null ? 0 : next - world.now, 2 * minutes)
      },
      { timeout: 10_000 },
    )

  /** Tries once more, at the very moment when it is due. */
  async function nextTry(row: Row, times: number, t: TestContext) {
    world.advance(Math.max(0, (await row()).next_try_at - world.now))
    world.deps.wakeSender()
    await tried(row, times, t)
  }

  /** A mail of this kind that the mail server has refused for good until it was given up. */
  async function putRefused(kind: string, t: TestContext): Promise<Row> {
    const to = `${kind}@example.jp`
    world.mail.refuse(to, 550)
    const row = await put({ kind, to })
    await tried(row, 1, t)
    for (const times of [2, 3]) await nextTry(row, times, t)
    return row
  }

  const idOf = async ({ loginId }: TestAccount) =>
    world.deps.db
      .selectFrom('accounts')
      .select('id')
      .where('login_id', '=', loginId)
      .executeTakeFirstOrThrow()

  test('is tried three times within ten minutes, and is then on the list and on record', async (t) => {
    const account = await world.addAccount()
    const began = world.now
    world.mail.refuse(account.email, 550)
    const kind = 'refused-for-good'
    const row = await put({ kind, to: account.email, accountId: (await idOf(account)).id })
    await tried(row, 1, t)
    await nextTry(row, 2, t)
    assert.notEqual((await row()).sealed, null)
    await nextTry(row, 3, t)
    assert.ok(world.now - began <= 10 * minutes, `${world.now - began} ms`)
    const { sealed, sent_at: sentAt, undelivered_at: at } = await row()
    assert.deepEqual([sealed, sentAt, at], [null, null, world.now])

    const events = await rowsOf(world, 'audit_events', account)
    const [event, ...others] = events.filter(({ event }) => event === 'authn_mail_undelivered')
    assert.deepEqual(others, [])
    assert.equal(event?.['actor'], 'mail-server')
    assert.deepEqual(JSON.parse(String(event['detail'])), { kind, reason: '550 5.1.1' })

    const { status, output } = await world.command(['mail', 'undelivered'])
    assert.equal(status, 0)
    const [line = '', ...more] = output.trim().split('\n')
    assert.deepEqual(line.split('\t').slice(1, 3), [account.loginId, kind])
    assert.equal(line.split('\t')[4], '550 5.1.1')
    assert.deepEqual(more, [])
    assert.ok(world.log.every((one) => !one.includes(account.email)))
  })

  test('of a sign-in leads from the customer to the request, by command, event and log', async (t) => {
    const account = await world.addAccount()
    world.mail.refuse(account.email, 550)
    const { loginId, password } = account
    const answer = await world.client().post('/api/sign-in', { loginId, password })
    const requestId = answer.headers['x-request-id']
    assert.ok(typeof requestId === 'string')
    const row = () =>
      world.deps.db
        .selectFrom('outbox')
        .selectAll()
        .where('request_id', '=', requestId)
        .executeTakeFirstOrThrow()
    await tried(row, 1, t)
    for (const times of [2, 3]) await nextTry(row, times, t)

    const { id } = await idOf(account)
    const lines = world.log.filter((one) => one.includes('a mail was not sent'))
    const ofThis = lines.map((one) => JSON.parse(one) as Record<string, unknown>)
    assert.equal(ofThis.filter((one) => one['requestId'] === requestId).length, 3)
    assert.ok(ofThis.some((one) => one['account'] === id))
    const [event] = (await rowsOf(world, 'audit_events', account)).filter(
      (one) => one['event'] === 'authn_mail_undelivered',
    )
    assert.equal(event?.['request_id'], requestId)
    const shown = await world.command(['accounts', 'show', '--login-id', loginId])
    const at = new Date(Number(event?.['at'])).toISOString()
    const line = `undelivered mail: sign-in at ${at} (550 5.1.1), request ${requestId}\n`
    assert.ok(shown.output.includes(line), shown.output)
    const listed = await world.command(['mail', 'undelivered'])
    assert.match(listed.output, new RegExp(`\t${requestId}$`, 'm'))
    world.mail.refuse(account.email, null)
  })

  test('after a time of refusals for now still has its three tries', async (t) => {
    const to = 'greylisted@example.jp'
    world.mail.refuse(to, 451)
    const row = await put({ kind: 'greylisted', to })
    await tried(row, 1, t)
    for (const times of [2, 3]) await nextTry(row, times, t)
    world.mail.refuse(to, 550)
    for (const times of [4, 5]) await nextTry(row, times, t)
    assert.notEqual((await row()).sealed, null)
    world.mail.refuse(to, null)
    world.advance(5 * minutes)
    world.deps.wakeSender()
    await t.waitFor(async () => assert.notEqual((await row()).sent_at, null), { timeout: 10_000 })
  })

  test('because of its sender waits until that is mended', async (t) => {
    const sender = 'no-reply@example.jp'
    world.mail.refuse(sender, 550)
    const row = await put({ kind: 'sender-refused' })
    await tried(row, 1, t)
    for (const times of [2, 3, 4, 5]) await nextTry(row, times, t)
    world.advance(2 * days)
    await nextTry(row, 6, t)
    world.mail.refuse(sender, null)
    await nextTry(row, 7, t)
    await t.waitFor(async () => assert.notEqual((await row()).sent_at, null), { timeout: 10_000 })
  })

  test('stands on the list without a login ID when it belongs to no account', async (t) => {
    await putRefused('of-nobody', t)
    const { output } = await world.command(['mail', 'undelivered'])
    assert.match(output, /^\S+\t-\tof-nobody\t\S+\t550 5\.1\.1\t-$/m)
  })

  test('stays on the list for 30 days', async (t) => {
    const row = await putRefused('listed', t)
    world.advance(30 * days)
    await sweep(world.deps)
    assert.notEqual((await row()).undelivered_at, null)
    world.advance(1)
    await sweep(world.deps)
    await assert.rejects(row())
  })
})

test('a mail server whose certificate nobody trusts is logged with the cause', async (t) => {
  const [sqlite] = databases
  assert.ok(sqlite)
  // The library brings a certificate of its own, which no authority has signed.
  const server = new SMTPServer({ authOptional: true, disabledCommands: ['AUTH'], logger: false })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  t.after(() => new Promise<void>((resolve) => server.close(() => resolve())))
  const { port } = server.server.address() as AddressInfo
  const env = { SEKISHO_SMTP_URL: `smtp://user:pass-word@127.0.0.1:${port}?requireTLS=true` }
  const world = await World.start(sqlite, { env })
  t.after(() => world.stop())
  const account = await world.addAccount()
  const { loginId, password } = account
  await world.client().post('/api/sign-in', { loginId, password })
  const line = await t.waitFor(
    () => {
      const found = world.log.find((one) => one.includes('a mail was not sent'))
      assert.ok(found)
      return found
    },
    { timeout: 10_000 },
  )
  assert.match(line, /ESOCKET [A-Z_]*CERT[A-Z_]* \([a-z -]*certificate[a-z ]*\)/)
  assert.ok(!line.includes('pass-word') && !line.includes(account.email))
})
