// The whole journey with the keyboard alone: Tab, the arrows, Space and Enter.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addAuthenticator, type Page } from '../support/browser/browser.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'

inBrowser('keyboard', { timeout: 300_000 }, (started) => {
  test('sign in, register, stop and try again, switch, sign in with the passkey', async () => {
    const walker = await Walker.start(started)
    const { page, words, account } = walker
    const { keyboard } = page
    const { signIn, emailCode, portal, newPasskey, passkey, secondFactor } = words
    const authenticator = await addAuthenticator(page, { transport: 'internal' })

    const givePassword = async () => {
      await walker.open('/sign-in')
      await walker.button(signIn.submit).and(page.locator(':enabled')).waitFor()
      await tabTo(page, signIn.loginId)
      await keyboard.type(account.loginId)
      await tabTo(page, signIn.password)
      await keyboard.type(account.password)
      await keyboard.press('Enter')
    }
    const giveCode = async () => {
      await walker.button(emailCode.submit).and(page.locator(':enabled')).waitFor()
      await tabTo(page, emailCode.code)
      await keyboard.type(await walker.nextCode())
      await keyboard.press('Enter')
    }

    await givePassword()
    await walker.heading(emailCode.title).waitFor()
    await giveCode()
    await walker.loaded(portal.title)
    await press(page, portal.register)
    await walker.textbox(emailCode.code).waitFor()
    await giveCode()
    await walker.textbox(newPasskey.name.name).waitFor()
    await walker.button(newPasskey.name.submit).and(page.locator(':enabled')).waitFor()
    await authenticator.setPresence(false)
    await press(page, newPasskey.name.submit)
    await walker.button(passkey.stop).waitFor()
    await press(page, passkey.stop, 'Space')
    await walker.status().getByText(words.browser.dialog.stopped).waitFor()
    assert.equal(await focusedName(page), newPasskey.name.submit)
    await authenticator.setPresence(true)
    await keyboard.press('Enter')
    await walker.heading(newPasskey.done.title).and(page.locator(':focus')).waitFor()
    assert.equal(await focusedName(page), newPasskey.done.title)
    await press(page, newPasskey.done.offerLink)
    await walker.heading(secondFactor.title).waitFor()
    await walker.button(secondFactor.submit).and(page.locator(':enabled')).waitFor()
    await tabTo(page, secondFactor.email)
    await keyboard.press('ArrowDown')
    await press(page, secondFactor.submit)
    await walker.heading(secondFactor.doneTitle).and(page.locator(':focus')).waitFor()
    assert.equal(await focusedName(page), secondFactor.doneTitle)
    await press(page, words.page.toPortal)
    await walker.heading(portal.title).waitFor()
    await walker.button(portal.signOut).and(page.locator(':enabled')).waitFor()
    await press(page, portal.signOut)
    await page.waitForURL('**/sign-in')
    const signedOut = page.getByText(words.sessionEnds.signed_out, { exact: true })
    await signedOut.waitFor()
    await page.reload()
    await walker.button(words.signIn.submit).waitFor()
    assert.equal(await signedOut.isVisible(), false, 'it is said once')

    await givePassword()
    await walker.heading(passkey.title).waitFor()
    await walker.button(passkey.submit).and(page.locator(':enabled')).waitFor()
    await press(page, passkey.submit)
    await walker.heading(portal.title).waitFor()
    await walker.context.close()
  })
})

/** Presses Tab until the control of that name has the focus, which must be visible there. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    if ((await focusedName(page)) === name) {
      const visible = await page.evaluate(() => {
        const focused = document.activeElement
        if (!focused) return false
        const { top, bottom } = focused.getBoundingClientRect()
        const marked = focused.closest('.choice') ?? focused
        const { outlineStyle } = getComputedStyle(marked)
        return bottom > 0 && top < innerHeight && outlineStyle !== 'none'
      })
      assert.ok(visible, `the focus on ${name} can be seen`)
      return
    }
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not reach ${name}`)
}

async function press(page: Page, name: string, key = 'Enter'): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press(key)
}

function focusedName(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const focused = document.activeElement
    if (!focused || focused === document.body) return undefined
    const label = focused instanceof HTMLInputElement ? focused.labels?.[0]?.textContent : undefined
    return (focused.getAttribute('aria-label') ?? label ?? focused.textContent ?? '').trim()
  })
}
