// A code that was used in another tab, one whose time is over, and one whose mail is on its way.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seconds } from '../../src/kernel/clock.ts'
import { codeLifetime, resendWait } from '../../src/limits/codes.ts'
import { forms } from '../support/browser/forms.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'

const phone = { width: 390, height: 664 }
const codeForms = ['the code of a sign-in', 'registration: the code'] as const

inBrowser('codes', { timeout: 300_000, stillClock: true }, (started) => {
  for (const name of codeForms) {
    const form = forms[name]
    test(`${name}, used in another tab: this one goes on`, async () => {
      const walker = await Walker.start(started)
      const { page, words, context } = walker
      const address = new URL((await form?.lead(walker, 0)) ?? '', started.world.origin).href
      await page.goto(address)
      const other = await context.newPage()
      await other.goto(address)
      await other.locator('#code').fill(await walker.nextCode())
      await other.keyboard.press('Enter')
      await other.locator('#code').waitFor({ state: 'detached' })
      await page.bringToFront()
      await walker.textbox(words.emailCode.code).fill('123456')
      await walker.button(words.emailCode.submit).click()
      await form?.done(walker)
      await context.close()
    })

    for (const language of ['ja', 'en'] as const) {
      test(`${name}, its time over: the main button sends a new one, ${language}`, async () => {
        const walker = await Walker.start(started, language)
        const { page, words } = walker
        await page.setViewportSize(phone)
        await page.clock.install()
        const address = await form?.lead(walker, 0)
        await walker.open(address ?? '')
        const main = page.locator('main .primary:visible')
        assert.deepEqual(await main.allInnerTexts(), [words.emailCode.submit])
        await page.clock.fastForward(codeLifetime)
        const over = page.locator('#warning').getByText(words.browser.code.expired)
        await over.waitFor()
        assert.equal(await page.locator('#remaining').isVisible(), false)
        assert.deepEqual(await main.allInnerTexts(), [words.emailCode.resend])
        const box = await main.boundingBox()
        assert.ok(box && box.y >= 0 && box.y + box.height <= phone.height, JSON.stringify(box))
        assert.ok(words.browser.code.expired.includes(words.emailCode.resend))

        // Before its time is over for the mail too.
        await walker.nextCode()
        started.world.advance(codeLifetime)
        await main.click()
        await page.locator('#remaining').waitFor()
        assert.deepEqual(await main.allInnerTexts(), [words.emailCode.submit])
        await walker.textbox(words.emailCode.code).fill(await walker.nextCode())
        await walker.button(words.emailCode.submit).click()
        await form?.done(walker)
        await walker.context.close()
      })
    }

    test(`${name}: the page says when the mail server has taken the mail, or that it refuses it`, async () => {
      const { world } = started
      for (const language of ['ja', 'en'] as const) {
        const walker = await Walker.start(started, language)
        const { page, account, words } = walker
        const { sending, mailTaken, mailRefused } = words.browser.code
        const line = page.locator('#mail')
        const says = (text: string) => line.getByText(text, { exact: true }).waitFor()
        const saysTaken = () => {
          const time = { hour: 'numeric', minute: '2-digit', second: '2-digit' } as const
          const format = { ...time, hourCycle: 'h23', timeZone: 'Asia/Tokyo' } as const
          const at = new Intl.DateTimeFormat('ja', format).format(world.now)
          assert.match(at, /^\d{1,2}:\d\d:\d\d$/)
          return says(mailTaken.replace('{time}', language === 'ja' ? at : `${at} JST`))
        }
        await walker.open((await form?.lead(walker, 0)) ?? '')
        await saysTaken()

        world.advance(resendWait)
        await page.route('**/api/*/email-code', () => {})
        await page.reload()
        await says(sending)
        await page.unrouteAll()
        world.mail.refuse(account.email, 451)
        await walker.button(words.emailCode.resend).click()
        await says(mailRefused)
        world.mail.refuse(account.email, null)
        world.advance(10 * seconds)
        await saysTaken()
        await walker.context.close()
      }
    })
  }
})
