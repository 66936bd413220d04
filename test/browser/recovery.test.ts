// /forgotten and /activate, step by step in both languages, and every state of them accessible.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from '../support/browser/accessible.ts'
import { addAuthenticator } from '../support/browser/browser.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'
import { activationOf, anotherPassword } from '../support/world/recovery.ts'

inBrowser('setting a password without the one before it', { timeout: 300_000 }, (started) => {
  for (const language of ['ja', 'en'] as const) {
    const arrive = async () => {
      const walker = await Walker.start(started, language)
      await walker.open('/sign-in')
      const { signIn, recovery } = walker.words
      await walker.page.getByRole('link', { name: signIn.forgottenLink, exact: true }).click()
      await walker.heading(recovery.forgotten.title).waitFor()
      return walker
    }
    const setPassword = async (walker: Walker) => {
      const { newPassword, recovery } = walker.words
      await walker.heading(recovery.passwordTitle).waitFor()
      await walker.textbox(newPassword.label).fill('12345678')
      await walker.button(recovery.submit).click()
      await inspect(walker.page, 'a password that is not allowed')
      await walker.textbox(newPassword.label).fill(anotherPassword)
      await inspect(walker.page, 'a new password')
      await walker.button(recovery.submit).click()
      await walker.heading(recovery.forgotten.done).waitFor()
      await inspect(walker.page, 'the password is set')
      await walker.page.getByRole('link', { name: recovery.toSignIn, exact: true }).click()
      await walker.heading(walker.words.signIn.title).waitFor()
    }

    test(`with a passkey: the code, the passkey, the password, ${language}`, async () => {
      const walker = await arrive()
      const { page, words } = walker
      const { recovery, emailCode, passkey } = words
      await walker.holdPasskey(await addAuthenticator(page, { transport: 'internal' }))
      await inspect(page, 'forgotten')
      await walker.textbox(recovery.loginId).fill(walker.account.loginId)
      await walker.button(recovery.forgotten.sendCode).click()
      await walker.heading(recovery.codeTitle).waitFor()
      await inspect(page, 'the code')
      await walker.textbox(emailCode.code).fill('000000')
      await walker.button(emailCode.submit).click()
      await walker.problem().locator('strong').waitFor()
      await inspect(page, 'a wrong code')
      await page.reload()
      await walker.giveCode()
      await walker.heading(recovery.forgotten.passkeyTitle).waitFor()
      await inspect(page, 'the passkey')
      await walker.button(passkey.submit).click()
      await setPassword(walker)
      await walker.context.close()
    })

    test(`with e-mail as the factor: support, then the activation code, ${language}`, async () => {
      const walker = await arrive()
      const { page, words, account } = walker
      const { recovery } = words
      await walker.textbox(recovery.loginId).fill(account.loginId)
      await walker.button(recovery.forgotten.sendCode).click()
      await walker.giveCode()
      await walker.heading(recovery.forgotten.supportTitle).waitFor()
      await inspect(page, 'an activation code is needed')
      await page.getByRole('link', { name: recovery.forgotten.toActivate, exact: true }).click()
      await walker.heading(recovery.activation.title).waitFor()
      await walker.textbox(recovery.loginId).fill(account.loginId)
      await walker.textbox(recovery.activation.code).fill('0000-0000-0000-0000')
      await walker.button(recovery.activation.next).click()
      await walker.problem().getByText(words.problems.activation_refused.title).waitFor()
      await inspect(page, 'a wrong activation code')
      assert.equal(await walker.textbox(recovery.loginId).inputValue(), account.loginId)
      const code = await activationOf(started.world, account)
      await walker.textbox(recovery.activation.code).fill(code.toLowerCase())
      await walker.button(recovery.activation.next).click()
      await walker.heading(recovery.codeTitle).waitFor()
      await walker.giveCode()
      await setPassword(walker)
      await walker.context.close()
    })

    test(`the login ID by mail, and who gives up, ${language}`, async () => {
      const walker = await arrive()
      const { page, words, account } = walker
      const { recovery } = words
      await walker.textbox(recovery.loginId).fill('half a log')
      await walker.textbox(recovery.email).fill(account.email)
      await walker.button(recovery.forgotten.sendLoginId).click()
      await page.getByText(recovery.forgotten.mailed).waitFor()
      await inspect(page, 'the login ID was mailed')
      const mail = await started.world.nextMail(account)
      assert.ok(mail.text.includes(account.loginId))
      assert.equal(await walker.textbox(recovery.loginId).inputValue(), 'half a log')
      await walker.button(recovery.forgotten.sendCode).click()
      await walker.heading(recovery.codeTitle).waitFor()
      await walker.button(recovery.giveUp).click()
      await walker.heading(words.signIn.title).waitFor()
      await walker.open('/forgotten')
      await walker.heading(recovery.forgotten.title).waitFor()
      for (let tries = 0; tries < 5; tries += 1) {
        if (tries === 0) {
          await walker.textbox(recovery.loginId).fill('nobody-has-this')
          await walker.button(recovery.forgotten.sendCode).click()
        }
        await walker.textbox(words.emailCode.code).fill('000000')
        await walker.button(words.emailCode.submit).click()
        await walker.problem().locator('strong').waitFor()
      }
      await walker.problem().getByText(words.browser.recovery.noTries).waitFor()
      await inspect(page, 'tried out')
      await walker.context.close()
    })
  }
})
