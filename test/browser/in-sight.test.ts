// The main action of every step is in sight as the page opens, on a usual laptop and on a phone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emulatePlatform, type Locator } from '../support/browser/browser.ts'
import { forms } from '../support/browser/forms.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'

/** A laptop of 1366 × 768 and a phone of 390 × 844, without what their browsers take. */
const sizes = [
  { platform: 'windows', width: 1366, height: 657 },
  { platform: 'android', width: 390, height: 664 },
] as const

inBrowser('in sight', { timeout: 300_000 }, (started) => {
  for (const language of ['ja', 'en'] as const) {
    for (const [name, form] of Object.entries(forms)) {
      for (const passkeys of form.lists ?? [0]) {
        const title = form.lists ? `${name}, ${passkeys} passkeys` : name
        test(`${title}, ${language}`, async () => {
          const walker = await Walker.start(started, language)
          const { page } = walker
          const address = await form.lead(walker, passkeys)
          for (const { platform, ...size } of sizes) {
            await emulatePlatform(page, platform)
            await page.setViewportSize(size)
            await page.goto(new URL(address, started.world.origin).href)
            await page.waitForLoadState('networkidle')
            const main = page.locator('main .primary:visible').first()
            assert.equal(await main.innerText(), form.main(walker))
            const seen = [main, page.locator('input:focus')]
            if (form.lists) seen.push(page.locator('.choice:has(:checked)'))
            assert.deepEqual(await hidden(seen), [], `${size.width} × ${size.height}`)
          }
          await walker.context.close()
        })
      }
    }
  }
})

/** What of these is not wholly in the window, or is under something else. */
async function hidden(parts: readonly Locator[]): Promise<string[]> {
  const found: string[] = []
  for (const part of parts) {
    for (const one of await part.all()) {
      const why = await one.evaluate((element) => {
        const { top, bottom, left, right } = element.getBoundingClientRect()
        if (top < 0 || bottom > innerHeight) return `from ${top} to ${bottom} of ${innerHeight}`
        const isCovered = [top + 4, bottom - 4].some((y) => {
          const onTop = document.elementFromPoint((left + right) / 2, y)
          return !element.contains(onTop)
        })
        return isCovered ? `under something, from ${top} to ${bottom}` : null
      })
      if (why !== null) found.push(`${await one.innerText()}: ${why}`)
    }
  }
  return found
}
