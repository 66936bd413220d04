// Rules 15 and 46: whoever knows the password can use up the codes of an account, but not its holder's brake.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes, seconds } from '../../src/kernel/clock.ts'
import { accountRecord, eventsOf } from '../support/checks/records.ts'
import { rowsOf } from '../support/checks/tables.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { givePassword } from '../support/world/journeys.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

interface Step {
  readonly step: string
  readonly sentTo: string
  readonly expiresAt: string | null
  readonly resendAfter: string
}

onEachDatabase('a sign-in for which no code can be sent', (world) => {
  const useUp = async (account: TestAccount, codes = 5) => {
    for (let code = 0; code < codes; code += 1) {
      expectStatus(await givePassword(world.client(), account), 200)
      await world.nextCode(account)
    }
  }
  const count = async (table: 'sign_ins' | 'email_codes', account: TestAccount) =>
    (await rowsOf(world, table, account)).length

  test('is refused, and has its holder’s brake all the same', async () => {
    const account = await world.addAccount()
    const since = world.now
    await useUp(account)
    const holder = world.client()
    const refused = await givePassword(holder, account)
    assert.equal(expectProblem(refused, 429), 'too_many_codes')
    assert.equal(refused.headers['retry-after'], '1800')
    assert.equal(await count('email_codes', account), 5)
    const step = expectStatus(await holder.get<Step>('/api/sign-in'), 200)
    assert.equal(step.step, 'email-code')
    assert.equal(step.expiresAt, null)
    assert.equal(step.resendAfter, new Date(since + 30 * minutes).toISOString())
    const page = await holder.get('/sign-in/email-code')
    assert.equal(page.status, 200)
    assert.match(page.text, /いまは認証コードをお送りできません/)
    assert.match(page.text, /緊急停止/)
    assert.doesNotMatch(page.text, /name="code"/)
    assert.match(page.text, /data-failure="too_many_codes"/, 'support hears of it')
    expectStatus(await holder.post('/api/sign-in/stop'), 204)
    assert.equal((await accountRecord(world, account)).lock_reason, 'holder')
    assert.equal(await count('sign_ins', account), 0)
    const [stopped] = await eventsOf(world, account, 'authz_stopped')
    assert.equal(stopped?.detail['way'], 'unknown-browser')
  })

  test('takes no code, and gets none before its time', async () => {
    const account = await world.addAccount()
    world.advance(minutes - (world.now % minutes) + 17 * seconds)
    await useUp(account)
    world.advance(14 * minutes)
    const holder = world.client()
    expectProblem(await givePassword(holder, account), 429)
    for (const code of ['000000', '111111']) {
      const wrong = await holder.post('/api/sign-in/email-code', { code })
      assert.equal(expectProblem(wrong, 400), 'code_expired')
    }
    const mail = await holder.get('/api/sign-in/email-code')
    assert.equal(expectProblem(mail, 403), 'email_code_needed')
    const early = await holder.post('/api/sign-in/email-code/resend')
    assert.equal(expectProblem(early, 429), 'too_many_codes')
    assert.equal(early.headers['retry-after'], String(16 * 60))
    assert.equal(await count('email_codes', account), 5)
    const page = (await holder.get('/sign-in/email-code')).text
    const named = /(\d{4}\/\d\d\/\d\d \d+:\d\d) 以降に/.exec(page)?.[1]
    world.advance(Date.parse(`${named} +0900`) - world.now)
    expectStatus(await holder.post('/api/sign-in/email-code/resend'), 200)
    const code = await world.nextCode(account)
    expectStatus(await holder.post('/api/sign-in/email-code', { code }), 200)
    const failed = await eventsOf(world, account, 'authn_code_fail')
    assert.deepEqual(failed, [], 'there was no code to be wrong about')
  })

  test('leaves the browser the sign-in whose code is still good', async () => {
    const account = await world.addAccount()
    const holder = world.client()
    expectStatus(await givePassword(holder, account), 200)
    const code = await world.nextCode(account)
    await useUp(account, 4)
    assert.equal(expectProblem(await givePassword(holder, account), 429), 'too_many_codes')
    assert.equal(await count('sign_ins', account), 5)
    expectStatus(await holder.post('/api/sign-in/email-code', { code }), 200)
  })

  test('leads, by the code that is still good, where it was to lead itself', async () => {
    const account = await world.addAccount()
    const holder = world.client()
    const begin = (continueTo: string) => givePassword(holder, account, continueTo)
    expectStatus(await begin('/oauth2/interaction/of-the-former'), 200)
    const code = await world.nextCode(account)
    await useUp(account, 4)
    const wanted = '/oauth2/interaction/of-this-sign-in'
    assert.equal(expectProblem(await begin(wanted), 429), 'too_many_codes')
    const rows = await rowsOf(world, 'sign_ins', account)
    assert.ok(rows.every((row) => !String(row['continue_to']).includes('interaction')))
    const done = await holder.post<{ continueTo: string }>('/api/sign-in/email-code', { code })
    assert.equal(expectStatus(done, 200).continueTo, wanted)
  })

  test('is a failure on record only where it has opened nothing', async () => {
    const account = await world.addAccount()
    const holder = world.client()
    expectStatus(await givePassword(holder, account), 200)
    await useUp(account, 4)
    const other = world.client()
    expectProblem(await givePassword(other, account), 429)
    const why = 'too many codes'
    const whysOf = async (event: string) =>
      (await eventsOf(world, account, event)).flatMap(({ detail }) => detail['why'] ?? [])
    assert.deepEqual(await whysOf('authn_password_success'), [why])
    assert.deepEqual(await whysOf('authn_login_fail'), [], 'it may still succeed')
    expectProblem(await givePassword(holder, account), 429)
    assert.deepEqual(await whysOf('authn_password_success'), [why])
    assert.deepEqual(await whysOf('authn_login_fail'), [why])
  })

  test('takes the place of one whose code is over, and of one that had none', async () => {
    const account = await world.addAccount()
    const holder = world.client()
    expectStatus(await givePassword(holder, account), 200)
    await world.nextCode(account)
    await useUp(account, 4)
    world.advance(10 * minutes)
    for (let time = 0; time < 3; time += 1) {
      expectProblem(await givePassword(holder, account), 429)
      world.advance(seconds)
    }
    assert.equal(await count('sign_ins', account), 5)
    const ended = await eventsOf(world, account, 'authn_login_unfinished')
    assert.deepEqual(
      ended.map(({ detail }) => detail['why']),
      ['begun anew', 'begun anew', 'begun anew'],
    )
    expectStatus(await holder.post('/api/sign-in/stop'), 204)
  })
})
