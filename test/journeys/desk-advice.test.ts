// What the desk is told to say to a caller: from what the records say of the last day to a sentence.
import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import { updateLock } from '../../src/domain/accounts/store.ts'
import { minutes, seconds } from '../../src/kernel/clock.ts'
import { codeLifetime } from '../../src/limits/codes.ts'
import { activationLifetime } from '../../src/limits/recoveries.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { reopenAccount } from '../../src/operations/support/lock-account.ts'
import { requireAccount } from '../../src/surfaces/cli/with-account.ts'
import type { SoftwareAuthenticator } from '../support/authenticator/software-authenticator.ts'
import { accountIdOf } from '../support/checks/records.ts'
import { outboxEmpty } from '../support/checks/tables.ts'
import { seatOperator, type Seated } from '../support/world/desk-seats.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { otherThan } from '../support/world/guessing.ts'
import {
  accountWithPasskey,
  askPasskey,
  givePassword,
  registerFirstPasskey,
} from '../support/world/journeys.ts'
import { activationOf, askForgotten, giveActivation } from '../support/world/recovery.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

interface Page {
  readonly activationUntil: string | null
  readonly mails: readonly { state: string; reason: string | null }[]
  readonly advice: readonly { cause: string; text: string }[]
}

type Answer = Awaited<ReturnType<SoftwareAuthenticator['get']>>

/** Where an authenticator's data has its flags (Web Authentication, §6.1), and the one of user verification. */
const [flagsAt, userVerified] = [32, 0x04]

