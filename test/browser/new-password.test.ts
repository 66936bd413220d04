// A new password: what the server will refuse is said while it is typed, and a breached one is changed first of all.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { inspect } from '../support/browser/accessible.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'
import { accountRecord } from '../support/checks/records.ts'
import { BreachedList } from '../support/world/breached.ts'

const list = new BreachedList()
after(() => list.remove())
const env = {
  SEKISHO_BREACHED_PASSWORDS: list.path,
  SEKISHO_BRAND: '関所ＸＹＱ証券',
  SEKISHO_BRAND_EN: 'Barrier Securities',
}

inBrowser('a new password', { timeout: 300_000, env }, (started) => {
  for (const language of ['ja', 'en'] as const) {
    test(`leaves the brake to who has to change a breached one, ${language}`, async () => {
      list.hold([])
      const walker = await Walker.start(started, language)
      const { page, words, account, world } = walker
      const { ownChanges, stop } = words
      list.hold([account.password])
      await walker.open('/portal')
      await walker.givePassword()
      await walker.giveCode()
      await page.getByText(ownChanges.password.breachedTitle).waitFor()
      await walker.button(stop.button).click()
      await page.getByRole('dialog', { name: stop.ask, exact: true }).waitFor()
      await inspect(page, 'the question beside a breached password')
      await walker.button(stop.confirm).click()
      await walker.heading(stop.doneTitle).waitFor()
      assert.equal((await accountRecord(world, account)).lock_reason, 'holder')
      await page.reload()
      await page.getByText(words.sessionEnds.stopped).waitFor()
      await walker.context.close()
    })

    test(`is asked for in place of a breached one, which leads on afterwards, ${language}`, async () => {
      list.hold([])
      const walker = await Walker.start(started, language)
      const { page, words, account, world } = walker
      const { ownChanges, newPassword, browser, problems, secondFactor } = words
      const says = browser.newPassword
      list.hold([account.password, 'a leaked phrase of others'])
      await walker.open('/portal/second-factor')
      await walker.givePassword()
      await walker.giveCode()
      await walker.heading(ownChanges.password.title).waitFor()
      await page.getByText(ownChanges.password.breachedTitle).waitFor()
      await inspect(page, 'a breached password')

      const field = page.getByLabel(newPassword.label, { exact: true })
      const fault = page.locator('#new-password-fault')
      const strength = page.locator('#strength-says')
      await page.waitForLoadState('networkidle')
      assert.equal(await strength.isVisible(), false)
      const typed: readonly (readonly [string, string, string])[] = [
        ['kx7 Qm', says.too_short.replace('{n}', '2'), says.strength0],
        ['x7'.repeat(129), says.too_long.replace('{n}', '2'), says.strength0],
        ['Iloveyou', says.common, says.strength0],
        [`${account.loginId}1`, says.made_of_context, says.strength0],
        ['BarrierSecurities1', says.made_of_context, says.strength0],
        ['xyq-20261127', says.made_of_context, says.strength0],
        ['Password1!', '', says.strength0],
        ['kx7#Qm2v', '', says.strength1],
        ['kx7#Qm2vLp9!rTz3', '', says.strength3],
      ]
      for (const [password, said, strong] of typed) {
        await field.fill(password)
        assert.deepEqual(
          [await fault.innerText(), await strength.innerText()],
          [said, strong],
          password,
        )
      }
      const change = walker.button(ownChanges.submit)
      await page.getByLabel(ownChanges.present, { exact: true }).fill(account.password)

      // What is not allowed is not sent.
      await field.fill('Iloveyou')
      await change.click()
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'new-password')
      assert.equal(await fault.innerText(), says.common)
      await inspect(page, 'a common password')

      await field.fill('a leaked phrase of others')
      await change.click()
      await walker.problem().getByText(problems.password_not_allowed.title).waitFor()
      await walker
        .problem()
        .getByText(words.problemsByWhy.password_not_allowed.breached.detail)
        .waitFor()
      assert.equal(await field.getAttribute('aria-invalid'), 'true')
      await inspect(page, 'a breached password that is refused')

      await page.getByLabel(newPassword.show, { exact: true }).check()
      assert.equal(await field.getAttribute('type'), 'text')
      await field.fill('kx7 Qm2v Lp9 rTz')
      await change.click()
      await walker.heading(secondFactor.title).waitFor()
      assert.ok(page.url().startsWith(`${world.origin}/portal/second-factor`))
      await walker.context.close()
    })
  }
})
