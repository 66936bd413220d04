// Whoever came from an application goes back to it, through a registration, a switch and a sign-in; and
// the ends of these stay what they are when they are loaded again.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes } from '../../src/kernel/clock.ts'
import { oidcTexts } from '../../src/text/oidc.ts'
import { inspect } from '../support/browser/accessible.ts'
import { atTheDesk } from '../support/browser/at-the-desk.ts'
import { addAuthenticator } from '../support/browser/browser.ts'
import { Walker } from '../support/browser/walks.ts'

atTheDesk('the way back to an application in Chromium', { timeout: 240_000 }, (started) => {
  const link = ({ page }: Walker, name: string) => page.getByRole('link', { name, exact: true })
  const at = ({ page }: Walker) => new URL(page.url())
  const backToDesk = (walker: Walker) =>
    link(walker, walker.words.page.backTo('トレーディングデスク'))

  /** Somebody without a passkey who is signed in at the desk. */
  async function atDesk(): Promise<Walker> {
    const walker = await Walker.start(started)
    walker.page.setDefaultTimeout(20_000)
    await addAuthenticator(walker.page, { transport: 'internal' })
    await walker.takeOver(await started.world.signIn(walker.account))
    await walker.page.goto(started.desk.origin)
    await link(walker, 'ログイン').click()
    await walker.heading('取引画面').waitFor()
    return walker
  }

  /** Asks for money, and is told that this takes a passkey. */
  async function withdraw(walker: Walker): Promise<void> {
    await walker.page.goto(`${started.desk.origin}/withdrawal`)
    await walker.textbox('出金金額（円）').fill('120000')
    await walker.button('出金する').click()
    await walker.heading(oidcTexts.ja.noPasskeyTitle).waitFor()
    await link(walker, oidcTexts.ja.noPasskeyLink).click()
    await walker.heading(walker.words.newPasskey.title).waitFor()
  }

  async function registerByCode(walker: Walker): Promise<void> {
    await walker.button(walker.words.newPasskey.code.send).click()
    await walker.giveCode()
    await walker.register()
  }

  test('a withdrawal without a passkey: register, go back, prove it, and it is done', async () => {
    const walker = await atDesk()
    const { page, words } = walker
    await withdraw(walker)
    await registerByCode(walker)
    await inspect(page, 'registered on the way from an application')
    for (const again of [() => page.reload(), () => leaveAndGoBack(walker)]) {
      await again()
      await walker.heading(words.newPasskey.done.title).waitFor()
      assert.equal(await page.locator('[data-fact=name]').textContent(), 'Linux')
      await page.getByText(/^出金などのお手続きを、.*まで制限しています/).waitFor()
    }
    assert.equal(await page.locator('main .button.primary').count(), 1)
    await backToDesk(walker).click()
    await walker.heading(oidcTexts.ja.stepUpTitle).waitFor()
    await walker.button(oidcTexts.ja.stepUpSubmit).click()
    await page.getByText('本人確認が済みました').waitFor()
    assert.equal(await walker.textbox('出金金額（円）').inputValue(), '120000')
    started.wait(3 * minutes)
    await walker.button('出金する').click()
    await walker.heading('出金を受け付けました').waitFor()
    await walker.context.close()
  })

  test('too late for the request: it is led to the home, also by way of another sign-in', async () => {
    const walker = await atDesk()
    const { page, words, account } = walker
    await withdraw(walker)
    started.wait(21 * minutes)
    await page.reload()
    await walker.heading(words.newPasskey.title).waitFor()
    await walker.button(words.newPasskey.again.submit).click()
    await walker.loaded(words.signIn.title)
    assert.ok(!page.url().includes(account.loginId), 'no address says who it is')
    assert.equal(await walker.textbox(words.signIn.loginId).inputValue(), account.loginId)
    const password = page.getByLabel(words.signIn.password, { exact: true })
    assert.equal(await password.evaluate((field) => field === document.activeElement), true)
    await password.fill(account.password)
    await walker.button(words.signIn.submit).click()
    await walker.heading(words.emailCode.title).waitFor()
    await walker.giveCode()
    await walker.heading(words.newPasskey.title).waitFor()
    await registerByCode(walker)
    await backToDesk(walker).click()
    await page.waitForURL(`${started.desk.origin}/`)
    await walker.context.close()
  })

  test('from the desk to the security settings, through a switch, and back home', async () => {
    const walker = await atDesk()
    const { page, words } = walker
    await link(walker, 'セキュリティ設定').click()
    await walker.heading(words.portal.title).waitFor()
    await backToDesk(walker).waitFor()
    await inspect(page, 'the portal, entered from an application')
    await walker.button(words.portal.register).click()
    await walker.giveCode()
    await walker.register()
    await link(walker, words.newPasskey.done.offerLink).click()
    await walker.radio(words.secondFactor.passkey).check()
    await walker.button(words.secondFactor.submit).click()
    for (const again of [() => page.reload(), () => leaveAndGoBack(walker)]) {
      await walker.heading(words.secondFactor.doneTitle).waitFor()
      await again()
    }
    await walker.heading(words.secondFactor.doneTitle).waitFor()
    assert.equal(at(walker).pathname, '/portal/second-factor')
    assert.equal(await page.locator('main .button.primary').count(), 1)
    // The brand leads to the portal, which still knows the way.
    await page.locator('.brand a').click()
    await walker.heading(words.portal.title).waitFor()
    await link(walker, 'トレーディングデスク').waitFor()
    await backToDesk(walker).click()
    await walker.heading('取引画面').waitFor()
    await walker.context.close()
  })

  test('an end that is not the account’s own is nobody’s', async () => {
    const walker = await atDesk()
    const { words } = walker
    for (const done of ['', 'x', 'e0b5c3f0-0000-4000-8000-000000000000']) {
      await walker.open(`/portal/passkeys/new?done=${done}`)
      await walker.heading(words.portal.title).waitFor()
      assert.equal(at(walker).pathname, '/portal')
    }
    for (const done of ['', 'passkey', 'x']) {
      await walker.open(`/portal/second-factor?done=${done}`)
      await walker.heading(words.secondFactor.title).waitFor()
    }
    await walker.context.close()
  })

  async function leaveAndGoBack({ page }: Walker): Promise<void> {
    await page.goto(`${started.world.origin}/help`)
    await page.goBack()
  }
})
