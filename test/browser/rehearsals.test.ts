// 「いま試す」 in the portal: what it says of tomorrow, and what to do tonight.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from '../support/browser/accessible.ts'
import { addAuthenticator, emulatePlatform } from '../support/browser/browser.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'

/** Of each way in which get() fails: the group and the name of what is said first, and whether it is an error. */
const faults = [
  ['InvalidStateError', 'rehearsal', 'invalidState', true],
  ['ConstraintError', 'rehearsal', 'constraint', true],
  ['NotSupportedError', 'rehearsal', 'notSupported', true],
  ['SecurityError', 'dialog', 'security', false],
  ['OperationError', 'dialog', 'pending', false],
  ['UnknownError', 'dialog', 'trouble', true],
  ['NotReadableError', 'dialog', 'unreadable', true],
  ['EncodingError', 'dialog', 'fault', false],
  ['NetworkError', 'dialog', 'unexpectedDialog', false],
  ['NotAllowedError', 'rehearsal', 'atOnce', true],
  ['AbortError', 'dialog', 'stopped', false],
] as const

inBrowser('a rehearsal', { timeout: 300_000 }, (started) => {
  /** The portal, in a browser of this language whose machine holds the account's passkey. */
  async function atPortal(language: 'ja' | 'en', factor: 'email' | 'passkey') {
    const walker = await Walker.start(started, language)
    await emulatePlatform(walker.page, 'windows')
    const authenticator = await addAuthenticator(walker.page, { transport: 'internal' })
    await walker.takeOver(await walker.holdPasskey(authenticator, factor))
    await walker.open('/portal')
    const { rehearsal } = walker.words
    return { walker, authenticator, button: walker.button(rehearsal.buttonName('Windows')) }
  }

  const outcome = ({ page }: Walker) => page.locator('.items > .outcome')
  const focused = ({ page }: Walker) =>
    page.evaluate(() => document.activeElement?.getAttribute('aria-label'))

  for (const [language, factor] of [
    ['ja', 'passkey'],
    ['en', 'email'],
  ] as const) {
    test(`that works says what tomorrow will be like, ${language}, ${factor}`, async () => {
      const { walker, button } = await atPortal(language, factor)
      const { page, words, context } = walker
      const said = words.browser.rehearsal
      const cookies = async () =>
        (await context.cookies()).filter(({ name }) => /session/.test(name))
      const before = await cookies()
      const row = page.locator('.item', { has: button })
      if (factor === 'email') assert.ok((await row.innerText()).includes(words.portal.neverUsed))
      for (const name of [words.portal.register, words.portal.signOut]) {
        assert.equal(await walker.button(name).count(), 1)
      }
      await button.click()
      const works = factor === 'email' ? said.rehearsedHereByEmail : said.rehearsedHere
      await outcome(walker).getByText(works).waitFor()
      const isTold = (await outcome(walker).innerText()).includes(said.rehearsedByEmail)
      assert.equal(isTold, factor === 'email')
      assert.ok((await row.innerText()).includes(said.rehearsedNow))
      assert.equal(await focused(walker), words.rehearsal.buttonName('Windows'))
      assert.deepEqual(await cookies(), before, 'the session goes on')
      await inspect(page, `a rehearsal that works, ${language}`)
      await page.reload()
      const list = page.locator('.card', { hasText: words.portal.activityTitle })
      assert.match(
        await list.innerText(),
        new RegExp(RegExp.escape(words.activity.authn_rehearsal_success)),
      )
      assert.ok(!(await row.innerText()).includes(words.portal.neverUsed))
      await context.close()
    })
  }

  test('that fails says what probably happened, what to do tonight, and that the session goes on', async () => {
    for (const language of ['ja', 'en'] as const) {
      const { walker, button } = await atPortal(language, 'passkey')
      const { page, words } = walker
      const said = words.browser.rehearsal
      for (const [name, group, sentence, advised] of faults) {
        await page.evaluate((fault) => {
          navigator.credentials.get = () => Promise.reject(new DOMException('', fault))
        }, name)
        await button.click()
        const groups: Readonly<Record<string, Readonly<Record<string, string>>>> = words.browser
        const first = groups[group]?.[sentence] ?? ''
        await outcome(walker).getByText(first).waitFor()
        const text = await outcome(walker).innerText()
        assert.ok(text.includes(said.stillSignedIn), name)
        assert.equal(text.includes(said.tonightHere), advised, name)
      }
      await inspect(page, `a rehearsal that fails, ${language}`)
      // What else the page has to say stands where it was pressed.
      await page.route('**/api/session', (route) => route.abort())
      await walker.button(words.portal.signOut).click()
      const box = page.locator('header [data-problem]')
      await box.getByText(words.browser.common.unreachable).waitFor()
      assert.equal(await outcome(walker).count(), 0)
      await walker.context.close()
    }
  })

  test('with an answer that is not verified says so, and by a device that is elsewhere what is needed', async () => {
    const { walker, authenticator, button } = await atPortal('ja', 'passkey')
    const { page, words } = walker
    const said = words.browser.rehearsal
    await authenticator.bend({ bogusSignature: true })
    await button.click()
    await outcome(walker).getByText(words.problems.passkey_not_verified.detail).waitFor()
    assert.ok((await outcome(walker).innerText()).includes(said.stillSignedIn))
    await authenticator.bend()
    // As a browser says of a phone that was reached by QR code.
    await page.route('**/rehearsal', async (route) => {
      await route.fulfill({ json: { way: 'other-device' } })
    })
    await button.click()
    await outcome(walker).getByText(said.rehearsedByPhone).waitFor()
    // Another machine, which remembers nothing.
    await emulatePlatform(page, 'android')
    await walker.context.clearCookies({ name: /browser/ })
    await page.reload()
    await button.click()
    await outcome(walker).getByText(said.rehearsedByOther).waitFor()
    await page.evaluate(() => {
      navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError'))
    })
    await button.click()
    await outcome(walker).getByText(said.tonightOther).waitFor()
    await walker.context.close()
  })

  test('of what this phone has made itself speaks of this phone', async () => {
    const walker = await Walker.start(started)
    const { page, words } = walker
    await emulatePlatform(page, 'android')
    await addAuthenticator(page, { transport: 'internal' })
    await walker.openNameForm()
    await walker.register('thisPhone')
    await page.getByRole('link', { name: words.rehearsal.button, exact: true }).click()
    await walker.heading(words.portal.title).waitFor()
    await page.evaluate(() => {
      navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError'))
    })
    await page.locator('[data-rehearse]').click()
    await outcome(walker).getByText(words.browser.rehearsal.tonightHere).waitFor()
    await walker.context.close()
  })
})
