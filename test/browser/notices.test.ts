// A holder chooses what is told by mail, and gives a second address for it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from '../support/browser/accessible.ts'
import { addAuthenticator } from '../support/browser/browser.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'
import { accountRecord } from '../support/checks/records.ts'
import { codeOf } from '../support/world/mail-receiver.ts'

inBrowser('notices', { timeout: 300_000 }, (started) => {
  for (const language of ['ja', 'en'] as const) {
    test(`with e-mail as the factor, ${language}`, async () => {
      const walker = await Walker.start(started, language)
      const { page, words, account, world } = walker
      const { notices, ownChanges, changeProof, emailCode, problems, browser } = words
      const field = (label: string) => page.getByLabel(label, { exact: true })
      const prove = async () => {
        await walker.textbox(changeProof.code).fill(await walker.nextCode())
        await walker.button(changeProof.submit).click()
      }
      await walker.signInByEmail()
      await page.getByRole('link', { name: notices.card.link, exact: true }).click()
      await walker.heading(notices.title).waitFor()
      await inspect(page, 'notices')
      await page.getByRole('radio', { name: notices.choices.every, exact: true }).check()
      await field(ownChanges.present).fill('not this one')
      await walker.button(ownChanges.submit).click()
      await prove()
      await walker.problem().getByText(problems.password_wrong.title).waitFor()
      assert.equal(await field(ownChanges.present).getAttribute('aria-invalid'), 'true')
      await inspect(page, 'notices, a wrong password')
      await field(ownChanges.present).fill(account.password)
      await walker.button(ownChanges.submit).click()
      await page.getByText(browser.notices.chosen).waitFor()
      assert.equal((await accountRecord(world, account)).tells_sign_ins, 1)

      await page.getByRole('link', { name: notices.change, exact: true }).click()
      await walker.heading(notices.address.title).waitFor()
      await inspect(page, 'second address')
      const second = `second.${account.email}`
      await field(ownChanges.present).fill(account.password)
      await field(notices.address.label).fill(account.email)
      await walker.button(ownChanges.submit).click()
      await walker.problem().getByText(browser.notices.addressFormat).waitFor()
      assert.equal(await field(notices.address.label).getAttribute('aria-invalid'), 'true')
      await field(notices.address.label).fill(second)
      await walker.button(ownChanges.submit).click()
      await prove()
      await walker.heading(notices.address.codeTitle).waitFor()
      await inspect(page, 'second address, the code')
      const code = codeOf(await world.mail.next(({ to }) => to.includes(second)))
      await field(emailCode.code).fill(code)
      await walker.button(emailCode.submit).click()
      await page.getByText(notices.set).waitFor()
      assert.equal((await accountRecord(world, account)).notice_email, second)
      await page.getByText(notices.second('s***@example.jp')).waitFor()
      await inspect(page, 'second address set')
      await walker.context.close()
    })
  }

  test('with a passkey no password is asked for, and an address is removed', async () => {
    const walker = await Walker.start(started)
    const { page, words, account, world } = walker
    const { notices } = words
    const authenticator = await addAuthenticator(page, { transport: 'internal' })
    await walker.takeOver(await walker.holdPasskey(authenticator, 'passkey'))
    const { id } = await accountRecord(world, account)
    const set = { notice_email: 'second@example.jp' }
    await world.deps.db.updateTable('accounts').set(set).where('id', '=', id).execute()
    await walker.open('/portal/notices/address')
    assert.equal(await page.getByLabel(words.ownChanges.present, { exact: true }).count(), 0)
    await inspect(page, 'second address, with a passkey')
    await walker.button(notices.address.remove).click()
    await page.getByText(notices.removed).waitFor()
    assert.equal((await accountRecord(world, account)).notice_email, null)
    await walker.context.close()
  })
})
