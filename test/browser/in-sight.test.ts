// The main action of every step is in sight as the page opens, on a usual laptop and on a phone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emulatePlatform } from '../support/browser/browser.ts'
import { forms } from '../support/browser/forms.ts'
import { hidden, sizes } from '../support/browser/in-sight.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'

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
