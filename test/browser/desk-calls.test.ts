// A call to support with both sides in browsers: what the agent types, sees, says and sends, and what the customer does.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { RunningConsole } from '../../src/node/console.ts'
import { callTexts } from '../../src/text/console/calls/calls-texts.ts'
import { consoleTexts } from '../../src/text/console/console-texts.ts'
import { inspect } from '../support/browser/accessible.ts'
import { addAuthenticator, newPage } from '../support/browser/browser.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'
import { accountRecord } from '../support/checks/records.ts'
import { seatOperator } from '../support/world/desk-seats.ts'

inBrowser('a call to support', { timeout: 300_000 }, (started) => {
  let desk: RunningConsole
  before(async () => {
    desk = await started.world.startConsole()
  })

  /** An agent in a browser of her own, at a page of the console. */
  async function agentAt(path: string) {
    const { client } = await seatOperator(desk, ['agent'])
    const { page, context } = await newPage(started.browser)
    const url = desk.deps.site.origin
    await context.addCookies([...client.cookies].map(([name, value]) => ({ name, value, url })))
    await page.goto(`${url}${path}`)
    return { page, context }
  }

  test('is followed, checked and ended on both sides', async () => {
    const words = consoleTexts.ja
    const walker = await Walker.start(started)
    const { call: said } = walker.words
    const authenticator = await addAuthenticator(walker.page, { transport: 'internal' })
    await walker.holdPasskey(authenticator)
    const { id } = await accountRecord(started.world, walker.account)
    const { db } = started.world.deps
    await db.updateTable('accounts').set({ hold_until: null }).where('id', '=', id).execute()
    await walker.open('/sign-in')
    await walker.givePassword()
    await walker.heading(walker.words.passkey.title).waitFor()
    await walker.button(said.show).click()
    const digits = walker.page.locator('#call-digits')
    await digits.waitFor()

    const { page, context } = await agentAt('/calls')
    await page.getByLabel(words.calls.number, { exact: true }).fill(await digits.innerText())
    await page.getByRole('button', { name: words.calls.submit, exact: true }).click()
    const { cause, say } = callTexts.ja.causes.atPasskey
    for (const sentence of [cause, ...say]) await page.getByText(sentence).waitFor()
    assert.ok(!(await page.locator('main').innerText()).includes(walker.account.loginId))
    await inspect(page, "what a caller sees, at the agent's")

    await page.locator('#check-act').selectOption('change-email')
    await page.locator('#check-email').fill('new@example.jp')
    await page.getByRole('button', { name: words.calls.sendCheck, exact: true }).click()
    const readOut = page.locator('#digits')
    await readOut.waitFor()
    await walker.textbox(said.check.digits).fill(await readOut.innerText())
    await walker.button(said.check.yes).click()
    await walker.button(said.check.prove).click()
    await page.getByRole('link', { name: words.calls.toAccount, exact: true }).click()
    await page.waitForURL(`**/accounts/${id}`)

    const { brokerCall } = words
    await page.getByLabel(brokerCall.purpose, { exact: true }).selectOption('called-back')
    await page.getByRole('button', { name: brokerCall.begin, exact: true }).click()
    await page.getByRole('button', { name: brokerCall.end, exact: true }).waitFor()
    await inspect(page, 'an account whose holder is called')
    await walker.page.reload()
    await walker.button(walker.words.passkey.submit).click()
    await walker.heading(walker.words.portal.title).waitFor()
    const card = walker.page.getByRole('heading', { name: said.broker.title, exact: true })
    await card.waitFor()
    await page.getByRole('button', { name: brokerCall.end, exact: true }).click()
    await page.getByRole('button', { name: brokerCall.begin, exact: true }).waitFor()
    await walker.page.reload()
    await walker.heading(walker.words.portal.title).waitFor()
    assert.equal(await card.count(), 0)
    await Promise.all([walker.context, context].map((one) => one.close()))
  })
})
