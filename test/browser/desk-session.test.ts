// The end of an operator's session on a page, and the keys that work without a mouse.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes } from '../../src/kernel/clock.ts'
import { operatorIdle } from '../../src/limits/operators.ts'
import { warnBeforeEnd } from '../../src/limits/sessions.ts'
import { inspect } from '../support/browser/accessible.ts'
import { DeskWalker } from '../support/browser/at-the-console.ts'
import { inBrowser } from '../support/browser/walks.ts'

inBrowser('a session at the desk', { timeout: 300_000, stillClock: true }, (started) => {
  test('warns, covers what is personal, and gives back what was typed', async () => {
    const { browser, world } = started
    const at = { browser, desk: await world.startConsole() }
    const account = await world.addAccount()
    const agent = await DeskWalker.start(at, { name: '佐々木', roles: ['agent'] })
    const { page, words } = agent
    const { session } = words.frame
    await page.clock.install({ time: world.now })
    const pass = async (time: number) => {
      world.advance(time)
      await page.clock.fastForward(time)
    }
    await openAsking(agent, account.loginId)
    await agent.textbox(words.frame.reason).fill('a long story')
    await pass(operatorIdle - warnBeforeEnd - 1 * minutes)
    assert.equal(await page.locator('#session-warning').isVisible(), false)
    await pass(1 * minutes + 2000)
    await page.getByText(session.title).waitFor()
    await inspect(page, 'session about to end')
    await agent.button(session.goOn).click()
    await page.locator('#session-warning').waitFor({ state: 'hidden' })

    await pass(operatorIdle + 2000)
    await agent.heading(session.overTitle).waitFor()
    await inspect(page, 'session over')
    const html = await page.content()
    for (const personal of [account.loginId, 'a long story']) {
      assert.ok(!html.includes(personal), `${personal} is off the page`)
    }
    await page.keyboard.press('g')
    await page.keyboard.press('a')
    await agent.button(session.signIn).click()
    await agent.heading(words.asking.title).waitFor()
    assert.equal(await agent.textbox(words.frame.reason).inputValue(), 'a long story')
    await agent.leave()
  })

  test('a sign-out in another tab covers this one, and nobody else gets what was typed', async () => {
    const { browser, world } = started
    const at = { browser, desk: await world.startConsole() }
    const account = await world.addAccount()
    const agent = await DeskWalker.start(at, { name: '佐々木', roles: ['agent'] })
    const { page, words, context } = agent
    await openAsking(agent, account.loginId)
    await agent.textbox(words.frame.reason).fill('a long story')
    const tab = await context.newPage()
    await tab.goto(`${at.desk.deps.site.origin}/me`)
    await tab.getByRole('button', { name: words.frame.signOut, exact: true }).click()
    await tab.waitForURL('**/sign-in')
    await agent.heading(words.frame.session.overTitle).waitFor()
    await page.evaluate(() =>
      localStorage.setItem('sekisho_console.session', 'other 1 9999999999999'),
    )
    await tab.evaluate(() =>
      localStorage.setItem('sekisho_console.session', 'another 1 9999999999999'),
    )
    await page.getByText(words.browser.common.otherOperator).waitFor()
    assert.equal(await agent.button(words.frame.session.signIn).count(), 0)
    assert.ok(!(await page.content()).includes('a long story'))
    await context.close()
  })

  test('single keys lead on, never while somebody types, and can be turned off', async () => {
    const { browser, world } = started
    const at = { browser, desk: await world.startConsole() }
    const agent = await DeskWalker.start(at, { name: '佐々木', roles: ['agent'] })
    const { page, words } = agent
    const { keyboard } = page
    await agent.open('/accounts')
    await agent.textbox(words.accounts.search).and(page.locator(':focus')).waitFor()
    await keyboard.type('g r ? / j')
    assert.equal(await agent.textbox(words.accounts.search).inputValue(), 'g r ? / j')
    await page.locator('main').focus()
    await keyboard.press('g')
    await keyboard.press('r')
    await agent.loaded(words.requests.title)
    await keyboard.press('?')
    const list = page.locator('#shortcuts')
    await list.waitFor()
    await keyboard.press('g')
    await keyboard.press('a')
    assert.ok(await list.isVisible(), 'no key works behind a dialog')
    await page.getByLabel(words.shortcuts.on, { exact: true }).uncheck()
    await keyboard.press('Escape')
    for (const key of ['?', '/', 'g', 'a']) await keyboard.press(key)
    assert.equal(await list.isVisible(), false)
    assert.equal(new URL(page.url()).pathname, '/requests')
    await page.reload()
    await keyboard.press('/')
    assert.equal(new URL(page.url()).pathname, '/requests', 'it is remembered')
    await agent.button(words.shortcuts.open).click()
    await page.getByLabel(words.shortcuts.on, { exact: true }).check()
    await keyboard.press('Escape')
    await page.locator('main').focus()
    await keyboard.press('/')
    await agent.textbox(words.accounts.search).and(page.locator(':focus')).waitFor()
    await agent.leave()
  })
})

async function openAsking(agent: DeskWalker, loginId: string): Promise<void> {
  const { words } = agent
  await agent.open('/accounts')
  await agent.textbox(words.accounts.search).fill(loginId)
  await agent.button(words.accounts.submit).click()
  await agent.page.locator('#rows a').click()
  await agent.button(words.account.changeEmail).click()
  await agent.heading(words.asking.title).waitFor()
}
