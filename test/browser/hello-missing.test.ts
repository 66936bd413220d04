// Windows Hello is known to be missing: the phone is selected, and the way to set Hello up is one press away.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { facts } from '../../src/text/environments.ts'
import { addAuthenticator, emulatePlatform, type Page } from '../support/browser/browser.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'

/** The person has been in the settings. */
async function comeBack(page: Page): Promise<void> {
  await page.evaluate(() => dispatchEvent(new Event('focus')))
}

inBrowser('Windows Hello missing', { timeout: 300_000 }, (started) => {
  async function atNameForm(): Promise<Walker> {
    const walker = await Walker.start(started)
    await emulatePlatform(walker.page, 'windows')
    await walker.openNameForm()
    await walker.page.locator('[data-check=this-device][data-state=missing]').waitFor({
      state: 'attached',
    })
    return walker
  }

  test('the phone is selected, this computer says why it is not ready, and both follow the settings', async () => {
    const walker = await atNameForm()
    const { page, words } = walker
    const { name, notReady, openSettings } = words.newPasskey
    const [computer, phone] = [walker.radio(name.thisComputer), walker.radio(name.phone)]
    const named = walker.textbox(name.name)
    assert.equal(await phone.isChecked(), true)
    assert.equal(await named.inputValue(), words.devices.phone)
    await page.getByText(name.ofPhone).waitFor()
    assert.equal(await page.getByText(name.detected).isVisible(), false, 'it was not detected')
    const why = page.locator('#not-ready-why')
    assert.equal(await why.innerText(), `${notReady} ${facts.own.windows.says.ja}`)
    assert.equal(await computer.getAttribute('aria-describedby'), 'not-ready-why')
    assert.equal(await page.getByText(name.thisComputerHint).isVisible(), false)
    const link = page.getByRole('link', { name: openSettings, exact: true })
    assert.equal(await link.getAttribute('href'), 'ms-settings:signinoptions')

    const own = await addAuthenticator(page, { transport: 'internal' })
    await comeBack(page)
    await why.waitFor({ state: 'hidden' })
    assert.equal(await computer.isChecked(), true)
    assert.equal(await named.inputValue(), 'Windows')
    assert.equal(await computer.getAttribute('aria-describedby'), 'device-this-device-hint')

    await own.remove()
    await comeBack(page)
    await why.waitFor()
    assert.equal(await phone.isChecked(), true)
    await walker.context.close()
  })

  test('no choice of the person is changed', async () => {
    const walker = await atNameForm()
    const { page, words } = walker
    const { thisComputer, phone } = words.newPasskey.name
    await walker.radio(thisComputer).check()
    await comeBack(page)
    // Asked after the page has asked, it is answered after it.
    await page.evaluate(async () => {
      await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable()
      await new Promise(requestAnimationFrame)
    })
    assert.equal(await walker.radio(thisComputer).isChecked(), true)
    await walker.radio(phone).check()
    await addAuthenticator(page, { transport: 'internal' })
    await comeBack(page)
    await page.locator('#not-ready').waitFor({ state: 'hidden' })
    assert.equal(await walker.radio(phone).isChecked(), true)
    await walker.context.close()
  })

  test('a computer without Bluetooth either keeps its own choice', async () => {
    const walker = await Walker.start(started)
    const { page, words } = walker
    await page.addInitScript(() => {
      const value = { getAvailability: async () => false }
      Object.defineProperty(navigator, 'bluetooth', { value })
    })
    await emulatePlatform(page, 'windows')
    await walker.openNameForm()
    await page.locator('#not-ready').waitFor()
    assert.equal(await walker.radio(words.newPasskey.name.thisComputer).isChecked(), true)
    await walker.context.close()
  })

  test('the link to the settings is no breach of our policy, and leaves the page as it is', async () => {
    const walker = await atNameForm()
    const { page, words } = walker
    const breaches: string[] = []
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) breaches.push(message.text())
    })
    const session = await page.context().newCDPSession(page)
    await session.send('Page.enable')
    const asked = new Promise<string>((resolve) => {
      session.on('Page.frameRequestedNavigation', ({ url }) => resolve(url))
    })
    const { pathname } = new URL(page.url())
    await page.getByRole('link', { name: words.newPasskey.openSettings, exact: true }).click()
    assert.equal(await asked, 'ms-settings:signinoptions')
    assert.deepEqual(breaches, [])
    assert.equal(new URL(page.url()).pathname, pathname)
    await walker.textbox(words.newPasskey.name.name).waitFor()
    await walker.context.close()
  })

  test('before the name form the line of the environment unfolds', async () => {
    const walker = await Walker.start(started)
    const { page, words } = walker
    await emulatePlatform(page, 'windows')
    await walker.takeOver(await started.world.signIn(walker.account))
    await walker.open('/portal/passkeys/new')
    await page.getByText(facts.own.windows.says.ja).waitFor()
    await page.locator('.checks[open]').waitFor()
    await addAuthenticator(page, { transport: 'internal' })
    await comeBack(page)
    await page
      .locator('.checks:not([open])')
      .getByText(words.browser.check.checkReady)
      .first()
      .waitFor()
    await walker.context.close()
  })
})
