// Two admins make an operator, each with one half of the code; nobody else sees either.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeskWalker } from '../support/browser/at-the-console.ts'
import { addAuthenticator, newPage } from '../support/browser/browser.ts'
import { inBrowser } from '../support/browser/walks.ts'
import { newCodeOf } from '../support/world/operator-changes.ts'

inBrowser('operators', { timeout: 300_000 }, (started) => {
  test('two admins add one, who enrols with both halves, on a device that holds one passkey alone', async () => {
    const { browser, world } = started
    const desk = await world.startConsole()
    const at = { browser, desk }
    const asker = await DeskWalker.start(at, { name: '中村', roles: ['admin'] })
    const other = await DeskWalker.start(at, { name: '山本', roles: ['admin'] })
    const { words } = asker
    await asker.open('/')
    await asker.button(words.operators.add).click()
    await asker.textbox(words.asking.operatorName).fill('伊藤 凛')
    const role = `${words.roles.agent} ${words.asking.roleDoes.agent}`
    await asker.page.getByRole('checkbox', { name: role, exact: true }).check()
    await asker.textbox(words.frame.reason).fill('新しい担当者')
    await asker.textbox(words.frame.ticket).fill('HR-1')
    await asker.button(words.asking.submit).click()
    await asker.page.getByText(words.request.obstacles.own_request).waitFor()
    const address = new URL(asker.page.url()).pathname

    await other.open(address)
    await other.page.locator('.plain').getByText('伊藤 凛').waitFor()
    await other.button(words.request.approve).click()
    const [first, second] = [other, asker].map(({ page }) => page.locator('output.half:visible'))
    assert.ok(first && second)
    await first.waitFor()
    const halves = [await first.innerText()]
    await other.button(words.request.noted).click()
    await other.page.getByText(words.request.done).waitFor()
    assert.ok(!(await other.page.content()).includes(halves[0] ?? ''), 'shown once')
    assert.equal(await other.button(words.request.showHalf).count(), 0)

    await asker.page.reload()
    await asker.button(words.request.showHalf).click()
    await second.waitFor()
    halves.push(await second.innerText())
    await asker.page.reload()
    assert.equal(await asker.button(words.request.showHalf).count(), 0)

    const { page, context } = await newPage(browser)
    const authenticator = await addAuthenticator(page, { transport: 'internal' })
    await page.goto(`${desk.deps.site.origin}/enrol`)
    await page.getByRole('textbox', { name: words.enrol.code }).fill(halves.join(''))
    await page.getByRole('button', { name: words.enrol.submit }).click()
    await page.getByText('伊藤 凛').waitFor()
    await page.goto(`${desk.deps.site.origin}/sign-in`)
    await page.getByRole('button', { name: words.signIn.submit }).click()
    await page.getByRole('heading', { name: words.accounts.title }).waitFor()
    await page.goto(`${desk.deps.site.origin}/me`)
    await page.getByText(words.me.one).waitFor()
    assert.equal((await authenticator.credentials()).length, 1)
    // The dialog for another one refuses the device that holds one already.
    await page.getByRole('button', { name: words.me.add }).click()
    await page.getByText(words.browser.create.invalidState).waitFor()
    await context.close()

    await asker.open('/operators')
    await asker.button(words.operators.remove('伊藤 凛')).click()
    await asker.button(words.operators.removeSubmit).click()
    const row = asker.page.getByRole('row').filter({ hasText: '伊藤 凛' })
    await row.getByText(words.operators.closed).waitFor()
    for (const walker of [asker, other]) await walker.leave()
  })

  test('who enrols anew on a device with a former passkey is told to delete that one first', async () => {
    const { browser, world } = started
    const desk = await world.startConsole()
    const agent = await DeskWalker.start({ browser, desk }, { name: '佐々木', roles: ['agent'] })
    const { page, words, authenticator } = agent
    const { id } = await desk.deps.db
      .selectFrom('operators')
      .select('id')
      .where('name', '=', '佐々木')
      .executeTakeFirstOrThrow()
    const code = await newCodeOf(desk, id)
    await agent.open('/enrol')
    await agent.textbox(words.enrol.code).fill(code)
    await agent.button(words.enrol.submit).click()
    await page.getByText(words.browser.enrolment.invalidState).waitFor()
    const [former] = await authenticator.credentials()
    await authenticator.removeCredential(former?.id ?? '')
    await agent.button(words.enrol.submit).click()
    await agent.heading(words.enrol.doneTitle).waitFor()
    await agent.signIn()
    await agent.leave()
  })
})
