// 「受付番号」 on the pages: read out to support, who asks the page through it. The console is called over HTTP.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { texts } from '../../src/text/texts.ts'
import { inspect } from '../support/browser/accessible.ts'
import { addAuthenticator, webAuthnSession, type Page } from '../support/browser/browser.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'
import { accountRecord } from '../support/checks/records.ts'
import { seatOperator, type Seated } from '../support/world/desk-seats.ts'
import { activationOf } from '../support/world/recovery.ts'
import { otherThan, seen, sendCheck } from '../support/world/telephone.ts'
import { expectStatus } from '../support/world/world.ts'

inBrowser('the number of a call', { timeout: 300_000 }, (started) => {
  let agent: Seated
  before(async () => {
    agent = await seatOperator(await started.world.startConsole(), ['agent'])
  })

  const shownIn = async (page: Page) => {
    const digits = page.locator('#call-digits')
    await digits.waitFor()
    const text = await digits.innerText()
    assert.match(text, /^\d{4} \d{4}$/)
    return text.replace(' ', '')
  }

  async function show(walker: Walker): Promise<string> {
    await walker.button(walker.words.call.show).click()
    return shownIn(walker.page)
  }

  const state = (walker: Walker, text: string) =>
    walker.page.locator('#call-state', { hasText: text }).waitFor()
  const question = ({ page, words }: Walker) =>
    page.getByRole('heading', { name: words.call.check.title, exact: true })

  /** At the second factor by passkey, in a tab whose machine holds it; no hold is in force. */
  async function atSecondFactor(language: 'ja' | 'en') {
    const walker = await Walker.start(started, language)
    const authenticator = await addAuthenticator(walker.page, { transport: 'internal' })
    await walker.holdPasskey(authenticator)
    const { id } = await accountRecord(started.world, walker.account)
    const { db } = started.world.deps
    await db.updateTable('accounts').set({ hold_until: null }).where('id', '=', id).execute()
    await walker.open('/sign-in')
    await walker.givePassword()
    await walker.heading(walker.words.passkey.title).waitFor()
    return { walker, id }
  }

  for (const language of ['ja', 'en'] as const) {
    test(`is shown, spoken and copied, and keeps what the page said, ${language}`, async () => {
      const walker = await Walker.start(started, language)
      const { page, words, context } = walker
      await context.grantPermissions(['clipboard-read', 'clipboard-write'])
      await walker.open('/sign-in')
      await walker.textbox(words.signIn.loginId).fill(walker.account.loginId)
      await page.getByLabel(words.signIn.password, { exact: true }).fill('wrong password')
      await walker.button(words.signIn.submit).click()
      await walker.problem().getByText(words.problems.sign_in_refused.title).waitFor()
      const number = await show(walker)
      assert.equal(
        await walker.problem().getByText(words.problems.sign_in_refused.title).count(),
        1,
      )
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'call-shown')
      const spoken = await page.locator('#call-spoken').textContent()
      assert.equal(spoken?.replace(/\D/g, ''), number)
      assert.match(spoken ?? '', /^\d \d \d \d, \d \d \d \d$/)
      await page.getByText(words.call.onlyCallers).waitFor()
      assert.match(await page.locator('#call-remaining').innerText(), /^1[45]/)
      await walker.button(words.call.copy).click()
      await walker.button(words.call.copied).waitFor()
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), number)
      assert.equal((await seen(agent, number)).failure, 'SIGN-IN-REFUSED')
      await inspect(page, `a number at the sign-in, ${language}`)
      await page.reload()
      assert.equal(await shownIn(page), number, 'the tab keeps it')
      await context.close()
    })

    test(`is asked through by support, and answered with a passkey, ${language}`, async () => {
      const { walker, id } = await atSecondFactor(language)
      const { page, words, context } = walker
      const { check } = words.call
      const number = await show(walker)
      const email = 'new@example.jp'
      const digits = await sendCheck(agent, number, { act: 'change-email', email })
      await question(walker).waitFor()
      await page.getByText(words.call.acts['change-email'](), { exact: true }).waitFor()
      await inspect(page, `a question at the second factor, ${language}`)
      await walker.textbox(check.digits).fill('x')
      await walker.button(check.yes).click()
      await page.locator('#call-problem', { hasText: words.browser.call.callFormat }).waitFor()
      await walker.textbox(check.digits).fill(digits)
      await walker.button(check.yes).click()
      await walker.button(check.prove).waitFor()
      await inspect(page, `a passkey for support, ${language}`)
      await walker.button(check.prove).click()
      await state(walker, words.browser.call.callProven)
      assert.deepEqual((await seen(agent, number)).account, { id })
      // It was no step of the sign-in, which goes on.
      assert.ok(page.url().endsWith('/sign-in/passkey'))
      await page.reload()
      await walker.heading(words.passkey.title).waitFor()
      await walker.button(words.passkey.submit).click()
      await walker.heading(words.portal.title).waitFor()
      await context.close()
    })
  }

  test('is answered "no", or with wrong digits, once', async () => {
    const { walker } = await atSecondFactor('ja')
    const { words, context } = walker
    const number = await show(walker)
    const digits = await sendCheck(agent, number, { act: 'end-hold' })
    await question(walker).waitFor()
    await walker.textbox(words.call.check.digits).fill(otherThan(digits))
    await walker.button(words.call.check.yes).click()
    await state(walker, words.problems.digits_wrong.detail)
    await question(walker).waitFor({ state: 'hidden' })
    assert.equal((await seen(agent, number)).check?.state, 'failed')
    await sendCheck(agent, number, { act: 'end-hold' })
    await question(walker).waitFor()
    await walker.button(words.call.check.deny).click()
    await state(walker, words.browser.call.callDenied)
    assert.equal((await seen(agent, number)).check?.state, 'denied')
    await context.close()
  })

  test('of another tab takes its place', async () => {
    const { walker } = await atSecondFactor('ja')
    const { page, words, context } = walker
    await show(walker)
    const other = await context.newPage()
    await webAuthnSession(other)
    await other.goto(page.url())
    await other.getByRole('button', { name: words.call.show, exact: true }).click()
    await shownIn(other)
    await page.bringToFront()
    await state(walker, words.browser.call.callReplaced)
    assert.equal(await page.locator('#call-shown').isVisible(), false)
    await context.close()
  })

  test('tells the step of who sets a password, and what has failed there', async () => {
    const walker = await Walker.start(started)
    const { page, words, context, account } = walker
    const { recovery } = words
    await walker.open('/activate')
    await walker.textbox(recovery.loginId).fill(account.loginId)
    await walker.textbox(recovery.activation.code).fill('0000-0000-0000-0000')
    await walker.button(recovery.activation.next).click()
    await walker.problem().getByText(words.problems.activation_refused.title).waitFor()
    const refused = await seen(agent, await show(walker))
    assert.deepEqual(
      [refused.page, refused.step, refused.failure],
      ['activation', 'activation', 'ACTIVATION-REFUSED'],
    )
    await inspect(page, 'a number at an activation')
    const code = await activationOf(started.world, account)
    await walker.textbox(recovery.activation.code).fill(code)
    await walker.button(recovery.activation.next).click()
    await walker.heading(recovery.codeTitle).waitFor()
    assert.equal((await seen(agent, await show(walker))).page, 'activation-code')
    await walker.giveCode()
    await walker.heading(recovery.passwordTitle).waitFor()
    assert.equal((await seen(agent, await show(walker))).page, 'new-password')
    await walker.open('/forgotten')
    assert.equal((await seen(agent, await show(walker))).page, 'forgotten')
    await context.close()
  })

  test('tells why an application’s request has ended, from a page that leads nowhere', async () => {
    const walker = await Walker.start(started)
    await walker.open('/oauth2/interaction/nothing')
    const call = await seen(agent, await show(walker))
    assert.deepEqual([call.page, call.failure], ['application', 'INTERACTION-OVER'])
    await inspect(walker.page, 'a number where an application’s request has ended')
    await walker.context.close()
  })

  test('has one button on every page on which somebody may be stuck', async () => {
    const { walker } = await atSecondFactor('ja')
    const { page, words, context } = walker
    const has = async (path: string) => {
      await walker.open(path)
      assert.equal(await walker.button(words.call.show).count(), 1, path)
      assert.ok(await walker.button(words.call.show).isEnabled(), path)
    }
    for (const path of ['/sign-in', '/sign-in/passkey']) await has(path)
    await page.getByRole('button', { name: words.passkey.submit, exact: true }).click()
    await walker.heading(words.portal.title).waitFor()
    for (const path of ['/portal', '/portal/passkeys/new', '/portal/second-factor']) await has(path)
    const byMail = await Walker.start(started)
    await byMail.open('/sign-in')
    await byMail.givePassword()
    await byMail.heading(words.emailCode.title).waitFor()
    assert.equal(await byMail.button(words.call.show).count(), 1)
    await byMail.context.close()
    await context.close()
  })

  test('is not needed where the broker calls: the portal says so', async () => {
    for (const language of ['ja', 'en'] as const) {
      const walker = await Walker.start(started, language)
      await walker.signInByEmail()
      const { id } = await accountRecord(started.world, walker.account)
      const body = { purpose: 'unusual-activity' }
      expectStatus(await agent.client.post(`/api/accounts/${id}/call`, body), 201)
      await walker.open('/portal')
      const { broker } = texts[language].call
      await walker.page.getByRole('heading', { name: broker.title, exact: true }).waitFor()
      await walker.page.getByText(broker.purposes['unusual-activity']).waitFor()
      await inspect(walker.page, `a call of the broker, ${language}`)
      await walker.context.close()
    }
  })
})
