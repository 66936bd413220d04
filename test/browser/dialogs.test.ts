// How the browser's dialogs end: each way has its own sentence, and a cancel is no error.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Language } from '../../src/kernel/http/language.ts'
import { facts } from '../../src/text/environments.ts'
import { texts } from '../../src/text/texts.ts'
import {
  addAuthenticator,
  emulatePlatform,
  webAuthnSession,
  type Page,
} from '../support/browser/browser.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'

const faults = [
  ['InvalidStateError', 'invalidState'],
  ['ConstraintError', 'constraint'],
  ['NotSupportedError', 'notSupported'],
  ['SecurityError', 'security'],
  ['OperationError', 'pending'],
  ['UnknownError', 'trouble'],
  ['NotReadableError', 'unreadable'],
  ['EncodingError', 'fault'],
  ['DataError', 'fault'],
  ['TypeError', 'fault'],
  ['NetworkError', 'unexpectedDialog'],
] as const

test('no two sentences are the same, in either language', () => {
  for (const { browser, problems } of Object.values(texts)) {
    const { dialog, get, create } = browser
    const refusals = Object.values(problems).map(({ detail }) => detail)
    const said = [dialog, get, create].flatMap((group) => Object.values<string>(group))
    const all = [...said, ...refusals]
    assert.deepEqual(
      all.filter((one, index) => !one || all.indexOf(one) !== index),
      [],
    )
  }
})

inBrowser('dialogs', { timeout: 300_000 }, (started) => {
  test('each exception of create() has its own sentence', async () => {
    const walker = await Walker.start(started, 'ja')
    await addAuthenticator(walker.page, { transport: 'internal' })
    await walker.openNameForm()
    await failWithEach(walker, 'ja', 'create', walker.words.newPasskey.name.submit)
    await walker.context.close()
  })

  test('each exception of get() has its own sentence', async () => {
    const walker = await Walker.start(started, 'en')
    await walker.holdPasskey(await addAuthenticator(walker.page, { transport: 'internal' }))
    await walker.open('/sign-in')
    await walker.givePassword()
    await walker.heading(walker.words.passkey.title).waitFor()
    await failWithEach(walker, 'en', 'get', walker.words.passkey.submit)
    await walker.context.close()
  })

  test('stopping is calm, the focus goes to the button, and trying again works', async () => {
    const walker = await Walker.start(started)
    const { passkey, newPasskey } = walker.words
    const authenticator = await addAuthenticator(walker.page, { transport: 'internal' })
    await walker.openNameForm()
    await authenticator.setPresence(false)
    await walker.button(newPasskey.name.submit).click()
    await walker.status().getByText(walker.words.browser.dialog.open).waitFor()
    await walker.button(passkey.stop).click()
    await saysCalmly(walker, walker.words.browser.dialog.stopped)
    assert.equal(await walker.button(passkey.stop).isVisible(), false)
    assert.equal(await focusedText(walker.page), newPasskey.name.submit)
    await authenticator.setPresence(true)
    await walker.button(newPasskey.name.submit).click()
    await walker.heading(newPasskey.done.title).waitFor()
    await walker.context.close()
  })

  test('while the dialog is open its drawing, the state and the way to stop are in view', async () => {
    const walker = await Walker.start(started)
    const { page, words } = walker
    const { name } = words.newPasskey
    const stop = walker.button(words.passkey.stop)
    await emulatePlatform(page, 'windows')
    const authenticator = await addAuthenticator(page, { transport: 'internal' })
    await authenticator.setPresence(false)
    await walker.openNameForm()
    for (const [width, height] of [
      [1280, 720],
      [375, 740],
      [320, 640],
    ] as const) {
      await page.setViewportSize({ width, height })
      for (const [device, first] of [
        ['thisComputer', words.drawings.alternatives.save],
        ['phone', words.drawings.alternatives.change],
      ] as const) {
        await walker.radio(name[device]).check()
        await walker.button(name.submit).click()
        await stop.waitFor()
        const drawing = page.getByRole('img', { name: first, exact: true })
        for (const one of [drawing, walker.status(), stop]) {
          const { y = -1, height: tall = 0 } = (await one.boundingBox()) ?? {}
          const inView = y >= 0 && y + tall <= height
          assert.ok(inView, `${one} is at ${y} of ${width} × ${height}`)
        }
        await stop.click()
        await saysCalmly(walker, words.browser.dialog.stopped)
      }
    }
    await walker.context.close()
  })

  test('not verified, timed out, nothing there, known already, and then it works', async () => {
    const walker = await Walker.start(started)
    const { create } = walker.words.browser
    const submit = walker.button(walker.words.newPasskey.name.submit)
    await walker.openNameForm()
    await webAuthnSession(walker.page)
    const restore = await shortenTimeout(walker.page, 1500)
    await submit.click()
    await saysCalmly(walker, create.timedOut)

    const authenticator = await addAuthenticator(walker.page, { transport: 'internal' })
    await authenticator.setPresence(false)
    await submit.click()
    await saysCalmly(walker, create.timedOut)
    await restore()

    await authenticator.setPresence(true)
    await authenticator.setUserVerified(false)
    await submit.click()
    await saysCalmly(walker, create.atOnce)
    await authenticator.setUserVerified(true)
    await submit.click()
    await walker.heading(walker.words.newPasskey.done.title).waitFor()

    await walker.open('/portal/passkeys/new')
    await walker.button(walker.words.newPasskey.prove.submit).click()
    await walker.giveCode()
    await walker.radio(walker.words.newPasskey.name.thisComputer).check()
    await submit.click()
    await walker.problem().getByText(create.invalidState).waitFor()
    assert.equal(await walker.page.evaluate(() => document.activeElement?.id), 'problem')
    await walker.context.close()
  })

  test('a browser without passkeys says so before and when the button is pressed', async () => {
    const walker = await Walker.start(started)
    await walker.page.addInitScript(() => {
      Reflect.deleteProperty(window, 'PublicKeyCredential')
    })
    const { dialog } = walker.words.browser
    await walker.openNameForm()
    await walker.page
      .locator('[data-check=this-device]')
      .getByText(facts.browser.none.says.ja)
      .waitFor()
    await walker.button(walker.words.newPasskey.name.submit).click()
    await walker.problem().getByText(dialog.unsupported).waitFor()
    await walker.context.close()
  })
})

