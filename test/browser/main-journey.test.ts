// The manual's journey in a real Chromium, by the labels of the contract: once with this device's own
// authenticator and once with a phone.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { longestPasskeyName, mostPasskeyNameBytes } from '../../src/limits/passkeys.ts'
import {
  addAuthenticator,
  emulatePlatform,
  launchBrowser,
  newPage,
  type Browser,
  type Page,
} from '../support/browser/browser.ts'
import { databases } from '../support/world/postgres.ts'
import { freePort } from '../support/world/processes.ts'
import { World, type TestAccount } from '../support/world/world.ts'

const sqlite = databases.filter(({ name }) => name === 'sqlite')

for (const database of sqlite) {
  describe('the main journey in Chromium', { timeout: 90_000 }, () => {
    let browser: Browser
    let world: World
    before(async () => {
      const port = await freePort()
      const origin = `http://localhost:${port}`
      const env = { SEKISHO_PORT: String(port) }
      ;[browser, world] = await Promise.all([
        launchBrowser('whole'),
        World.start(database, { origin, env, stillClock: false }),
      ])
    })
    after(async () => {
      await browser.close()
      await world.stop()
    })

    test('with Windows Hello: e-mail, register, switch, passkey, removal, e-mail', async () => {
      const account = await world.addAccount()
      const { page, context } = await newPage(browser)
      const problems = watchProblems(page)
      await emulatePlatform(page, 'windows')
      await addAuthenticator(page, { transport: 'internal' })
      await signInByEmail(world, page, account)
      await register(world, page, account, 'このパソコン', 'Windows')

      await page.goto(`${world.origin}/portal/second-factor`)
      await page.getByRole('radio', { name: 'パスキー認証', exact: true }).check()
      await button(page, '変更する').click()
      await page.getByRole('heading', { level: 1, name: /変更/ }).waitFor()
      await told(page, () => page.goto(`${world.origin}/portal`))
      await button(page, 'ログアウト').click()
      await page.waitForURL('**/sign-in')

      await givePassword(page, account)
      await page.getByRole('heading', { level: 1, name: '多要素認証 パスキー認証' }).waitFor()
      const radio = page.getByRole('radio', {
        name: /^Windows.*最終更新日：\d{4}\/\d\d\/\d\d \d+:\d\d/,
      })
      assert.equal(await radio.isChecked(), true)
      await told(page, () => button(page, '認証する').click())
      await page.waitForURL('**/portal')

      const listed = await world.command(['passkeys', 'list', '--login-id', account.loginId])
      const id = /^(\S+)\tWindows\t/m.exec(listed.output)?.[1] ?? ''
      const removed = await world.command([
        ...['passkeys', 'remove', '--login-id', account.loginId],
        ...['--id', id, '--reason', 'lost'],
      ])
      assert.equal(removed.status, 0, removed.errors)
      await page.reload()
      await page.waitForURL('**/sign-in')
      await signInByEmail(world, page, account)
      assert.deepEqual(problems, [])
      await context.close()
    })

    test('with a phone: the passkey goes through the dialog for another device', async () => {
      const account = await world.addAccount()
      const { page, context } = await newPage(browser)
      const problems = watchProblems(page)
      await emulatePlatform(page, 'windows')
      await addAuthenticator(page, { transport: 'hybrid' })
      await signInByEmail(world, page, account)
      await register(world, page, account, 'スマートフォン', 'スマートフォン')
      await page.goto(`${world.origin}/portal/second-factor`)
      await page.getByRole('radio', { name: 'パスキー認証', exact: true }).check()
      await button(page, '変更する').click()
      await page.getByRole('heading', { level: 1, name: /変更/ }).waitFor()
      await context.clearCookies()
      await page.goto(`${world.origin}/`)
      await givePassword(page, account)
      await page.getByRole('radio', { name: /^スマートフォン/ }).check()
      await button(page, '認証する').click()
      await page.waitForURL('**/portal')
      assert.deepEqual(problems, [])
      await context.close()
    })

    test('with the longest name, which the challenge carries', async () => {
      const account = await world.addAccount()
      const { page, context } = await newPage(browser)
      await emulatePlatform(page, 'windows')
      await addAuthenticator(page, { transport: 'internal' })
      await signInByEmail(world, page, account)
      await openRegistration(world, page, account)
      const name = 'ｶﾞ'.repeat(longestPasskeyName)
      assert.equal(Buffer.byteLength(name), mostPasskeyNameBytes)
      await page.getByRole('radio', { name: 'このパソコン', exact: true }).check()
      await page.getByRole('textbox', { name: 'パスキー名', exact: true }).fill(name)
      await button(page, '登録').click()
      await page.getByRole('heading', { name: 'パスキーの登録が完了しました' }).waitFor()
      await page.getByText(name, { exact: true }).first().waitFor()
      await context.close()
    })

    test('on a phone the page speaks of this phone', async () => {
      const account = await world.addAccount()
      const { page, context } = await newPage(browser)
      await emulatePlatform(page, 'android')
      await addAuthenticator(page, { transport: 'internal', defaultBackupEligibility: true })
      await signInByEmail(world, page, account)
      await openRegistration(world, page, account)
      assert.equal(await page.getByRole('radio').count(), 1)
      await page.getByRole('radio', { name: 'このスマートフォン', exact: true }).waitFor()
      await page.waitForFunction(() => document.querySelector('input')?.value === 'Pixel 10')
      await context.close()
    })
  })
}

