// The oldest browsers that the pages run on (docs/browsers.md): a newer Chromium without what they lack.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { addAuthenticator, type Page } from '../support/browser/browser.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'

interface Lacks {
  readonly lacks: readonly string[]
  readonly lacksInStyles: readonly string[]
}

interface Browsers {
  readonly floor: readonly (Lacks & { readonly name: string })[]
  readonly older: Lacks
}

const root = join(import.meta.dirname, '..', '..')
const file = join(root, 'src/surfaces/customer/web/browsers.json')
const { floor, older } = JSON.parse(readFileSync(file, 'utf8')) as Browsers

/** Takes functions out of every page before its scripts run; those that are gone already are gone. */
async function take(page: Page, names: readonly string[]): Promise<void> {
  await page.addInitScript((names) => {
    for (const name of names) {
      const path = name.split('.')
      const last = path.pop() ?? ''
      let owner: unknown = globalThis
      for (const step of path) owner = (owner as Record<string, unknown> | undefined)?.[step]
      if (owner) Reflect.deleteProperty(owner, last)
    }
  }, names)
}

/** A browser drops what it does not know, so it gets names that none knows; every one of them is in use. */
async function takeFromStyles(page: Page, names: readonly string[]): Promise<void> {
  await page.route('**/assets/style-*.css', async (route) => {
    const response = await route.fetch()
    let body = await response.text()
    for (const name of names) {
      assert.ok(body.includes(name), name)
      body = body.replaceAll(name, name.replace(/[a-z]/, 'unknown-$&'))
    }
    await route.fulfill({ response, body })
  })
}

/** What of these the page still has. */
async function kept(page: Page, names: readonly string[]): Promise<string[]> {
  return page.evaluate(
    (names) =>
      names.filter((name) => {
        const path = name.split('.')
        const last = path.pop() ?? ''
        let owner: unknown = globalThis
        for (const step of path) owner = (owner as Record<string, unknown> | undefined)?.[step]
        return owner !== undefined && last in (owner as object)
      }),
    names,
  )
}

const all = [...floor, older]
const browsers = [
  ...floor,
  {
    name: 'a browser that lacks all of that, and some of what these have',
    lacks: [...new Set(all.flatMap(({ lacks }) => lacks))],
    lacksInStyles: [...new Set(all.flatMap(({ lacksInStyles }) => lacksInStyles))],
  },
]

inBrowser('the oldest browsers', { timeout: 300_000 }, (started) => {
  for (const { name, lacks, lacksInStyles } of browsers) {
    test(`signs in by e-mail code and by passkey: ${name}`, async () => {
      const walker = await Walker.start(started)
      const { page, words } = walker
      const broken: string[] = []
      page.on('pageerror', (error) => broken.push(String(error)))
      await take(page, lacks)
      await takeFromStyles(page, lacksInStyles)
      await addAuthenticator(page, { transport: 'internal' })
      await walker.signInByEmail()
      assert.deepEqual(await kept(page, lacks), [])
      await walker.openRegistration()
      const guides = await page.locator('[data-guide]:visible').count()
      assert.equal(guides, lacksInStyles.includes(':has(') ? 2 : 1)
      await walker.register()
      await walker.switchToPasskey()
      await walker.context.clearCookies()
      await walker.open('/sign-in')
      for (const width of [320, 1366]) {
        await page.setViewportSize({ width, height: 640 })
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width)
      }
      await walker.givePassword()
      await walker.button(words.passkey.submit).click()
      await walker.heading(words.portal.title).waitFor()
      assert.deepEqual(broken, [])
      // A style sheet that is still on its way would be answered after its page is gone.
      await page.unrouteAll({ behavior: 'wait' })
      await walker.context.close()
    })
  }

  test('a script that fails by itself is said to, and neither the server nor the line is blamed', async () => {
    for (const language of ['ja', 'en'] as const) {
      for (const missing of ['fetch', 'AbortController']) {
        const walker = await Walker.start(started, language)
        await take(walker.page, [missing])
        await walker.open('/sign-in')
        await walker.givePassword()
        const { common } = walker.words.browser
        await walker.problem().getByText(common.scriptFailed, { exact: true }).waitFor()
        await walker.context.close()
      }
    }
  })

  test('are the ones of the documentation', () => {
    const page = readFileSync(join(root, 'docs', 'browsers.md'), 'utf8')
    for (const { name } of floor) assert.match(page, new RegExp(`^\\| ${name} +\\|`, 'm'))
  })
})