onEachDatabase('advice for a caller', (world) => {
  let desk: RunningConsole
  let agent: Seated
  before(async () => {
    desk = await world.startConsole()
  })
  beforeEach(async () => {
    agent = await seatOperator(desk, ['agent'])
  })

  const look = async (account: TestAccount) =>
    expectStatus(
      await agent.client.get<Page>(`/api/accounts/${await accountIdOf(world, account)}`),
      200,
    )
  const causes = async (account: TestAccount) =>
    (await look(account)).advice.map(({ cause }) => cause)

  test('a caller whose phone gave no answer is told about the QR code', async () => {
    const phone = world.authenticator({ transports: ['hybrid'], attachment: 'cross-platform' })
    const { account } = await accountWithPasskey(world, phone)
    world.advance(2 * minutes)
    for (let count = 0; count < 3; count += 1) {
      expectStatus(await givePassword(world.client(), account), 200)
    }
    assert.ok(!(await causes(account)).some((cause) => cause.startsWith('no-answer')), 'too early')
    world.advance(2 * minutes)
    const [first] = (await look(account)).advice
    assert.equal(first?.cause, 'no-answer-phone')
    assert.match(first.text, /直近で3回.*QRコード/)
    const english = await agent.client.raw<Page>({
      ...{ method: 'GET', path: `/api/accounts/${await accountIdOf(world, account)}` },
      headers: { 'accept-language': 'en' },
    })
    assert.match(english.body.advice[0]?.text ?? '', /3 times.*QR code/)
  })

  test('what went wrong is said by its cause', async () => {
    const { account, passkey, authenticator } = await accountWithPasskey(world)
    assert.deepEqual(await causes(account), ['hold'])
    const wrong = { ...account, password: 'wrong' }
    await givePassword(world.client(), wrong)
    assert.deepEqual(await causes(account), ['password-wrong', 'hold'])
    for (let count = 0; count < 5; count += 1) await givePassword(world.client(), wrong)
    assert.deepEqual(await causes(account), ['password-waits', 'hold'])
    world.advance(5 * minutes)
    agent = await seatOperator(desk, ['agent'])
    const browser = world.client()
    const begin = async () => {
      expectStatus(await givePassword(browser, account), 200)
      return askPasskey(browser, passkey.id)
    }
    const answer = await authenticator.get(await begin())
    const { clientDataJSON } = answer.response
    const data = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString()) as object
    const bent = Buffer.from(JSON.stringify({ ...data, origin: 'https://fake.example' }))
    const response = { ...answer.response, clientDataJSON: bent.toString('base64url') }
    expectProblem(await browser.post('/api/sign-in/passkey', { ...answer, response }), 400)
    assert.equal((await causes(account))[0], 'phishing')
  })

  test('a refused passkey is said by what was wrong with it', async () => {
    const unknown = Buffer.alloc(32, 7).toString('base64url')
    const bends = {
      'passkey-removed': (answer: Answer) => ({ ...answer, id: unknown, rawId: unknown }),
      'passkey-unlocked': (answer: Answer) => {
        const data = Buffer.from(answer.response.authenticatorData, 'base64url')
        data.writeUInt8(data.readUInt8(flagsAt) & ~userVerified, flagsAt)
        const authenticatorData = data.toString('base64url')
        return { ...answer, response: { ...answer.response, authenticatorData } }
      },
    }
    for (const [cause, bend] of Object.entries(bends)) {
      const { account, passkey, authenticator } = await accountWithPasskey(world)
      const browser = world.client()
      expectStatus(await givePassword(browser, account), 200)
      const answer = await authenticator.get(await askPasskey(browser, passkey.id))
      expectProblem(await browser.post('/api/sign-in/passkey', bend(answer)), 400)
      assert.equal((await causes(account))[0], cause)
    }
  })

  test('a lock, a closed contract and an erased account are said first', async () => {
    const account = await world.addAccount()
    assert.deepEqual(await causes(account), ['nothing'])
    const id = await accountIdOf(world, account)
    const expected = {
      support: 'locked-by-support',
      guessing: 'locked-by-guessing',
      closed: 'closed',
      erased: 'erased',
    } as const
    for (const [reason, cause] of Object.entries(expected)) {
      const lock = { at: world.now, reason: reason as keyof typeof expected }
      await world.deps.db.transaction().execute((tx) => updateLock(tx, id, lock))
      assert.deepEqual(await causes(account), [cause])
    }
  })

  test('a locked account without a passkey that works needs one request, and nothing says that it can sign in', async () => {
    const { account, passkey } = await accountWithPasskey(world)
    const id = await accountIdOf(world, account)
    const path = `/api/accounts/${id}/passkeys/${passkey.id}/suspend`
    const why = { reason: 'stolen', ticket: 'T-1' }
    expectStatus(await agent.client.post(path, why), 204)
    const { advice } = await look(account)
    assert.deepEqual(
      advice.map(({ cause }) => cause),
      ['locked-without-passkey', 'hold-locked'],
    )
    assert.match(advice[0]?.text ?? '', /削除とロックの解除を、必ず一つの申請に/)
    assert.ok(!advice.some(({ text }) => text.includes('ログインはできます')))
    const asked = await agent.client.post<{ detail: string }>('/api/requests', {
      ...{ act: 'reopen', accountId: id, reason: 'found', ticket: 'T-1' },
      checks: ['name', 'birthday', 'call-back'],
    })
    assert.equal(expectProblem(asked, 409), 'no_live_passkey')
    assert.match(asked.body.detail, /ロックの解除と一つの申請に/)
    assert.doesNotMatch(asked.body.detail, /先に/)
  })

  test('codes and mails that did not come through are said', async (t) => {
    const account = await world.addAccount()
    const browser = world.client()
    expectStatus(await givePassword(browser, account), 200)
    const wrong = otherThan(await world.nextCode(account))
    await outboxEmpty(world, t)
    assert.deepEqual(await causes(account), ['mail-taken', 'at-second-factor'])
    await browser.post('/api/sign-in/email-code', { code: wrong })
    assert.deepEqual(await causes(account), ['mail-taken', 'code-wrong', 'at-second-factor'])
    const id = await accountIdOf(world, account)
    const mails = () => world.deps.db.updateTable('outbox').where('account_id', '=', id)
    await mails().set({ sent_at: null, sealed: 'x', next_try_at: 9e15 }).execute()
    world.advance(2 * minutes)
    assert.ok((await causes(account)).includes('mail-waiting'))
    const given = { sealed: null, undelivered_at: world.now, undelivered_reason: '550 5.1.1' }
    await mails().set(given).execute()
    assert.equal((await causes(account))[0], 'mail-undelivered')
    const [mail] = (await look(account)).mails
    assert.deepEqual([mail?.state, mail?.reason], ['undelivered', '550 5.1.1'])
  })

  test('wrong activation codes are said, and until when even a right one is refused', async () => {
    const account = await world.addAccount()
    assert.equal((await look(account)).activationUntil, null)
    const code = await activationOf(world, account)
    const until = new Date(world.now + activationLifetime).toISOString()
    assert.equal((await look(account)).activationUntil, until)
    const give = async (typed: string) => (await giveActivation(world, account, typed)).answer
    for (let count = 0; count < 4; count += 1) expectProblem(await give('0000'), 400)
    assert.deepEqual(await causes(account), ['activation-wrong'])
    world.advance(1000)
    expectProblem(await give('0000'), 400)
    assert.equal(expectProblem(await give(code), 400), 'activation_refused')
    const [waits] = (await look(account)).advice
    assert.equal(waits?.cause, 'activation-waits')
    const shown = /5回.*、(\d{4})\/(\d+)\/(\d+) (\d+):(\d\d)まで、正しい/.exec(waits.text) ?? []
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = shown.slice(1).map(Number)
    const named = Date.UTC(year, month - 1, day, hour - 9, minute)
    assert.ok(named >= world.now + 30 * seconds, 'at the named time the wait is over')
    assert.ok(named < world.now + 90 * seconds)
    world.advance(30 * seconds)
    assert.deepEqual(await causes(account), ['activation-wrong'])
    expectStatus(await give(code), 200)
    assert.ok(!(await causes(account)).some((cause) => cause.startsWith('activation')))
    assert.equal((await look(account)).activationUntil, until)
  })

  test('nothing is said of wrong entries before an unlocking, which ends their waits', async () => {
    const account = await world.addAccount()
    const code = await activationOf(world, account)
    const browser = world.client()
    expectStatus(await givePassword(browser, account), 200)
    const typed = otherThan(await world.nextCode(account))
    expectProblem(await browser.post('/api/sign-in/email-code', { code: typed }), 400)
    const wrong = { ...account, password: 'wrong' }
    for (let count = 0; count < 5; count += 1) {
      await givePassword(world.client(), wrong)
      await giveActivation(world, account, '0000')
    }
    const ofEntries = async () =>
      (await causes(account)).filter((cause) => /^(password|activation|code)-/.test(cause))
    assert.deepEqual(await ofEntries(), ['password-waits', 'activation-waits', 'code-wrong'])
    const seen = await requireAccount(world.deps, account.loginId)
    const operator = { name: 'test', reason: 'test' }
    assert.equal(await reopenAccount(world.deps, seen, operator), 'waits_lifted')
    assert.deepEqual(await ofEntries(), [])
    expectStatus((await giveActivation(world, account, code)).answer, 200)
  })

  test('a lock by guessing is said to keep a good activation code out', async () => {
    const account = await world.addAccount()
    const code = await activationOf(world, account)
    const id = await accountIdOf(world, account)
    const lock = { at: world.now, reason: 'guessing' } as const
    await world.deps.db.transaction().execute((tx) => updateLock(tx, id, lock))
    expectProblem((await giveActivation(world, account, code)).answer, 400)
    assert.deepEqual(await causes(account), ['locked-by-guessing', 'activation-locked'])
  })

  test('the mail of a code is no matter once the code is used or over, or was for something else', async (t) => {
    const account = await world.addAccount()
    const isTaken = async () => (await causes(account)).includes('mail-taken')
    // Anybody who has the login ID causes this one.
    await askForgotten(world, account)
    await world.nextCode(account)
    assert.equal(await isTaken(), false, 'for a forgotten password')
    expectStatus(await givePassword(world.client(), account), 200)
    await world.nextCode(account)
    await outboxEmpty(world, t)
    assert.equal(await isTaken(), true, 'for a sign-in')
    world.advance(codeLifetime - 1)
    agent = await seatOperator(desk, ['agent'])
    assert.equal(await isTaken(), true)
    world.advance(1)
    assert.equal(await isTaken(), false, 'over')
    const client = await world.signIn(account)
    assert.equal(await isTaken(), false, 'used')
    world.advance(1000)
    await registerFirstPasskey(world, client, account, world.authenticator(), 'Windows')
    assert.equal(await isTaken(), false, 'for a registration')
  })
})
