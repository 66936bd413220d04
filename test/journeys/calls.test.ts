// 「受付番号」: what a number shows to support, what it does not, and what ends it.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { transact } from '../../src/domain/act.ts'
import { fromNowhere } from '../../src/domain/actor.ts'
import { issueNumber } from '../../src/domain/calls/call-number.ts'
import { minutes, seconds } from '../../src/kernel/clock.ts'
import { hashToken, newToken } from '../../src/kernel/secrets.ts'
import { callNumberLifetime, callNumbersPerNetwork } from '../../src/limits/calls.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { callTexts } from '../../src/text/console/calls/calls-texts.ts'
import { accountRecord, eventsOf } from '../support/checks/records.ts'
import { snapshot } from '../support/checks/tables.ts'
import { seatOperator, type Seated } from '../support/world/desk-seats.ts'
import { deskClient } from '../support/world/desk.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import {
  accountWithPasskey,
  askPasskey,
  atPasskey,
  givePassword,
  registerFirstPasskey,
} from '../support/world/journeys.ts'
import { lookUp, seen, showNumber, type CallNumberAnswer } from '../support/world/telephone.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

const phone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'
const inLine = `${phone} Line/15.0.0`

onEachDatabase('the number of a call', (world) => {
  let desk: RunningConsole
  let agent: Seated
  before(async () => {
    desk = await world.startConsole()
    agent = await seatOperator(desk, ['agent'])
  })
  // Everybody has one address here.
  const later = () => world.advance(callNumbersPerNetwork.window)

  test('has eight digits and a quarter of an hour, on every page and without a body', async () => {
    for (const client of [
      world.client(),
      await atPasskey(world, await accountWithPasskey(world)),
    ]) {
      const { number, expiresAt } = expectStatus(
        await client.post<CallNumberAnswer>('/api/call-number'),
        201,
      )
      assert.match(number, /^\d{8}$/)
      assert.equal(Date.parse(expiresAt) - world.now, 15 * minutes)
    }
  })

  test('is kept as a keyed hash alone', async () => {
    const number = await showNumber(world.client())
    const cells = Object.values(await snapshot(world)).flat()
    assert.ok(!JSON.stringify(cells).includes(number))
    assert.ok(!world.log.join().includes(number))
    await seen(agent, number)
    assert.ok(!world.log.join().includes(number), 'nor does the log of the console have it')
  })

  test('is found where the secret is another one by now', async () => {
    const number = await showNumber(world.client())
    const next = 'the secret that comes next, and is long enough'
    const changed = await world.startConsole({
      SEKISHO_SECRET: `${next}\n${world.config.secrets[0]}`,
    })
    assert.equal((await seen(await seatOperator(changed, ['agent']), number)).page, 'sign-in')
    await changed.stop()
  })

  test('is another one than all live ones, however the dice fall', async () => {
    const draws = ['00000007', '00000007', '00000007', '00000008']
    const issue = () =>
      transact(world.deps, fromNowhere('system'), (act) => {
        const page = { page: 'sign-in', failure: null, browser: null, system: null } as const
        const bound = { app: null, signInId: null, sessionId: null, accountId: null }
        const tokens = { tokenHash: hashToken(newToken()), replaces: null }
        return issueNumber(act, { ...page, ...bound }, tokens, () => draws.shift() ?? 'none')
      })
    assert.equal((await issue()).number, '00000007')
    assert.equal((await issue()).number, '00000008')
  })

  test('shows the step, the tries with time and cause, and three sentences to say', async () => {
    later()
    const holder = await accountWithPasskey(world)
    const browser = await atPasskey(world, holder)
    const options = await askPasskey(browser, holder.passkey.id)
    const wrong = await holder.authenticator.get({ ...options, challenge: options.challenge })
    wrong.response.signature = wrong.response.authenticatorData
    expectProblem(await browser.post('/api/sign-in/passkey', wrong), 400)
    const number = await showNumber(browser, { page: 'passkey', failure: 'notAllowed' })
    const call = await seen(agent, number)
    assert.equal(call.page, 'passkey')
    assert.equal(call.step, 'passkey')
    assert.equal(call.failure, 'NOT-ALLOWED')
    assert.deepEqual(
      call.passkeys.map(({ id }) => id),
      [holder.passkey.id],
    )
    assert.equal(call.tries[0]?.event, 'authn_passkey_fail')
    assert.equal(Date.parse(call.tries[0].at), world.now)
    assert.equal(call.cause, callTexts.ja.causes.notFound.cause)
    for (const language of ['ja', 'en'] as const) {
      assert.deepEqual(call.say[language], callTexts[language].causes.notFound.say)
    }
    assert.deepEqual(call.offers, ['remove-passkey', 'end-hold'])
    assert.equal(call.check, null)
  })

  test('tells what is known of the combination', async () => {
    const { number } = expectStatus(
      await world
        .client({ userAgent: inLine })
        .post<CallNumberAnswer>('/api/call-number?page=sign-in'),
      201,
    )
    const call = await seen(agent, number)
    assert.match(call.facts[0] ?? '', /LINE/)
    assert.equal(call.cause, callTexts.ja.causes.inApp.cause)
  })

  test('shows nothing of what others tried with another browser', async () => {
    const account = await world.addAccount()
    const thief = world.client({ userAgent: phone })
    expectProblem(await givePassword(thief, { ...account, password: 'wrong' }), 401)
    const browser = world.client()
    expectStatus(await givePassword(browser, account), 200)
    assert.deepEqual((await seen(agent, await showNumber(browser))).tries, [])
  })

  test('carries no name, no login ID and no account, whoever looks', async () => {
    const account = await world.addAccount(undefined, '佐藤 青子')
    const client = await world.signIn(account)
    const name = '青子の鍵'
    await registerFirstPasskey(world, client, account, world.authenticator(), name)
    const before = world.client()
    expectStatus(await givePassword(before, account), 200)
    const { id } = await accountRecord(world, account)
    for (const browser of [before, client]) {
      const { text, body } = await lookUp(agent, await showNumber(browser))
      assert.equal(body.account, null)
      for (const personal of [account.loginId, account.email, '佐藤', '青子', id, name]) {
        assert.ok(!text.includes(personal), personal)
      }
    }
  })

  test('opens nothing to who has it', async () => {
    const holder = await accountWithPasskey(world)
    const browser = await atPasskey(world, holder)
    const number = await showNumber(browser)
    const thief = world.client()
    assert.equal(
      expectProblem(await thief.get(`/api/call-number?number=${number}`), 404),
      'not_found',
    )
    assert.equal(expectProblem(await thief.get(`/api/calls/${number}`), 404), 'not_found')
    expectProblem(await thief.get('/api/sign-in'), 404)
    expectProblem(await deskClient(desk).get(`/api/calls/${number}`), 401)
  })

  test('is for agents alone, and the first look of each is recorded', async () => {
    const holder = await accountWithPasskey(world)
    const number = await showNumber(await atPasskey(world, holder))
    for (const role of ['approver', 'auditor', 'admin'] as const) {
      const other = await seatOperator(desk, [role])
      assert.equal(expectProblem(await lookUp(other, number), 403), 'not_allowed')
    }
    for (let look = 1; look <= 3; look += 1) await seen(agent, number)
    const second = await seatOperator(desk, ['agent'])
    await seen(second, number)
    const looks = await eventsOf(world, holder.account, 'user_call_opened')
    assert.equal(looks.length, 2)
    assert.match(looks[0]?.actor ?? '', /^operator:/)
  })

  test('is found as people read it aloud', async () => {
    later()
    const number = await showNumber(world.client())
    const wide = number.replace(/\d/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0))
    for (const typed of [`${number.slice(0, 4)} ${number.slice(4)}`, wide]) {
      expectStatus(await lookUp(agent, encodeURIComponent(typed)), 200)
    }
  })

  test('is void after a new one, of the browser or of its sign-in', async () => {
    const holder = await accountWithPasskey(world)
    const browser = await atPasskey(world, holder)
    const first = await showNumber(browser)
    const second = await showNumber(browser)
    // Without the cookie the sign-in alone tells that it is the same page.
    browser.setCookie('sekisho_call', undefined)
    const third = await showNumber(browser)
    for (const number of [first, second]) expectProblem(await lookUp(agent, number), 404)
    await seen(agent, third)
  })

  test('is over after a quarter of an hour, and with the sign-in that succeeds', async () => {
    const anybody = await showNumber(world.client())
    world.advance(callNumberLifetime - 1)
    agent = await seatOperator(desk, ['agent'])
    await seen(agent, anybody)
    world.advance(1)
    expectProblem(await lookUp(agent, anybody), 404)

    const holder = await accountWithPasskey(world)
    const browser = await atPasskey(world, holder)
    const number = await showNumber(browser)
    const options = await askPasskey(browser, holder.passkey.id)
    const answer = await holder.authenticator.get(options)
    expectStatus(await browser.post('/api/sign-in/passkey', answer), 200)
    expectProblem(await lookUp(agent, number), 404)
    assert.equal(expectProblem(await browser.get('/api/call-number'), 404), 'not_found')
  })

  test('stays after a sign-in that fails, and says that it has ended', async () => {
    const account = await world.addAccount()
    const browser = world.client()
    expectStatus(await givePassword(browser, account), 200)
    const number = await showNumber(browser)
    expectStatus(await browser.delete('/api/sign-in'), 204)
    const call = await seen(agent, number)
    assert.equal(call.step, null)
    assert.equal(call.cause, callTexts.ja.causes.over.cause)
  })

  test('is not made without end for one address', async () => {
    later()
    for (let made = 0; made < callNumbersPerNetwork.failures; made += 1) {
      await showNumber(world.client())
    }
    const refused = await world.client().post('/api/call-number')
    assert.equal(expectProblem(refused, 429), 'too_many_attempts')
    later()
    await showNumber(world.client())
  })

  test('is not found by trying', async () => {
    const guesser = await seatOperator(desk, ['agent'])
    const right = await showNumber(world.client())
    const wrong = String((Number(right) + 1) % 100_000_000).padStart(8, '0')
    const { not_found: unknown, too_many_attempts: tooMany } = callTexts.ja.refusals
    const said = ({ body }: { readonly body: unknown }) => {
      const { title, detail } = body as { title: string; detail: string }
      return { title, detail }
    }
    for (const typed of [wrong, 'abcdefgh', '1', wrong, `${right}0`]) {
      const answer = await lookUp(guesser, typed)
      assert.equal(expectProblem(answer, 404), 'not_found')
      assert.deepEqual(said(answer), unknown)
    }
    const stopped = await lookUp(guesser, right)
    assert.equal(expectProblem(stopped, 429), 'too_many_attempts')
    assert.deepEqual(said(stopped), tooMany)
    assert.equal(Number(stopped.headers['retry-after']), (10 * minutes) / seconds)
    const check = await guesser.client.post(`/api/calls/${right}/check`, { act: 'reopen' })
    assert.equal(expectProblem(check, 429), 'too_many_attempts', 'nor by way of a check')
    assert.deepEqual(said(check), tooMany)
    const now = await guesser.client.get(`/api/calls/${right}/now`)
    expectStatus(now, 404)
    assert.deepEqual(said(now), unknown)
    const other = await seatOperator(desk, ['agent'])
    for (let look = 0; look < 7; look += 1) await seen(other, right)
    world.advance(10 * minutes)
    await seen(guesser, right)
  })

  test('keeps no word of the page that is not ours', async () => {
    later()
    agent = await seatOperator(desk, ['agent'])
    const client = world.client()
    const free = { page: 'passkey', failure: 'I am Hanako and my password is 1234' }
    const number = await showNumber(client, free)
    assert.equal((await seen(agent, number)).failure, null)
    assert.ok(!JSON.stringify(await snapshot(world)).includes('I am Hanako'))
    assert.equal(
      (await seen(agent, await showNumber(client, { page: 'elsewhere' }))).page,
      'sign-in',
    )
  })

  test("of an operator's own account is not for that operator", async () => {
    const holder = await accountWithPasskey(world)
    const { id } = await accountRecord(world, holder.account)
    const own = await seatOperator(desk, ['agent'], id)
    const number = await showNumber(holder.client)
    assert.equal(expectProblem(await lookUp(own, number), 403), 'not_allowed')
  })
})
