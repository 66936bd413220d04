// 「緊急停止」 on the pages: one press, one question, and what stands there then; and the way back from the lower levels.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from '../support/browser/accessible.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'
import { accountRecord } from '../support/checks/records.ts'
import { givePassword } from '../support/world/journeys.ts'
import { expectStatus } from '../support/world/world.ts'

const env = { SEKISHO_STOP_WAIT_HOURS: '0' }

inBrowser('the emergency stop', { timeout: 300_000, env }, (started) => {
  const standing = async ({ account }: Walker) => {
    const row = await accountRecord(started.world, account)
    return [row.stop_level, row.lock_reason]
  }
  const ask = async (walker: Walker) => {
    const { stop } = walker.words
    await walker.button(stop.button).click()
    await walker.page.getByRole('dialog', { name: stop.ask, exact: true }).waitFor()
  }
  const shots = process.env['SHOTS']
  const shoot = async ({ page }: Walker, name: string) => {
    if (!shots) return
    for (const width of [390, 1366]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 844 })
        await page.emulateMedia({ colorScheme })
        await page.screenshot({
          path: `${shots}/${name}-${width}-${colorScheme}.png`,
          fullPage: true,
        })
      }
    }
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize({ width: 1280, height: 720 })
  }

  for (const language of ['ja', 'en'] as const) {
    const named = (state: string) => `${state}, ${language}`

    test(named('at the second factor the account is stopped after one question'), async () => {
      const walker = await Walker.start(started, language)
      const { page, words, context } = walker
      const { stop } = words
      await walker.open('/sign-in')
      await walker.givePassword()
      await walker.heading(words.emailCode.title).waitFor()
      await inspect(page, named('the code, with the stop'))
      await ask(walker)
      await page.getByText(stop.means['sign-in']).waitFor()
      await inspect(page, named('the question at the code'))
      await shoot(walker, `code-${language}`)
      await walker.button(stop.cancel).click()
      assert.deepEqual(await standing(walker), [null, null])
      await ask(walker)
      await walker.button(stop.confirm).click()
      await walker.heading(stop.doneTitle).waitFor()
      await inspect(page, named('stopped at the code'))
      await shoot(walker, `stopped-${language}`)
      assert.deepEqual(await standing(walker), [null, 'holder'])
      await page.reload()
      await page.waitForURL('**/sign-in')
      await context.close()
    })

    test(named('who finds the codes used up by somebody else has the brake'), async () => {
      const walker = await Walker.start(started, language)
      const { page, words, account, world, context } = walker
      const { stop, emailCode, problems } = words
      for (let code = 0; code < 5; code += 1) {
        expectStatus(await givePassword(world.client(), account), 200)
      }
      await walker.open('/sign-in')
      await walker.givePassword()
      await walker.heading(emailCode.title).waitFor()
      await page.getByText(emailCode.awaited.doubt).waitFor()
      assert.equal(await walker.textbox(emailCode.code).count(), 0)
      await inspect(page, named('no code could be sent'))
      await shoot(walker, `no-code-${language}`)
      await walker.button(emailCode.resend).click()
      await walker.problem().getByText(problems.too_many_codes.title).waitFor()
      await inspect(page, named('no code can be sent yet'))
      await ask(walker)
      await walker.button(stop.confirm).click()
      await walker.heading(stop.doneTitle).waitFor()
      assert.deepEqual(await standing(walker), [null, 'holder'])
      await context.close()
    })

    test(
      named('in the portal trading is stopped and lifted, and everything is stopped'),
      async () => {
        const walker = await Walker.start(started, language)
        const { page, words, context } = walker
        const { stop } = words
        await walker.open('/sign-in')
        await walker.givePassword()
        await walker.giveCode()
        await walker.heading(words.portal.title).waitFor()
        await inspect(page, named('the portal, with the stop'))
        await ask(walker)
        const level = (name: string) => walker.radio(new RegExp(`^${RegExp.escape(name)}`))
        assert.equal(await level(stop.levels['sign-in']).isChecked(), true)
        await inspect(page, named('the question in the portal'))
        await shoot(walker, `portal-${language}`)
        await level(stop.levels.trading).check()
        await walker.button(stop.confirm).click()
        const notice = page.getByText(stop.inForceText)
        await notice.waitFor()
        assert.deepEqual(await standing(walker), ['trading', null])
        await inspect(page, named('the portal, stopped'))
        await shoot(walker, `in-force-${language}`)
        await page.getByRole('link', { name: stop.toLift, exact: true }).click()
        await walker.heading(stop.liftTitle).waitFor()
        await inspect(page, named('lifting'))
        await shoot(walker, `lift-${language}`)
        await page
          .getByLabel(words.ownChanges.present, { exact: true })
          .fill(walker.account.password)
        await walker.button(stop.lift).click()
        await walker.textbox(words.changeProof.code).fill(await walker.nextCode())
        await walker.button(words.changeProof.submit).click()
        await walker.heading(words.portal.title).waitFor()
        assert.equal(await notice.count(), 0)
        assert.deepEqual(await standing(walker), [null, null])
        await ask(walker)
        await walker.button(stop.confirm).click()
        await walker.heading(stop.doneTitle).waitFor()
        assert.deepEqual(await standing(walker), [null, 'holder'])
        await walker.open('/portal')
        await page.getByText(words.sessionEnds.stopped).waitFor()
        await context.close()
      },
    )
  }
})
