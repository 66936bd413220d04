// What operators type into the console and see there for a while, in a browser whose clock is set for another place.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { minutes } from '../../src/kernel/clock.ts'
import { longestQuery, revealShownFor } from '../../src/limits/desk.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { consoleTexts } from '../../src/text/console/console-texts.ts'
import { texts } from '../../src/text/texts.ts'
import { inspect } from '../support/browser/accessible.ts'
import { newPage } from '../support/browser/browser.ts'
import { inBrowser } from '../support/browser/walks.ts'
import { accountIdOf } from '../support/checks/records.ts'
import { seatOperator } from '../support/world/desk-seats.ts'
import { accountWithPasskey } from '../support/world/journeys.ts'

const words = consoleTexts.ja
/** Of a minute, and as a field has it in Japan, the installation's zone. */
const moment = '2026-03-08T06:30:00.000Z'
const inJapan = '2026-03-08T15:30'

inBrowser("the console's fields", { timeout: 300_000 }, (started) => {
  let desk: RunningConsole
  before(async () => {
    desk = await started.world.startConsole()
  })

  async function agentAt(path: string, locale = 'ja-JP') {
    const { client } = await seatOperator(desk, ['agent'])
    const timezoneId = 'America/New_York'
    const { page, context } = await newPage(started.browser, { timezoneId, locale })
    const url = desk.deps.site.origin
    await context.addCookies([...client.cookies].map(([name, value]) => ({ name, value, url })))
    const open = () => page.goto(`${url}${path}`)
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    const why = async (form: string) => {
      for (const name of ['reason', 'ticket']) {
        await page.locator(`${form} [name=${name}]`).fill('T-1')
      }
    }
    const sent = () =>
      page.waitForRequest((one) => one.method() === 'POST' && one.url().endsWith('/api/requests'))
    return { page, context, open, button, why, sent }
  }

  test('a whole credential ID fits into the search, however long it is', async () => {
    const { account, passkey } = await accountWithPasskey(started.world)
    const credential = 'Ab3_'.repeat(80)
    await started.world.deps.db
      .updateTable('passkeys')
      .set({ credential_id: credential })
      .where('id', '=', passkey.id)
      .execute()
    const { page, context, open } = await agentAt('/accounts')
    await open()
    await page.locator('#search').focus()
    await page.keyboard.insertText(credential)
    await page.keyboard.press('Enter')
    await page.locator('#rows').getByText(account.loginId, { exact: true }).waitFor()
    assert.equal(await page.locator('#search').getAttribute('maxlength'), String(longestQuery))
    await context.close()
  })

  test('each thing that was masked is shown for its own time', async () => {
    const { page, context, open, button, why } = await agentAt(
      `/accounts/${await accountIdOf(started.world, await started.world.addAccount())}`,
    )
    await page.clock.install()
    await open()
    const name = page.locator('#shown-name')
    const email = page.locator('#shown-email')
    const masked = [await name.innerText(), await email.innerText()]
    const show = async (field: string, box: typeof name) => {
      const before = await box.innerText()
      await button(words.account.reveal).click()
      await page.locator(`#reveal [name=field][value=${field}]`).check()
      await why('#reveal')
      await button(words.account.revealSubmit).click()
      await page.locator('#reveal').waitFor({ state: 'hidden' })
      assert.notEqual(await box.innerText(), before)
    }
    await show('displayName', name)
    await page.clock.runFor(revealShownFor - 1 * minutes)
    await show('email', email)
    await page.clock.runFor(1 * minutes)
    assert.equal(await name.innerText(), masked[0])
    assert.notEqual(await email.innerText(), masked[1])
    await page.clock.runFor(1 * minutes)
    assert.equal(await email.innerText(), masked[1])

    await show('displayName', name)
    await page.clock.runFor(revealShownFor - 1 * minutes)
    await button(words.account.reveal).click()
    await page.locator('#reveal [name=field][value=displayName]').check()
    await why('#reveal')
    await button(words.account.revealSubmit).click()
    await page.locator('#reveal').waitFor({ state: 'hidden' })
    await page.clock.runFor(1 * minutes)
    assert.notEqual(await name.innerText(), masked[0], 'asked for again, it stays')
    await context.close()
  })

  test('a time is typed in the zone of the installation', async () => {
    const many = await agentAt('/requests/reopen-many')
    await many.open()
    await many.page.locator('#stopped-from').fill('203.0.113.5')
    await many.page.locator('#since').fill(inJapan)
    await many.why('#asking')
    const since = many.sent()
    await many.button(words.asking.submit).click()
    assert.equal((await since).postDataJSON().since, moment)
    await many.context.close()
    const english = await agentAt('/requests/reopen-many', 'en-US')
    await english.open()
    const named = `${consoleTexts.en.asking.stoppedSince} (JST)`
    await english.page.getByLabel(named, { exact: true }).waitFor()
    await english.context.close()

    const { account } = await accountWithPasskey(started.world)
    const id = await accountIdOf(started.world, account)
    const { page, context, open, why, sent, button } = await agentAt(
      `/accounts/${id}/request?act=remove-passkey`,
    )
    await page.clock.setFixedTime(moment)
    await open()
    for (const row of await page.locator('[data-check]').all()) {
      await row.locator('[name=done]').check()
      const at = row.locator('[data-field=at]')
      assert.equal(await at.inputValue(), inJapan)
      for (const field of await row.locator('[data-field]:not([data-field=at])').all()) {
        await field.fill('090-0000-0000')
      }
    }
    await why('#asking')
    const checked = sent()
    await button(words.asking.submit).click()
    const { checks } = (await checked).postDataJSON() as { checks: { at: string }[] }
    assert.ok(checks.length > 0)
    assert.deepEqual(
      checks.map(({ at }) => at),
      checks.map(() => moment),
    )
    await context.close()
  })

  test('the end of a hold beside what begins one is refused in words', async () => {
    const { account } = await accountWithPasskey(started.world)
    const id = await accountIdOf(started.world, account)
    const { page, context, open, why, button } = await agentAt(
      `/accounts/${id}/request?act=remove-passkey&act=end-hold`,
    )
    await open()
    await page.getByText(words.asking.holdAlone, { exact: true }).waitFor()
    for (const row of await page.locator('[data-check]').all()) {
      await row.locator('[name=done]').check()
      for (const field of await row.locator('[data-field]:not([data-field=at])').all()) {
        await field.fill('090-0000-0000')
      }
    }
    await why('#asking')
    await button(words.asking.submit).click()
    const { title, detail } = texts.ja.consoleProblemsByWhy.invalid_request.hold_begun
    const problem = page.locator('#problem')
    for (const says of [title, detail]) await problem.getByText(says, { exact: true }).waitFor()
    assert.equal(await problem.innerText(), `${title}\n\n${detail}`)
    await inspect(page, 'a hold is to end with what begins it')
    await context.close()
  })

  test('who calls the holder of a locked account reads that the portal does not say so', async () => {
    const account = await started.world.addAccount()
    const { page, context, open } = await agentAt(
      `/accounts/${await accountIdOf(started.world, account)}`,
    )
    const warning = page.getByText(words.brokerCall.locked, { exact: true })
    await open()
    await page.getByRole('heading', { name: words.brokerCall.title, exact: true }).waitFor()
    assert.equal(await warning.count(), 0)
    const who = ['--login-id', account.loginId, '--reason', 'asked']
    assert.equal((await started.world.command(['accounts', 'lock', ...who])).status, 0)
    await open()
    await warning.waitFor()
    await context.close()
  })
})
