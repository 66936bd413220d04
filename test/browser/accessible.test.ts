// Every page in every state, in both languages, light and dark: axe finds nothing, nothing is lost at
// 320 pixels (a window of 1280 at 400 %, or of 640 at 200 %), and what is said is heard.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes } from '../../src/kernel/clock.ts'
import { facts } from '../../src/text/environments.ts'
import { inspect } from '../support/browser/accessible.ts'
import { addAuthenticator, emulatePlatform } from '../support/browser/browser.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'
import { registerFurtherPasskey } from '../support/world/ceremonies.ts'
import { accountWithPasskey } from '../support/world/journeys.ts'

inBrowser('accessible', { timeout: 300_000 }, (started) => {
  for (const language of ['ja', 'en'] as const) {
    test(`the sign-in by e-mail in all states, ${language}`, async () => {
      const walker = await Walker.start(started, language)
      const { page, words } = walker
      const { signIn, emailCode, problems, browser } = words
      const look = inspector(walker)
      await page.clock.install()
      await walker.open('/no/such/page')
      await inspect(page, 'not found')
      await walker.open('/sign-in')
      await inspect(page, 'sign-in')
      await walker.textbox(signIn.loginId).fill('nobody')
      await page.getByLabel(signIn.password, { exact: true }).fill('not the password')
      await walker.button(signIn.submit).click()
      await walker.problem().getByText(problems.sign_in_refused.title).waitFor()
      await inspect(page, 'sign-in refused')

      await walker.givePassword()
      await walker.heading(emailCode.title).waitFor()
      await look('e-mail code')
      await walker.button(emailCode.submit).click()
      await walker.problem().getByText(browser.code.format).waitFor()
      await look('e-mail code refused')
      await page.clock.fastForward(9.5 * minutes)
      await page.getByText(browser.code.soon).waitFor()
      await look('e-mail code about to expire')
      await page.clock.fastForward(1 * minutes)
      await page.locator('#warning').getByText(browser.code.expired).waitFor()
      await look('e-mail code expired')
      for (let tries = 0; tries < 5; tries += 1) {
        await walker.textbox(emailCode.code).fill('000000')
        await walker.button(emailCode.submit).click()
        await walker.problem().locator('strong').waitFor()
      }
      await walker.problem().getByText(browser.common.noTriesLeft).waitFor()
      await look('e-mail code tried out')
      await walker.context.close()
    })

    test(`the first registration in all states, ${language}`, async () => {
      const walker = await Walker.start(started, language)
      const { page, words } = walker
      const { emailCode, newPasskey, passkey, portal, browser } = words
      const { name } = newPasskey
      const look = inspector(walker)
      await page.clock.install()
      await emulatePlatform(page, 'windows')
      await walker.takeOver(await started.world.signIn(walker.account))
      await walker.open('/portal')
      await look('portal without passkeys')
      await walker.open('/portal/second-factor')
      await look('second factor without passkeys')
      await walker.open('/portal/passkeys/new')
      await page.getByText(facts.own.windows.says[language]).waitFor()
      await inspect(page, 'registration before the code, nothing set up')
      const own = await addAuthenticator(page, { transport: 'internal' })
      await walker.button(newPasskey.code.send).click()
      await walker.textbox(emailCode.code).waitFor()
      await look('registration, code')
      await walker.giveCode()
      await walker.textbox(name.name).waitFor()
      await look('registration, this computer')
      await walker.radio(name.phone).check()
      await look('registration, phone')
      await walker.radio(name.thisComputer).check()
      await own.setPresence(false)
      await walker.button(name.submit).click()
      await walker.button(passkey.stop).waitFor()
      await look('registration, dialog open')
      await walker.button(passkey.stop).click()
      await walker.status().getByText(browser.dialog.stopped).waitFor()
      await look('registration, stopped')
      await walker.textbox(name.name).fill('')
      await walker.button(name.submit).click()
      await walker.problem().getByText(browser.create.nameEmpty).waitFor()
      await page.clock.fastForward(11 * minutes)
      await page.getByRole('link', { name: name.untilAgain }).waitFor()
      await look('registration, name refused, and its time over')
      await emulatePlatform(page, 'android')
      await page.reload()
      await walker.radio(name.thisPhone).waitFor()
      await look('registration on a phone')
      await walker.textbox(name.name).fill('Windows')
      await own.setPresence(true)
      await walker.button(name.submit).click()
      await walker.heading(newPasskey.done.title).waitFor()
      await inspect(page, 'registered')
      await page.evaluate(() => sessionStorage.setItem('sekisho.offer', 'yes'))
      await emulatePlatform(page, 'windows')
      await started.world.signIn(walker.account)
      await walker.open('/portal')
      await walker.button(portal.offer.accept).waitFor()
      await page.getByText(portal.holdText).waitFor()
      await page.locator('[data-session]').first().waitFor()
      await look('portal with a passkey, the offer, a hold and another session')
      await walker.switchToPasskey()
      await inspect(page, 'second factor changed')
      await walker.context.close()
    })

    test(`several passkeys in all states, ${language}`, async () => {
      const { world } = started
      const holder = await accountWithPasskey(world)
      const other = world.authenticator({ transports: ['hybrid'] })
      await registerFurtherPasskey(world, holder, other, 'Pixel 10')
      const walker = await Walker.start(started, language, { account: holder.account })
      const { page, words } = walker
      const { newPasskey, passkey, secondFactor } = words
      const look = inspector(walker)
      const own = await addAuthenticator(page, { transport: 'internal' })
      await own.setPresence(false)
      await walker.open('/sign-in')
      await walker.givePassword()
      await walker.heading(passkey.title).waitFor()
      await look('passkey')
      await walker.button(passkey.submit).click()
      await walker.button(passkey.stop).waitFor()
      await look('passkey, dialog open')

      await walker.takeOver(holder.client)
      await walker.open('/portal/passkeys/new')
      await look('registration, proof')
      await walker.open('/portal/second-factor')
      await look('second factor')
      await walker.radio(secondFactor.email).check()
      await walker.button(secondFactor.submit).click()
      await walker.button(secondFactor.chooserSubmit).waitFor()
      await look('second factor, proof')

      const again = await world.signIn(await world.addAccount())
      await again.post('/api/passkeys/email-code')
      for (let tries = 0; tries < 6; tries += 1) {
        await again.post('/api/passkeys/email-code/verify', { code: '000000' })
      }
      await walker.takeOver(again)
      await walker.open('/portal/passkeys/new')
      await walker.button(newPasskey.again.submit).waitFor()
      await inspect(page, 'registration, sign in again')
      await walker.context.close()
    })
  }
})

/** Inspects a page that has a place for what it says, which is heard only where it was known before. */
function inspector(walker: Walker) {
  return async (state: string) => {
    await inspect(walker.page, state)
    const display = await walker.status().evaluate((one) => getComputedStyle(one).display)
    assert.notEqual(display, 'none', state)
  }
}
