// Who forgot a password and has only a mailbox: two operators issue an activation code, which who asked sees once.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatTime, zoneIn } from '../../src/kernel/time.ts'
import { inspect } from '../support/browser/accessible.ts'
import { DeskWalker } from '../support/browser/at-the-console.ts'
import { inBrowser } from '../support/browser/walks.ts'
import { accountIdOf } from '../support/checks/records.ts'
import { giveActivation } from '../support/world/recovery.ts'
import { expectProblem } from '../support/world/world.ts'

inBrowser('activation codes at the desk', { timeout: 300_000 }, (started) => {
  for (const language of ['ja', 'en'] as const) {
    test(`one is asked for, approved, and shown once to who asked, ${language}`, async () => {
      const { browser, world } = started
      const at = { browser, desk: await world.startConsole() }
      const account = await world.addAccount()
      const agent = await DeskWalker.start(at, { name: '佐々木', roles: ['agent'], language })
      const approver = await DeskWalker.start(at, { name: '高橋', roles: ['approver'], language })
      const { page, words } = agent
      await agent.open('/accounts')
      await agent.textbox(words.accounts.search).fill(account.loginId)
      await agent.button(words.accounts.submit).click()
      await page.locator('#rows a').click()
      await agent.button(words.account.activationCode).click()
      await agent.heading(words.asking.title).waitFor()
      await agent.doChecks()
      await agent.textbox(words.frame.reason).fill('forgot the password')
      await agent.textbox(words.frame.ticket).fill('T-1')
      await agent.button(words.asking.submit).click()
      await page.getByText(words.request.obstacles.own_request).waitFor()

      await approver.open(new URL(page.url()).pathname)
      const plain = approver.page.locator('.plain')
      await plain.getByText(words.plain.activationGiven).waitFor()
      await approver.button(words.request.approve).click()
      await approver.page.getByText(words.request.done).waitFor()
      assert.equal(await approver.button(words.request.showActivation).count(), 0)

      await page.reload()
      await inspect(page, `a code waits, ${language}`)
      await agent.button(words.request.showActivation).click()
      const shown = page.locator('output.half:visible')
      assert.match(await shown.innerText(), /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/)
      await inspect(page, `the code is shown, ${language}`)
      await page.reload()
      await page.getByText(words.request.done).waitFor()
      assert.equal(await agent.button(words.request.showActivation).count(), 0)

      const { activationUntil } = await world.deps.db
        .selectFrom('accounts')
        .select('activation_until as activationUntil')
        .where('login_id', '=', account.loginId)
        .executeTakeFirstOrThrow()
      const zone = zoneIn(language, world.config.timeZone)
      const time = formatTime(activationUntil ?? 0, zone)
      for (let tries = 0; tries < 5; tries += 1) {
        expectProblem((await giveActivation(world, account, '0000')).answer, 400)
      }
      await agent.open(`/accounts/${await accountIdOf(world, account)}`)
      await page.locator('.strip').getByText(words.account.activationUntil(time)).waitFor()
      await page
        .locator('.tell')
        .getByText(/正しい開始コードでも|even the right one/)
        .waitFor()
      await inspect(page, `an account with a code that waits, ${language}`)
      for (const walker of [agent, approver]) await walker.leave()
    })
  }
})
