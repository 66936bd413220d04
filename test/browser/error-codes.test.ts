// Each failure shows the short code of its cause, which the help knows.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemStatus } from '../../src/kernel/http/problem.ts'
import { errorCode, listErrors } from '../../src/text/error-codes.ts'
import { helpTexts } from '../../src/text/help/help-texts.ts'
import { texts } from '../../src/text/texts.ts'
import { forms } from '../support/browser/forms.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'

/** How the browser's dialog may fail, at once or by leave of the person. */
const dialogFaults = [
  ...['NotAllowedError', 'TimeoutError', 'InvalidStateError', 'ConstraintError'],
  ...['NotSupportedError', 'SecurityError', 'OperationError', 'UnknownError'],
  ...['NotReadableError', 'EncodingError', 'DataError', 'SomeNewError'],
]

inBrowser('error codes', { timeout: 300_000 }, (started) => {
  for (const language of ['ja', 'en'] as const) {
    const words = texts[language]
    const listed = listErrors(words)

    test(`every refusal has one, and each sentence stands beside it in the help, ${language}`, async () => {
      for (const name of Object.keys(problemStatus)) {
        // The console's own: no customer meets them.
        if (!(name in words.problems)) continue
        assert.ok(
          listed.some(({ code }) => code === errorCode(name)),
          name,
        )
      }
      const walker = await Walker.start(started, language)
      const { page } = walker
      await walker.open('/help')
      await page.getByRole('link', { name: helpTexts[language].errors.title }).click()
      for (const { code, anchor, sentences } of listed) {
        assert.match(code, /^[A-Z]+(?:-[A-Z]+)*$/)
        assert.ok(
          sentences.every((sentence) => sentence && !sentence.includes('{')),
          code,
        )
        const entry = page.locator(`[id="${anchor}"]`)
        assert.equal(await entry.locator('dt').innerText(), code)
        assert.deepEqual(await entry.locator('dd').allInnerTexts(), sentences)
      }
      await walker.context.close()
    })

    test(`a page that is refused shows it, ${language}`, async () => {
      const walker = await Walker.start(started, language)
      await walker.open('/no/such/page')
      await walker.page.getByRole('link', { name: words.page.errorCode('NOT-FOUND') }).click()
      await walker.page.locator('#error-not-found:target').waitFor()
      await walker.context.close()
    })

    test(`a refused form and a dialog that fails show it, ${language}`, async () => {
      const walker = await Walker.start(started, language)
      const { page } = walker
      const anchors = new Set(listed.map(({ anchor }) => anchor))
      const shown = async () => {
        const link = page.locator(':is(#problem, #status) a[href^="/help#"]')
        const [, anchor = ''] = (await link.getAttribute('href'))?.split('#') ?? []
        assert.ok(anchors.has(anchor), anchor)
        const said = await link.innerText()
        const name = anchor.replace('error-', '').toUpperCase()
        assert.equal(said, words.browser.common.errorCode.replace('{code}', name))
        return name
      }
      await walker.open('/sign-in')
      await walker.textbox(words.signIn.loginId).fill('nobody')
      await page.getByLabel(words.signIn.password, { exact: true }).fill('not the password')
      await walker.button(words.signIn.submit).click()
      assert.equal(await shown(), 'SIGN-IN-REFUSED')

      const address = await forms['the passkey of a sign-in']?.lead(walker, 1)
      await walker.open(address ?? '')
      const found = new Set<string>()
      for (const name of dialogFaults) {
        await page.evaluate((name) => {
          navigator.credentials.get = () => Promise.reject(new DOMException('', name))
        }, name)
        await walker.button(words.passkey.submit).click()
        await page.locator(':is(#problem, #status) a[href^="/help#"]').waitFor()
        found.add(await shown())
      }
      assert.deepEqual(
        [...found],
        [
          ...['AT-ONCE', 'INVALID-STATE', 'CONSTRAINT', 'NOT-SUPPORTED', 'SECURITY', 'PENDING'],
          ...['TROUBLE', 'UNREADABLE', 'FAULT', 'UNEXPECTED-DIALOG'],
        ],
      )
      await walker.context.close()
    })
  }
})
