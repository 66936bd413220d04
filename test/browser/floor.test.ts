// The oldest browsers that the pages run on (docs/browsers.md): a newer Chromium without what they lack.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { addAuthenticator, type Page } from '../support/browser/browser.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'

interface Browsers {
  readonly floor: readonly { readonly name: string; readonly lacks: readonly string[] }[]
  readonly older: readonly string[]
}

const root = join(import.meta.dirname, '..', '..')
const file = join(root, 'src/surfaces/customer/web/browsers.json')
const { floor, older } = JSON.parse(readFileSync(file, 'utf8')) as Browsers

/** Takes functions out of every page before its scripts run; those that are gone already are gone. */
async function take(page: Page, names: readonly string[]): Promise<void> {
  await page.addInitScript(
    (names) => {
      for (const name of names) {
        const path = name.split('.')
        const last = path.pop() ?? ''
        let owner: unknown = globalThis
        for (const step of path) owner = (owner as Record<string, unknown> | undefined)?.[step]
        if (owner) Reflect.deleteProperty(owner, last)
      }
    },
    names.filter((name) => !name.startsWith(':')),
  )
  if (!names.includes(':has()')) return
  // A browser without :has() drops the rules that name it, as it does with any name that it does not know.
  await page.route('**/assets/*.css', async (route) => {
    const response = await route.fetch()
    const body = (await response.text()).replaceAll(':has(', ':unknown-to-all(')
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

const everything = [...new Set([...floor.flatMap(({ lacks }) => lacks), ...older])]
const browsers = [
  ...floor,
  { name: 'a browser that lacks all of that, and some of what these have', lacks: everything },
]

inBrowser('the oldest browsers', { timeout: 240_000 }, (started) => {
  for (const { name, lacks } of browsers) {
    test(`signs in by e-mail code and by passkey: ${name}`, async () => {
      const walker = await Walker.start(started)
      const { page, words } = walker
      const broken: string[] = []
      page.on('pageerror', (error) => broken.push(String(error)))
      await take(page, lacks)
      await addAuthenticator(page, { transport: 'internal' })
      await walker.signInByEmail()
      assert.deepEqual(await kept(page, lacks), [])
      await walker.openRegistration()
      const guides = await page.locator('[data-guide]:visible').count()
      assert.equal(guides, lacks.includes(':has()') ? 2 : 1)
      await walker.register()
      await walker.switchToPasskey()
      await walker.context.clearCookies()
      await walker.open('/sign-in')
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
