// The sign-in page's boxes and fields, and what the back button, a reload and a second tab do on the way.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes } from '../../src/kernel/clock.ts'
import { codeLifetime } from '../../src/limits/codes.ts'
import { addAuthenticator, type Page } from '../support/browser/browser.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'
import { accountWithPasskey } from '../support/world/journeys.ts'

inBrowser('sign-in', { timeout: 300_000 }, (started) => {
  test('「保存」: the login ID stays in this browser, the password goes to its manager alone', async () => {
    const walker = await Walker.start(started)
    const { page, words, account, context } = walker
    const { signIn } = words
    const box = (name: string) => page.getByRole('checkbox', { name, exact: true })
    await noteStored(page)
    await walker.open('/sign-in')
    await box(signIn.saveLoginId).check()
    await box(signIn.savePassword).check()
    await box(signIn.showPassword).check()
    assert.equal(await walker.textbox(signIn.password).getAttribute('type'), 'text')
    await walker.givePassword()
    await walker.heading(words.emailCode.title).waitFor()
    assert.deepEqual(await takeStored(page), [[account.loginId, account.password]])
    await walker.giveCode()
    await walker.heading(words.portal.title).waitFor()

    const { cookies, origins } = await context.storageState()
    const everything = JSON.stringify([cookies, origins, await keptInTab(page)])
    assert.equal(everything.includes(account.password), false)
    assert.ok(everything.includes(account.loginId))

    await walker.button(words.portal.signOut).click()
    await walker.loaded(signIn.title)
    assert.equal(await walker.textbox(signIn.loginId).inputValue(), account.loginId)
    assert.equal(await box(signIn.saveLoginId).isChecked(), true)
    assert.equal(await box(signIn.savePassword).isChecked(), false)
    await box(signIn.saveLoginId).uncheck()
    await walker.givePassword()
    await walker.heading(words.emailCode.title).waitFor()
    assert.deepEqual(await takeStored(page), [])
    assert.equal(await page.evaluate(() => JSON.stringify({ ...localStorage })), '{}')
    await context.close()
  })

  test('a sign-in that is not finished leaves no login ID behind', async () => {
    const walker = await Walker.start(started)
    const { page, words } = walker
    await walker.open('/sign-in')
    await page.getByRole('checkbox', { name: words.signIn.saveLoginId, exact: true }).check()
    await walker.givePassword()
    await walker.button(words.emailCode.giveUp).click()
    await walker.loaded(words.signIn.title)
    assert.equal(await walker.textbox(words.signIn.loginId).inputValue(), '')
    await walker.context.close()
  })

  test('each field tells the browser what it is for, and nothing opens a dialog by itself', async () => {
    const { account } = await accountWithPasskey(started.world)
    const walker = await Walker.start(started, 'ja', { account })
    const { page, words } = walker
    const asked = await noteDialogs(page)
    const autocomplete = (id: string) => page.locator(`#${id}`).getAttribute('autocomplete')
    await walker.open('/sign-in')
    assert.equal(await autocomplete('login-id'), 'username')
    assert.equal(await autocomplete('password'), 'current-password')
    await walker.givePassword()
    await walker.heading(words.passkey.title).waitFor()
    await page.waitForLoadState('networkidle')
    assert.deepEqual(asked, [])
    await walker.context.close()

    const other = await Walker.start(started)
    await other.open('/sign-in')
    await other.givePassword()
    const code = other.textbox(words.emailCode.code)
    assert.equal(await code.getAttribute('autocomplete'), 'one-time-code')
    assert.equal(await code.getAttribute('inputmode'), 'numeric')
    assert.equal(
      await other.page.locator('#code-form input').count(),
      1,
      'one field for the whole code',
    )
    await other.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const mailed = await other.nextCode()
    await other.page.evaluate(
      (text) => navigator.clipboard.writeText(text),
      `認証コード：${mailed}\n`,
    )
    await code.focus()
    await other.page.keyboard.press('ControlOrMeta+V')
    await other.page.keyboard.press('Enter')
    await other.heading(words.portal.title).waitFor()
    await other.context.close()
  })

  test('a reload in the middle sends nothing again and loses no time', async () => {
    const walker = await Walker.start(started)
    const { page, words, world, account } = walker
    await walker.open('/sign-in')
    await walker.givePassword()
    await walker.heading(words.emailCode.title).waitFor()
    const expiry = () => page.locator('#code-form').getAttribute('data-expires-at')
    const before = await expiry()
    await page.reload()
    assert.equal(await expiry(), before)
    const code = await walker.nextCode()
    const sent = world.mail.mails.filter(({ to }) => to.includes(account.email))
    assert.equal(sent.length, 1)
    const left = new RegExp(`^${codeLifetime / minutes - 1}分\\d+秒$`)
    assert.match(await page.getByRole('timer').innerText(), left)
    await walker.textbox(words.emailCode.code).fill(code)
    await walker.button(words.emailCode.submit).click()
    await walker.heading(words.portal.title).waitFor()
    await page.goBack()
    await walker.heading(words.portal.title).waitFor()

    const authenticator = await addAuthenticator(page, { transport: 'internal' })
    await walker.openRegistration()
    assert.equal(new URL(page.url()).search, '', 'what was answered stands in no address')
    const { name, done } = words.newPasskey
    await walker.textbox(name.name).fill('居間')
    await authenticator.setPresence(false)
    await walker.button(name.submit).click()
    await walker.button(words.passkey.stop).waitFor()
    await page.reload()
    assert.equal(await walker.textbox(name.name).inputValue(), '居間')
    await authenticator.setPresence(true)
    await walker.button(name.submit).click()
    await walker.heading(done.title).waitFor()
    await page.reload()
    await walker.heading(done.title).waitFor()
    await page.goBack()
    await walker.heading(words.portal.title).waitFor()
    await page.getByText('居間', { exact: true }).waitFor()
    await walker.context.close()
  })

  test('of two tabs that sign in one ends it, and the other is led to where it led', async () => {
    const walker = await Walker.start(started, 'en')
    const { page, words, context } = walker
    await walker.open('/sign-in')
    await walker.givePassword()
    await walker.heading(words.emailCode.title).waitFor()
    const second = await context.newPage()
    await second.goto(`${started.world.origin}/sign-in/email-code`)
    await walker.giveCode()
    await walker.heading(words.portal.title).waitFor()
    await second.bringToFront()
    await second.getByRole('textbox', { name: words.emailCode.code, exact: true }).fill('123456')
    await second.getByRole('button', { name: words.emailCode.submit, exact: true }).click()
    await second.getByRole('heading', { level: 1, name: words.portal.title }).waitFor()
    assert.equal(new URL(page.url()).pathname, '/portal')
    await context.close()
  })
})

/** Notes what the page hands to the browser's password manager. */
function noteStored(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    CredentialsContainer.prototype.store = async (credential) => {
      const { id, password } = credential as Credential & { password: string }
      sessionStorage.setItem('test.stored', JSON.stringify([id, password]))
    }
  })
}

async function takeStored(page: Page): Promise<unknown[]> {
  const stored = await page.evaluate(() => {
    const text = sessionStorage.getItem('test.stored')
    sessionStorage.removeItem('test.stored')
    return text
  })
  return stored === null ? [] : [JSON.parse(stored)]
}

function keptInTab(page: Page): Promise<string> {
  return page.evaluate(() => JSON.stringify({ ...sessionStorage }))
}

/** Each dialog that the page asks for is noted in the list. */
async function noteDialogs(page: Page): Promise<string[]> {
  const asked: string[] = []
  await page.exposeFunction('noteDialog', (mediation: string) => asked.push(mediation))
  await page.addInitScript(() => {
    const { noteDialog } = window as unknown as { noteDialog: (mediation: string) => void }
    navigator.credentials.get = async ({ mediation = 'optional' } = {}) => {
      noteDialog(mediation)
      throw new DOMException('', 'NotAllowedError')
    }
  })
  return asked
}
