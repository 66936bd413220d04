// The help and what is announced, as people see them: in both languages, light and dark, at any width.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seconds } from '../../src/kernel/clock.ts'
import type { Language } from '../../src/kernel/http/language.ts'
import { setAnnouncement } from '../../src/operations/announcements.ts'
import { helpTexts } from '../../src/text/help/help-texts.ts'
import { inspect } from '../support/browser/accessible.ts'
import { addAuthenticator } from '../support/browser/browser.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'

const languages: readonly Language[] = ['ja', 'en']
const helpPaths = ['/help', '/help/devices', '/help/card', '/help/lost']
const phone = { viewport: { width: 375, height: 700 } }

inBrowser('the help in a browser', { timeout: 300_000, stillClock: true }, (started) => {
  /** One announcement of each kind, as long as they may be, in view for the work. */
  async function announced(work: () => Promise<void>): Promise<void> {
    const { world } = started
    const text = { ja: 'お知らせです。'.repeat(42), en: 'This is told to everybody. '.repeat(11) }
    const until = world.now + 60 * seconds
    for (const kind of ['maintenance', 'warning'] as const) {
      const announcement = { kind, text, from: world.now, until }
      const added = await setAnnouncement(world.deps, announcement, {
        name: 'test',
        reason: 'test',
      })
      assert.ok('id' in added)
    }
    world.advance(10 * seconds)
    await work()
    world.advance(60 * seconds)
  }

  /** On a phone announcements leave the fields on the first screen, and unfold at a press. */
  async function staysInView({ page, words }: Walker): Promise<void> {
    await page.setViewportSize({ width: 390, height: 664 })
    const field = await page.getByRole('textbox', { name: words.signIn.password }).boundingBox()
    assert.ok(field && field.y + field.height <= 664, JSON.stringify(field))
    const lines = page.locator('.announcements summary > span')
    const isCut = () =>
      lines.evaluateAll((all) => all.map((one) => one.scrollWidth > one.clientWidth))
    assert.deepEqual(await isCut(), [true, true])
    for (const line of await lines.all()) await line.click()
    assert.deepEqual(await isCut(), [false, false])
    for (const line of await lines.all()) await line.click()
    await page.setViewportSize({ width: 1280, height: 720 })
  }

  for (const language of languages) {
    test(`hides from nobody, with announcements and without, ${language}`, async () => {
      const walker = await Walker.start(started, language)
      const { page } = walker
      const help = helpTexts[language]
      const look = async (state: string) => {
        for (const path of helpPaths) {
          await walker.open(path)
          await inspect(page, `${path} ${state}`)
        }
      }
      await look('alone')
      await announced(async () => {
        await look('announced')
        const region = page.getByRole('region', { name: walker.words.announcements.label })
        for (const name of Object.values(walker.words.announcements.kinds)) {
          await region.getByText(name, { exact: true }).waitFor()
        }
        assert.equal(await region.locator('svg').count(), 2)
        await walker.heading(help.lost.title).waitFor()
      })
      await walker.context.close()
    })

    test(`what is announced stands above each page of the sign-in, ${language}`, async () => {
      const walker = await Walker.start(started, language)
      const { page, words } = walker
      await walker.holdPasskey(await addAuthenticator(page, { transport: 'internal' }))
      const other = await Walker.start(started, language)
      await announced(async () => {
        for (const [one, title] of [
          [other, words.emailCode.title],
          [walker, words.passkey.title],
        ] as const) {
          await one.open('/sign-in')
          await inspect(one.page, 'sign-in, announced')
          await staysInView(one)
          await one.givePassword()
          await one.heading(title).waitFor()
          const region = one.page.getByRole('region', { name: words.announcements.label })
          const [above, below] = [
            await region.boundingBox(),
            await one.heading(title).boundingBox(),
          ]
          assert.ok(above && below && above.y + above.height < below.y)
          await inspect(one.page, `${title}, announced`)
        }
      })
      await walker.context.close()
      await other.context.close()
    })

    test(`the card is alone on its paper, and no larger than a postcard, ${language}`, async () => {
      const walker = await Walker.start(started, language)
      const { page } = walker
      await walker.open('/help/card')
      await page.emulateMedia({ media: 'print' })
      const card = page.locator('.contact-card')
      const box = await card.boundingBox()
      assert.ok(box && box.height <= 560, JSON.stringify(box))
      assert.equal(await page.locator('a:not(.contact-card a):visible').count(), 0)
      await walker.context.close()
    })

    test(`is read in full without scripts, and on paper, ${language}`, async () => {
      const walker = await Walker.start(started, language, { ...phone, javaScriptEnabled: false })
      const { page } = walker
      const help = helpTexts[language]
      await walker.open('/help')
      for (const media of ['screen', 'print'] as const) {
        await page.emulateMedia({ media })
        for (const { title, texts = [], steps = [] } of Object.values(help.questions)) {
          assert.ok(await page.getByRole('heading', { level: 3, name: title }).isVisible(), title)
          const [sentence = ''] = [...texts, ...steps]
          assert.ok(await page.getByText(sentence, { exact: true }).isVisible(), sentence)
        }
        const contents = page.getByRole('navigation', { name: help.questionsTitle })
        assert.equal(await contents.isVisible(), media === 'screen')
      }
      await walker.context.close()
    })
  }

  test('leads to an answer, and back to the questions, by keyboard', async () => {
    const walker = await Walker.start(started, 'ja', phone)
    const { page } = walker
    const { questions, toContents } = helpTexts.ja
    const { title } = questions.unknownName
    await walker.open('/help')
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
    const tabTo = async (name: string) => {
      for (let press = 0; press < 60 && (await focused()) !== name; press += 1) {
        await page.keyboard.press('Tab')
      }
      assert.equal(await focused(), name)
    }
    const isInView = (selector: string) =>
      page.locator(selector).evaluate((one) => {
        const { top } = one.getBoundingClientRect()
        return top >= 0 && top < window.innerHeight
      })
    await tabTo(title)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/help#unknown-name')
    assert.ok(await isInView('#unknown-name h3'))
    assert.ok(!(await isInView('#contents h2')))
    await tabTo(toContents)
    assert.ok(await isInView(':focus'))
    await page.keyboard.press('Enter')
    await page.waitForURL('**/help#contents')
    assert.ok(await isInView('#contents h2'))
    await walker.context.close()
  })
})
