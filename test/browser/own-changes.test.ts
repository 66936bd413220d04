// A holder changes the password and the address on the pages: the form first, then the proof, and nothing typed is lost.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from '../support/browser/accessible.ts'
import { addAuthenticator } from '../support/browser/browser.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'
import { accountRecord } from '../support/checks/records.ts'
import { codeOf } from '../support/world/mail-receiver.ts'

const fresh = 'a wholly different phrase'

inBrowser('own changes', { timeout: 300_000 }, (started) => {
  for (const language of ['ja', 'en'] as const) {
    test(`the password, with e-mail as the factor, ${language}`, async () => {
      const walker = await Walker.start(started, language)
      const { page, words, account } = walker
      const { ownChanges, newPassword, changeProof, problems, browser } = words
      const field = (label: string) => page.getByLabel(label, { exact: true })
      await walker.signInByEmail()
      await page.getByRole('link', { name: ownChanges.card.password }).click()
      await walker.heading(ownChanges.password.title).waitFor()
      await inspect(page, 'password')
      await field(ownChanges.present).fill('not this one')
      await field(newPassword.label).fill(fresh)
      await walker.button(ownChanges.submit).click()
      await walker.textbox(changeProof.code).waitFor()
      await inspect(page, 'password, the proof')

      // Who closes the dialog has changed nothing, and has lost nothing.
      await page.keyboard.press('Escape')
      await page.getByText(browser.changeProof.cancelled).waitFor()
      assert.equal(await field(newPassword.label).inputValue(), fresh)
      await walker.button(ownChanges.submit).click()
      await walker.textbox(changeProof.code).fill('12')
      await walker.button(changeProof.submit).click()
      await page
        .locator('#change-proof [data-problem]')
        .getByText(browser.changeProof.format)
        .waitFor()
      const code = await walker.nextCode()
      await walker.textbox(changeProof.code).fill(code === '000000' ? '000001' : '000000')
      await walker.button(changeProof.submit).click()
      await page
        .locator('#change-proof [data-problem]')
        .getByText(problems.code_wrong.title)
        .waitFor()
      await inspect(page, 'password, a wrong code')
      await walker.textbox(changeProof.code).fill(code)
      await walker.button(changeProof.submit).click()

      // The proof stands: what is wrong with the form is said at the form.
      await walker.problem().getByText(problems.password_wrong.title).waitFor()
      assert.equal(await field(ownChanges.present).getAttribute('aria-invalid'), 'true')
      assert.equal(await page.locator('#change-proof').isVisible(), false)
      await inspect(page, 'password, the present one is wrong')
      await field(ownChanges.present).fill(account.password)
      await walker.button(ownChanges.submit).click()
      await walker.heading(ownChanges.password.doneTitle).waitFor()
      await inspect(page, 'password changed')
      await page.reload()
      await walker.heading(ownChanges.password.doneTitle).waitFor()
      await walker.context.close()
    })

    test(`the address, with e-mail as the factor, ${language}`, async () => {
      const walker = await Walker.start(started, language)
      const { page, words, account, world } = walker
      const { ownChanges, emailCode, changeProof, problems, browser } = words
      const field = (label: string) => page.getByLabel(label, { exact: true })
      const email = `new-${account.email}`
      await walker.signInByEmail()
      await walker.open('/portal/email')
      await inspect(page, 'address')
      await field(ownChanges.email.address).fill(account.email)
      await field(ownChanges.present).fill(account.password)
      await walker.button(ownChanges.submit).click()
      await walker.problem().getByText(browser.ownChanges.emailFormat).waitFor()
      await field(ownChanges.email.address).fill(email)
      await walker.button(ownChanges.submit).click()
      await walker.textbox(changeProof.code).fill(await walker.nextCode())
      await walker.button(changeProof.submit).click()
      await walker.heading(ownChanges.email.codeTitle).waitFor()
      await inspect(page, 'address, the codes')
      const code = codeOf(await world.mail.next((mail) => mail.to.includes(email)))
      const old = await walker.nextCode()
      await field(emailCode.code).fill(code)
      await field(ownChanges.email.oldCode).fill(old === '000000' ? '000001' : '000000')
      await walker.button(emailCode.submit).click()
      await walker.problem().getByText(problems.code_wrong.title).waitFor()
      assert.equal(await field(ownChanges.email.oldCode).getAttribute('aria-invalid'), 'true')
      await field(ownChanges.email.oldCode).fill(old)
      await walker.button(emailCode.submit).click()
      await walker.heading(ownChanges.email.doneTitle).waitFor()
      await inspect(page, 'address changed')
      assert.equal((await accountRecord(world, account)).email, email)
      await walker.context.close()
    })
  }

  test('with one passkey its dialog opens at once', async () => {
    const walker = await Walker.start(started)
    const { page, words, account } = walker
    const { ownChanges, newPassword } = words
    const authenticator = await addAuthenticator(page, { transport: 'internal' })
    await walker.takeOver(await walker.holdPasskey(authenticator))
    await walker.open('/portal/password')
    await page.getByLabel(ownChanges.present, { exact: true }).fill(account.password)
    await page.getByLabel(newPassword.label, { exact: true }).fill(fresh)
    await authenticator.setUserVerified(false)
    await walker.button(ownChanges.submit).click()
    await page.locator('#change-proof [data-status]', { hasText: /./ }).waitFor()
    await inspect(page, 'password, the passkey')
    await authenticator.setUserVerified(true)
    await walker.button(words.changeProof.submit).click()
    await walker.heading(ownChanges.password.doneTitle).waitFor()
    await walker.context.close()
  })
})
