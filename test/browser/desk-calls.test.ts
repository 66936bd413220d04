// A call to support with both sides in browsers: what the agent types, sees, says and sends, and what the customer does.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { pageCheckActs } from '../../src/domain/vocabulary/calls.ts'
import { formatTime, zoneIn } from '../../src/kernel/time.ts'
import { pageChecksPerAccount, wrongCallNumbers } from '../../src/limits/calls.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { callTexts } from '../../src/text/console/calls/calls-texts.ts'
import { consoleTexts } from '../../src/text/console/console-texts.ts'
import { texts } from '../../src/text/texts.ts'
import { deskWidths, inspect } from '../support/browser/accessible.ts'
import { addAuthenticator, newPage } from '../support/browser/browser.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'
import { accountRecord } from '../support/checks/records.ts'
import { callingFrom } from '../support/world/callers.ts'
import { registerFurtherPasskey, securityKey } from '../support/world/ceremonies.ts'
import { seatOperator } from '../support/world/desk-seats.ts'
import { accountWithPasskey } from '../support/world/journeys.ts'
import { atPage } from '../support/world/telephone.ts'

inBrowser('a call to support', { timeout: 300_000 }, (started) => {
  let desk: RunningConsole
  before(async () => {
    desk = await started.world.startConsole()
  })

  /** An agent in a browser of her own, at a page of the console, whose machine's clock is set for another place. */
  async function agentAt(path: string) {
    const { client } = await seatOperator(desk, ['agent'])
    const { page, context } = await newPage(started.browser, { timezoneId: 'America/New_York' })
    const url = desk.deps.site.origin
    await context.addCookies([...client.cookies].map(([name, value]) => ({ name, value, url })))
    await page.goto(`${url}${path}`)
    return { page, context }
  }

  /** The number of a caller at the page for a passkey, whose account has no hold. */
  async function callerAtPage(): Promise<string> {
    const holder = await accountWithPasskey(started.world)
    const { id } = await accountRecord(started.world, holder.account)
    const { db } = started.world.deps
    await db.updateTable('accounts').set({ hold_until: null }).where('id', '=', id).execute()
    return (await callingFrom(started.world, holder)).number
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
    const number = await db
      .selectFrom('call_numbers')
      .select('expires_at')
      .where('account_id', '=', id)
      .executeTakeFirstOrThrow()
    const end = formatTime(number.expires_at, zoneIn('ja', started.world.deps.config.timeZone))
    const withoutYear = end.replace(/^\d+\//, '')
    await page.locator('#sees').getByText(withoutYear, { exact: true }).waitFor()
    const listed = await page.locator('#offers li').allInnerTexts()
    assert.deepEqual(listed, [words.acts['remove-passkey']])
    const acts = await page.locator('#check-act option').allInnerTexts()
    const possible = pageCheckActs.filter((act) => act !== 'resume-passkey')
    assert.deepEqual(
      acts,
      possible.map((act) => words.acts[act]),
    )
    await inspect(page, "what a caller sees, at the agent's", deskWidths)

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
    await inspect(page, 'an account whose holder is called', deskWidths)
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

  test('asks about a suspended passkey too, and tells of numbers and checks what is refused', async () => {
    const { world } = started
    const holder = await accountWithPasskey(world)
    await registerFurtherPasskey(world, holder, securityKey(world), 'YubiKey')
    const { id } = await accountRecord(world, holder.account)
    const { db } = world.deps
    await db.updateTable('accounts').set({ hold_until: null }).where('id', '=', id).execute()
    await db
      .updateTable('passkeys')
      .set({ suspended_at: world.now })
      .where('id', '=', holder.passkey.id)
      .execute()
    const { page: caller, number } = await callingFrom(world, holder)
    const { page, context } = await agentAt('/calls')
    const words = consoleTexts.ja
    const { not_found: unknown, too_many_attempts: tooMany } = callTexts.ja.refusals
    const problem = page.locator('#problem')
    /** Until the page is done with it. */
    const press = async (name: string) => {
      const answered = page.waitForResponse((one) => /\/calls\/\d+(\/check)?$/.test(one.url()))
      await page.getByRole('button', { name, exact: true }).click()
      await answered
      await page.locator('[aria-disabled=true]').waitFor({ state: 'detached' })
    }
    const typed = async (digits: string) => {
      await page.getByLabel(words.calls.number, { exact: true }).fill(digits)
      await press(words.calls.submit)
    }
    const told = async ({ title, detail }: { title: string; detail: string }) => {
      for (const says of [title, detail]) {
        await problem.getByText(says, { exact: true }).waitFor()
      }
    }
    const send = async (act: string) => {
      await page.locator('#check-act').selectOption(act)
      const passkey = page.locator('#check-passkey')
      if (await passkey.isVisible()) await passkey.selectOption(holder.passkey.id)
      await press(words.calls.sendCheck)
    }
    await typed('00000000')
    await told(unknown)
    await typed(number)
    const acts = page.locator('#check-act option')
    assert.equal(await acts.count(), pageCheckActs.length)
    for (const act of ['resume-passkey', 'remove-passkey', 'activation-code'] as const) {
      await send(act)
      assert.equal((await atPage(caller)).check?.act, act)
    }
    assert.equal(pageChecksPerAccount.failures, 3)
    await send('activation-code')
    await told(texts.ja.consoleProblems.too_many_checks)
    await inspect(page, 'no more checks', deskWidths)
    for (let wrong = 1; wrong < wrongCallNumbers.failures; wrong += 1) {
      await typed('00000000')
      await told(unknown)
    }
    await typed('00000000')
    await told(tooMany)
    await context.close()
  })

  test('what was read out for one number goes with it', async () => {
    const { world } = started
    const { calls } = consoleTexts.ja
    const { db } = world.deps
    const [one, two] = [await callerAtPage(), await callerAtPage()]
    const { page, context } = await agentAt('/calls')
    const box = page.locator('#digits-box')
    const state = page.locator('#check-state')
    const typed = async (number: string) => {
      await page.getByLabel(calls.number, { exact: true }).fill(number)
      await page.getByRole('button', { name: calls.submit, exact: true }).click()
      await page.locator('#look [aria-disabled=true]').waitFor({ state: 'detached' })
      await page.locator('#call').waitFor()
    }
    const send = async () => {
      await page.locator('#check-act').selectOption('activation-code')
      await page.getByRole('button', { name: calls.sendCheck, exact: true }).click()
      await state.getByText(calls.checkStates.asked, { exact: true }).waitFor()
      await box.waitFor()
      // Its press goes on until the page has looked again.
      await page.locator('[aria-disabled=true]').waitFor({ state: 'detached' })
    }
    await typed(one)
    await send()
    await typed(one)
    await box.waitFor()
    await typed(two)
    assert.ok(await box.isHidden(), 'of the other caller')
    assert.equal(await page.locator('#digits').textContent(), '')
    assert.equal(await state.innerText(), '')
    await send()
    await db
      .updateTable('call_numbers')
      .set({ expires_at: world.now - 1 })
      .execute()
    await box.waitFor({ state: 'hidden' })
    assert.equal(await state.innerText(), '')
    await context.close()
  })
})
