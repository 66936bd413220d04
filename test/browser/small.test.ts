// The sign-in page is small, stands still, and waits for its script only to send what was typed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { addAuthenticator, emulatePlatform } from '../support/browser/browser.ts'
import { forms } from '../support/browser/forms.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'

inBrowser('small', { timeout: 300_000 }, (started) => {
  for (const language of ['ja', 'en'] as const) {
    test(`the sign-in page with all it loads is at most 15 kB compressed, ${language}`, async () => {
      const walker = await Walker.start(started, language)
      const total = await loadedBytes(walker, `${started.world.origin}/sign-in`)
      assert.ok(total <= 15_000, `${total} bytes`)
      await walker.context.close()
    })
  }

  test('the passkey page with all it loads is at most 20 kB compressed', async () => {
    const walker = await Walker.start(started)
    const address = await forms['the passkey of a sign-in']?.lead(walker, 3)
    const total = await loadedBytes(walker, `${started.world.origin}${address}`)
    assert.ok(total <= 20_000, `${total} bytes`)
    await walker.context.close()
  })

  test('nothing moves while the pages load', async () => {
    const walker = await Walker.start(started)
    await walker.page.addInitScript(() => {
      const shifts: number[] = []
      Object.assign(window, { shifts })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push((entry as { value?: number }).value ?? 0)
      }).observe({ type: 'layout-shift', buffered: true })
    })
    const { page, words } = walker
    await emulatePlatform(page, 'windows')
    await addAuthenticator(page, { transport: 'internal' })
    const standStill = async () => {
      await page.waitForLoadState('networkidle')
      const moved = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts)
      assert.deepEqual(moved, [], page.url())
    }
    const bothWidths = async (path: string) => {
      for (const width of [375, 1280]) {
        await page.setViewportSize({ width, height: 800 })
        await walker.open(path)
        await standStill()
      }
    }
    await bothWidths('/sign-in')
    await walker.givePassword()
    await walker.heading(words.emailCode.title).waitFor()
    await standStill()
    await walker.giveCode()
    await walker.heading(words.portal.title).waitFor()
    await standStill()
    await bothWidths('/portal/passkeys/new')
    await walker.button(words.newPasskey.code.send).click()
    await walker.giveCode()
    await walker.textbox(words.newPasskey.name.name).waitFor()
    await bothWidths('/portal/passkeys/new')
    await walker.register()
    await bothWidths('/portal/passkeys/new')
    await walker.switchToPasskey()
    await bothWidths('/portal/second-factor')
    await walker.context.clearCookies()
    await walker.open('/sign-in')
    await walker.givePassword()
    await walker.heading(words.passkey.title).waitFor()
    await bothWidths('/sign-in/passkey')
    await walker.context.close()
  })

  test('the card and the link above it begin at one edge, at every stage of a registration', async () => {
    const walker = await Walker.start(started)
    const { page, words } = walker
    await addAuthenticator(page, { transport: 'internal' })
    const edges = () =>
      page.$$eval('main > *', (parts) => {
        const seen = parts.filter((part) => part.checkVisibility())
        return [...new Set(seen.map((part) => part.getBoundingClientRect().left))].length
      })
    await walker.signInByEmail()
    await walker.button(words.portal.register).click()
    await page.waitForURL('**/portal/passkeys/new')
    assert.equal(await edges(), 1, 'before the code')
    await walker.giveCode()
    await walker.textbox(words.newPasskey.name.name).waitFor()
    assert.equal(await edges(), 1, 'name')
    await walker.register()
    assert.equal(await edges(), 1, 'done')
    await walker.context.close()
  })

  test('before its script has run the page is read, filled in and left', async () => {
    const walker = await Walker.start(started)
    const { page, words, account } = walker
    const { signIn } = words
    let letRun = () => {}
    const mayRun = new Promise<void>((resolve) => {
      letRun = resolve
    })
    // The small one that stands in for it comes with the page.
    await page.route(/\/assets\/(?!early-).*\.js$/, async (route) => {
      await mayRun
      await route.continue()
    })
    await page.goto(`${started.world.origin}/sign-in`, { waitUntil: 'commit' })
    await walker.textbox(signIn.loginId).fill(account.loginId)
    await page.getByLabel(signIn.password, { exact: true }).fill(account.password)
    await page.getByRole('link', { name: words.page.otherLanguage }).waitFor()
    await page.getByRole('link', { name: signIn.close, exact: true }).waitFor()
    letRun()
    await walker.button(signIn.submit).click()
    await walker.heading(words.emailCode.title).waitFor()
    await walker.context.close()
  })
})

/** The size of the page with all that it loads, each compressed. */
async function loadedBytes({ page }: Walker, address: string): Promise<number> {
  const loaded = new Map<string, number>()
  page.on('response', (response) => {
    void response.body().then((body) => {
      loaded.set(new URL(response.url()).pathname, gzipSync(body).length)
    })
  })
  await page.goto(address, { waitUntil: 'networkidle' })
  const addresses = [...loaded.keys()]
  assert.ok(addresses.some((address) => address.endsWith('.js')))
  assert.ok(addresses.some((address) => address.endsWith('.css')))
  const total = [...loaded.values()].reduce((sum, size) => sum + size, 0)
  return total
}