async function failWithEach(
  walker: Walker,
  language: Language,
  method: 'create' | 'get',
  submit: string,
): Promise<void> {
  const { dialog, ...groups } = texts[language].browser
  const words: Readonly<Record<string, string>> = { ...dialog, ...groups[method] }
  for (const [name, key] of faults) {
    await failNext(walker.page, method, name)
    await walker.button(submit).click()
    await walker
      .problem()
      .getByText(words[key] ?? key, { exact: true })
      .waitFor()
    assert.equal(await walker.page.evaluate(() => document.activeElement?.id), 'problem')
  }
  for (const [delay, key] of [
    [0, 'atOnce'],
    [1100, 'notAllowed'],
  ] as const) {
    await failNext(walker.page, method, 'NotAllowedError', delay)
    await walker.button(submit).click()
    await saysCalmly(walker, words[key] ?? key)
  }
}

/** Makes the page's dialog end in one way until the page is left. */
function failNext(page: Page, method: 'create' | 'get', name: string, delay = 0): Promise<void> {
  return page.evaluate(
    ([method, name, delay]) => {
      navigator.credentials[method] = async () => {
        await new Promise((resolve) => setTimeout(resolve, delay))
        throw name === 'TypeError' ? new TypeError() : new DOMException('', name)
      }
    },
    [method, name, delay] as const,
  )
}

async function shortenTimeout(page: Page, timeout: number): Promise<() => Promise<void>> {
  const address = '**/options'
  await page.route(address, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...(await response.json()), timeout } })
  })
  return () => page.unroute(address)
}

async function saysCalmly(walker: Walker, sentence: string): Promise<void> {
  await walker.status().getByText(sentence, { exact: true }).waitFor()
  assert.equal(await walker.problem().textContent(), '')
}

function focusedText(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.activeElement?.textContent?.trim())
}