/** Does `enter`, then waits until the portal has its list for the browser: an ended session refuses it. */
async function told(page: Page, enter: () => Promise<unknown>): Promise<void> {
  await Promise.all([page.waitForResponse('**/api/passkeys'), enter()])
}

function button(page: Page, name: string) {
  return page.getByRole('button', { name, exact: true })
}

async function givePassword(page: Page, { loginId, password }: TestAccount): Promise<void> {
  await page.getByRole('textbox', { name: 'ログインID', exact: true }).fill(loginId)
  await page.getByRole('textbox', { name: 'パスワード', exact: true }).fill(password)
  await button(page, 'ログイン').click()
}

async function signInByEmail(world: World, page: Page, account: TestAccount): Promise<void> {
  await page.goto(`${world.origin}/`)
  await givePassword(page, account)
  await page.getByRole('heading', { level: 1, name: '多要素認証 メール認証' }).waitFor()
  const code = await world.nextCode(account)
  await page.getByRole('textbox', { name: '認証コード', exact: true }).fill(code)
  await button(page, '認証する').click()
  await page.waitForURL('**/portal')
}

async function openRegistration(world: World, page: Page, account: TestAccount): Promise<void> {
  await button(page, 'パスキー登録').click()
  await page.waitForURL('**/portal/passkeys/new')
  const code = await world.nextCode(account)
  await page.getByRole('textbox', { name: '認証コード', exact: true }).fill(code)
  await button(page, '認証する').click()
  await page.getByRole('textbox', { name: 'パスキー名', exact: true }).waitFor()
  // The name follows the choice of a device once the page's script is there.
  await page.waitForLoadState()
}

async function register(
  world: World,
  page: Page,
  account: TestAccount,
  device: string,
  expectedName: string,
): Promise<void> {
  await openRegistration(world, page, account)
  await page.getByRole('radio', { name: device, exact: true }).check()
  const name = page.getByRole('textbox', { name: 'パスキー名', exact: true })
  assert.equal(await name.inputValue(), expectedName)
  await button(page, '登録').click()
  const heading = { level: 1, name: 'パスキーの登録が完了しました', exact: true }
  await page.getByRole('heading', heading).waitFor()
  await page.getByText(expectedName, { exact: true }).first().waitFor()
}

/** Whatever the page complains of: a script that failed, something that the CSP refused. */
function watchProblems(page: Page): string[] {
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  return problems
}
