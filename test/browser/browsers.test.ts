// Browsers that are not the newest Chromium: without scripts, of former years, of other makers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { facts } from '../../src/text/environments.ts'
import { addAuthenticator, type Page } from '../support/browser/browser.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'
import { accountWithPasskey, givePassword } from '../support/world/journeys.ts'
import { expectStatus } from '../support/world/world.ts'

const firefoxOnWindows =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0'
const safari = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5'
const safariOnIphone = `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${safari} Mobile/15E148 Safari/604.1`
const safariOnMac = `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${safari} Safari/605.1.15`
// As it says by default.
const safariOnIpad = safariOnMac

inBrowser('other browsers', { timeout: 300_000 }, (started) => {
  test('without scripts each page is whole, says what it needs, and has nothing dead to press', async () => {
    const { world } = started
    const holder = await accountWithPasskey(world)
    const proving = world.client()
    expectStatus(await givePassword(proving, holder.account), 200)
    const typing = world.client()
    expectStatus(await givePassword(typing, await world.addAccount()), 200)
    const fresh = await world.signIn(await world.addAccount())
    const walker = await Walker.start(started, 'ja', { javaScriptEnabled: false })
    const { page, words } = walker
    for (const [client, path] of [
      [world.client(), '/sign-in'],
      [typing, '/sign-in/email-code'],
      [proving, '/sign-in/passkey'],
      [holder.client, '/portal'],
      [holder.client, '/portal/passkeys/new'],
      [fresh, '/portal/passkeys/new'],
      [holder.client, '/portal/second-factor'],
    ] as const) {
      await walker.context.clearCookies()
      await walker.takeOver(client)
      await walker.open(path)
      assert.equal(new URL(page.url()).pathname, path)
      await page.getByText(words.page.noScript, { exact: true }).waitFor()
      assert.equal(await page.locator('h1').count(), 1, path)
      assert.equal(await page.locator('main').count(), 1, path)
      assert.equal(await page.locator('button:enabled:visible').count(), 0, path)
    }
    await walker.context.close()
  })

  test('a browser of 2022 registers: no signals, no capabilities, none of the latest calls', async () => {
    const walker = await Walker.start(started, 'ja', { userAgent: safariOnIphone })
    await walker.page.addInitScript(() => {
      const gone: readonly (readonly [object, string])[] = [
        [Promise, 'withResolvers'],
        [Element.prototype, 'checkVisibility'],
        [Navigator.prototype, 'userAgentData'],
        [Navigator.prototype, 'locks'],
        [Navigator.prototype, 'bluetooth'],
        ...Object.getOwnPropertyNames(PublicKeyCredential)
          .filter((name) => /^(signal|parse|getClient|isConditional)/.test(name))
          .map((name) => [PublicKeyCredential, name] as const),
      ]
      for (const [owner, name] of gone) Reflect.deleteProperty(owner, name)
    })
    const { words, page } = walker
    const authenticator = await addAuthenticator(page, { transport: 'internal' })
    await walker.openNameForm()
    await rowSays(page, 'ready', words.newPasskey.lockReady)
    await authenticator.setPresence(false)
    await walker.button(words.newPasskey.name.submit).click()
    await walker.button(words.passkey.stop).click()
    await walker.status().getByText(words.browser.dialog.stopped).waitFor()
    await authenticator.setPresence(true)
    await walker.button(words.newPasskey.name.submit).click()
    await walker.heading(words.newPasskey.done.title).waitFor()
    await walker.context.close()
  })

  test('Firefox on Windows, Safari on an iPhone and on an iPad: what the page can know, it says', async () => {
    for (const [userAgent, touches, name, missing, drawing] of [
      [firefoxOnWindows, 0, 'windows', 'windows', 'hello'],
      [safariOnIphone, 5, 'iphone', 'iphone', 'lock'],
      [safariOnIpad, 5, 'ipad', 'ipad', 'ownLock'],
      [safariOnMac, 0, 'mac', 'mac', 'ownLock'],
    ] as const) {
      const walker = await Walker.start(started, 'ja', { userAgent })
      const { page, words } = walker
      await page.addInitScript((touches) => {
        Reflect.deleteProperty(Navigator.prototype, 'userAgentData')
        Object.defineProperty(navigator, 'maxTouchPoints', { value: touches })
      }, touches)
      await walker.openNameForm()
      await rowSays(page, 'missing', facts.own[missing].says.ja)
      if (name === 'windows') await walker.radio(words.newPasskey.name.thisComputer).check()
      const device = words.devices[name]
      await page
        .getByText(words.browser.check.detected.replace('{device}', device))
        .waitFor({ state: 'attached' })
      assert.equal(await walker.textbox(words.newPasskey.name.name).inputValue(), device)
      const alternative = words.drawings.alternatives[drawing]
      await page.getByRole('img', { name: alternative, exact: true }).waitFor()
      const ofWindows = page.getByRole('img', { name: /Windows Hello/ })
      assert.equal((await ofWindows.count()) > 0, name === 'windows')
      await walker.context.close()
    }
  })

  test('a browser that does not tell of its own lock is not called ready', async () => {
    const walker = await Walker.start(started, 'en')
    const { page, words } = walker
    await page.addInitScript(() => {
      const untold = async () => Promise.reject(new DOMException('', 'NotAllowedError'))
      PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable = untold
      PublicKeyCredential.getClientCapabilities = async () => ({})
    })
    await addAuthenticator(page, { transport: 'internal' })
    await walker.openNameForm()
    await page.getByText(/^Your device: /).waitFor({ state: 'attached' })
    await rowSays(page, 'unknown', words.browser.check.lockUnknown)
    await walker.context.close()
  })

  test('a browser without passkeys says so at the sign-in, and which ones have them', async () => {
    const { account } = await accountWithPasskey(started.world)
    const walker = await Walker.start(started, 'ja', { account })
    await walker.page.addInitScript(() => {
      Reflect.deleteProperty(window, 'PublicKeyCredential')
    })
    const { words } = walker
    await walker.open('/sign-in')
    await walker.givePassword()
    await walker.button(words.passkey.submit).click()
    await walker.problem().getByText(words.browser.dialog.unsupported, { exact: true }).waitFor()
    await walker.context.close()
  })
})

async function rowSays(page: Page, state: string, words: string): Promise<void> {
  const row = page.locator(`[data-check=this-device][data-state=${state}]`)
  await row.getByText(words, { exact: true }).waitFor({ state: 'attached' })
}
