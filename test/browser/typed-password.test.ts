// A password that can hardly be right is told before it is sent, and never forbidden; one that was refused
// is selected, to be typed anew.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Language } from '../../src/kernel/http/language.ts'
import type { Page } from '../support/browser/browser.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'

type Words = Walker['words']['browser']['password']

/** What is typed or pasted, what is said of it, and the button that mends it. */
const doubtful: readonly (readonly [string, readonly (keyof Words)[], keyof Words | null])[] = [
  ['ｃｏｒｒｅｃｔ１２', ['wide'], 'mendWide'],
  ['これはパスワード', ['wide'], null],
  ['correct horse 電池', ['wide'], null],
  ['correct horse ', ['blank'], 'mendBlank'],
  ['\u3000ｃｏｒｒｅｃｔ', ['wide', 'blank'], 'mendWide'],
  ['  ', ['blank'], null],
]

const undoubted = ['correct horse battery', 'çà-et-là Größe', 'PASSWORD 123', '🐎🔋 staple']

const env = { SEKISHO_LINK_FORGOTTEN: 'https://broker.example/forgotten' }

inBrowser('a typed password', { timeout: 300_000, env }, (started) => {
  async function open(language: Language = 'ja') {
    const walker = await Walker.start(started, language)
    const { page, account } = walker
    const sent: { password: string }[] = []
    page.on('request', (request) => {
      if (request.url().endsWith('/api/sign-in')) sent.push(request.postDataJSON())
    })
    await walker.open('/sign-in')
    await page.waitForLoadState('networkidle')
    await walker.textbox(walker.words.signIn.loginId).fill(account.loginId)
    const doubts = async () =>
      (await page.locator('#doubts').innerText()).split('\n').filter(Boolean)
    return { walker, page, words: walker.words.browser.password, sent, doubts }
  }

  for (const language of ['ja', 'en'] as const) {
    test(`is doubted in words, held back once, and sent as it is when insisted on, ${language}`, async () => {
      const { walker, page, words, sent, doubts } = await open(language)
      const field = page.locator('#password')
      for (const [password, said, mend] of doubtful) {
        const sentences = said.map((name) => words[name])
        await field.fill(password)
        assert.deepEqual(await doubts(), sentences, JSON.stringify(password))
        assert.equal(await mendLabel(page), mend && words[mend])
        const before = sent.length
        await page.keyboard.press('Enter')
        assert.deepEqual(await doubts(), [...sentences, words.anyway])
        assert.equal(sent.length, before, 'held back')
        assert.deepEqual(await focused(page), ['password', password])
        await page.keyboard.press('Enter')
        await walker.problem().locator('strong').waitFor()
        assert.equal(sent.length, before + 1)
        assert.equal(sent.at(-1)?.password, password)
        await field.fill('')
        assert.deepEqual(await doubts(), [])
        started.world.advance(20 * 60_000)
      }
      await walker.context.close()
    })
  }

  test('that leaves no doubt is sent at once', async () => {
    const { walker, page, sent, doubts } = await open()
    for (const [index, password] of undoubted.entries()) {
      await page.locator('#password').fill(password)
      assert.deepEqual(await doubts(), [])
      await page.keyboard.press('Enter')
      await walker.problem().locator('strong').waitFor()
      assert.equal(sent.length, index + 1)
      started.world.advance(20 * 60_000)
    }
    await walker.context.close()
  })

  test('is mended by one press, and signs in', async () => {
    const { walker, page, words, doubts } = await open()
    const { password } = walker.account
    const wide = password.replace(/[!-~]/g, (one) =>
      String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0),
    )
    await page.locator('#password').fill(` ${wide} `)
    await walker.button(words.mendWide).click()
    assert.deepEqual(await doubts(), [])
    assert.deepEqual((await focused(page))[0], 'password')
    await page.keyboard.press('Enter')
    await walker.heading(walker.words.emailCode.title).waitFor()
    await walker.context.close()
  })

  test('is typed with Caps Lock on: that is said as long as it is on, and nothing is held back', async () => {
    const { walker, page, words, doubts } = await open()
    const key = (capsLock: boolean) =>
      page.locator('#password').dispatchEvent('keydown', { key: 'A', modifierCapsLock: capsLock })
    await page.locator('#password').focus()
    await key(true)
    assert.deepEqual(await doubts(), [words.capsLock])
    await key(false)
    assert.deepEqual(await doubts(), [])
    await key(true)
    await page.locator('#password').fill(walker.account.password)
    await page.keyboard.press('Enter')
    await walker.heading(walker.words.emailCode.title).waitFor()
    await walker.context.close()
  })

  test('that was refused is marked, selected and described, once; the next one takes its place', async () => {
    const { walker, page } = await open()
    const { signIn, problems, emailCode } = walker.words
    await page.locator('#password').fill('not the password')
    await page.keyboard.press('Enter')
    await walker.problem().getByText(problems.sign_in_refused.title).waitFor()
    const field = page.locator('#password')
    assert.equal(await field.getAttribute('aria-invalid'), 'true')
    assert.match((await field.getAttribute('aria-describedby')) ?? '', /\bproblem\b/)
    assert.equal(await walker.problem().getAttribute('role'), null, 'read with the field alone')
    assert.deepEqual(await focused(page), ['password', 'not the password'])
    await walker.problem().getByRole('link', { name: signIn.forgottenLink }).waitFor()
    await page.keyboard.type(walker.account.password)
    assert.equal(await field.getAttribute('aria-invalid'), 'true')
    await page.keyboard.press('Enter')
    await walker.heading(emailCode.title).waitFor()
    await walker.context.close()
  })
})

/** The focused field and the text that is selected in it. */
function focused(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const field = document.activeElement as HTMLInputElement
    const { selectionStart, selectionEnd, value } = field
    return [field.id, value.slice(selectionStart ?? 0, selectionEnd ?? 0)]
  })
}

async function mendLabel(page: Page): Promise<string | null> {
  const mend = page.locator('#mend')
  return (await mend.isVisible()) ? mend.innerText() : null
}
