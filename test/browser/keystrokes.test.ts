// The very keys that a person presses on each form, from the page as it opens: while its script is there
// already, comes in the middle, and comes when all has been pressed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from '../support/browser/browser.ts'
import { forms } from '../support/browser/forms.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'

inBrowser('keystrokes', { timeout: 300_000 }, (started) => {
  for (const [name, form] of Object.entries(forms)) {
    for (const arrival of ['before', 'during', 'after'] as const) {
      test(`${name}: the script comes ${arrival} the typing`, async () => {
        const walker = await Walker.start(started)
        const { page } = walker
        page.setDefaultTimeout(10_000)
        const address = await form.lead(walker, 1)
        const letCome = await holdScript(page)
        if (arrival === 'before') letCome()
        await page.goto(new URL(address, started.world.origin).href, {
          waitUntil: arrival === 'before' ? 'networkidle' : 'commit',
        })
        await readyForKeys(page)
        const keys = await form.keys(walker)
        const done = form.done(walker)
        const middle = Math.ceil(keys.length / 2)
        const isLink = (await page.locator('main button.primary:visible').count()) === 0
        for (const [index, key] of keys.entries()) {
          if (arrival === 'during' && index === middle - 1) await half(page, key, letCome)
          else await press(page, key)
        }
        if (arrival === 'after' && !isLink) {
          await page.locator('button.primary[aria-disabled=true]').waitFor()
        }
        letCome()
        await done
        await page.unrouteAll({ behavior: 'ignoreErrors' })
        await walker.context.close()
      })
    }
  }

  test('what was pressed is sent once, with what the fields hold when the script comes', async () => {
    const walker = await Walker.start(started)
    const { page, account, words } = walker
    const letCome = await holdScript(page)
    const sent: unknown[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.postDataJSON())
    })
    await page.goto(`${started.world.origin}/sign-in`, { waitUntil: 'commit' })
    await readyForKeys(page)
    await page.keyboard.type(account.loginId)
    await page.keyboard.press('Tab')
    await page.keyboard.type(account.password.slice(0, -1))
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.keyboard.type(account.password.slice(-1))
    await walker.button(words.signIn.submit).click({ force: true })
    letCome()
    await walker.heading(words.emailCode.title).waitFor()
    const { loginId, password } = account
    assert.deepEqual(sent, [{ loginId, password, continueTo: '/portal' }])
    await walker.context.close()
  })

  test('a script that does not come is said, and nothing is left that looks ready', async () => {
    for (const language of ['ja', 'en'] as const) {
      const walker = await Walker.start(started, language)
      const { page, words } = walker
      let fail = () => {}
      const mayFail = new Promise<void>((resolve) => {
        fail = resolve
      })
      await page.route(/\/assets\/sign-in-.*\.js$/, async (route) => {
        await mayFail
        await route.abort()
      })
      await page.goto(`${started.world.origin}/sign-in`, { waitUntil: 'commit' })
      await readyForKeys(page)
      await page.keyboard.type('taro')
      await page.keyboard.press('Tab')
      await page.keyboard.type('correct horse battery')
      await page.keyboard.press('Enter')
      fail()
      await walker.problem().getByText(words.browser.common.unloaded, { exact: true }).waitFor()
      assert.equal(await page.locator('button:enabled:visible').count(), 0)
      assert.equal(await page.locator('button[aria-disabled]').count(), 0)
      assert.equal(await walker.textbox(words.signIn.loginId).inputValue(), 'taro')
      await walker.context.close()
    }
  })
})

/** The page's own script waits until the function is called; the small one before it does not. */
async function holdScript(page: Page): Promise<() => void> {
  let letCome = () => {}
  const mayCome = new Promise<void>((resolve) => {
    letCome = resolve
  })
  await page.route(/\/assets\/(?!early-).*\.js$/, async (route) => {
    await mayCome
    await route.continue()
  })
  return () => letCome()
}

/**
 * Until the main button is ready and the cursor stands in its field: the browser puts it there just before it
 * first draws the page, and whoever sees nothing yet types nothing.
 */
async function readyForKeys(page: Page): Promise<void> {
  await page.locator('main .primary:not(:disabled):visible').first().waitFor()
  await page.locator('[autofocus]:visible:not(:focus)').first().waitFor({ state: 'detached' })
}

async function press(page: Page, key: string): Promise<void> {
  if (key.startsWith('"')) await page.keyboard.type(key.slice(1))
  else await page.keyboard.press(key)
}

/** Half of what is typed before the script has run, half after it. */
async function half(page: Page, key: string, letCome: () => void): Promise<void> {
  const text = key.startsWith('"') ? key.slice(1) : ''
  await page.keyboard.type(text.slice(0, text.length / 2))
  letCome()
  await page.waitForLoadState('load')
  if (text === '') await press(page, key)
  else await page.keyboard.type(text.slice(text.length / 2))
}
