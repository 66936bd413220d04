// Every page in every state, in both languages, light and dark: axe finds nothing, nothing is lost at
// 320 pixels (a window of 1280 at 400 %, or of 640 at 200 %), and each contract label is one control.
import assert from 'node:assert/strict'
import { AxeBuilder } from '@axe-core/playwright'
import { after, before, describe, test } from 'node:test'
import { addAuthenticator, emulatePlatform, type Page } from '../support/browser.ts'
import { startBrowserWorld, Walker } from '../support/walks.ts'

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

describe('accessible', { timeout: 180_000 }, () => {
  let started: Awaited<ReturnType<typeof startBrowserWorld>>
  before(async () => {
    started = await startBrowserWorld()
  })
  after(async () => {
    await started.browser.close()
    await started.world.stop()
  })

  for (const language of ['ja', 'en'] as const) {
    test(`all pages in all states, ${language}`, async () => {
      const walker = await Walker.start(started, language)
      const { page, words } = walker
      const { signIn, emailCode, newPasskey, passkey, secondFactor, portal } = words
      await emulatePlatform(page, 'windows')
      const own = await addAuthenticator(page, { transport: 'internal' })

      await walker.open('/no/such/page')
      await inspect(page, 'not found')
      await walker.open('/sign-in')
      await inspect(page, 'sign-in')
      await walker.textbox(signIn.loginId).fill('nobody')
      await page.getByLabel(signIn.password, { exact: true }).fill('not the password')
      await walker.button(signIn.submit).click()
      await walker.problem().getByText(words.problems.sign_in_refused.title).waitFor()
      await inspect(page, 'sign-in refused')

      await walker.givePassword()
      await walker.heading(emailCode.title).waitFor()
      await inspect(page, 'e-mail code')
      await walker.button(emailCode.submit).click()
      await walker.problem().getByText(words.browser.code.format).waitFor()
      await inspect(page, 'e-mail code refused')
      await walker.giveCode()
      await walker.heading(portal.title).waitFor()
      await inspect(page, 'portal without passkeys')

      await walker.open('/portal/second-factor')
      await inspect(page, 'second factor without passkeys')
      await walker.open('/portal/passkeys/new')
      await inspect(page, 'registration before the code')
      await walker.button(newPasskey.code.send).click()
      await walker.textbox(emailCode.code).waitFor()
      await inspect(page, 'registration, code')
      await walker.giveCode()
      await walker.textbox(newPasskey.name.name).waitFor()
      await inspect(page, 'registration, this computer')
      await walker.radio(newPasskey.name.phone).check()
      await inspect(page, 'registration, phone')
      await walker.radio(newPasskey.name.thisComputer).check()
      await own.setPresence(false)
      await walker.button(newPasskey.name.submit).click()
      await walker.button(passkey.stop).waitFor()
      await inspect(page, 'registration, dialog open')
      await walker.button(passkey.stop).click()
      await walker.status().getByText(words.browser.dialog.stopped).waitFor()
      await inspect(page, 'registration, stopped')
      await walker.textbox(newPasskey.name.name).fill('')
      await walker.button(newPasskey.name.submit).click()
      await walker.problem().getByText(words.browser.create.nameEmpty).waitFor()
      await inspect(page, 'registration, name refused')
      await walker.textbox(newPasskey.name.name).fill('Windows')
      await own.setPresence(true)
      await walker.button(newPasskey.name.submit).click()
      await walker.heading(newPasskey.done.title).waitFor()
      await inspect(page, 'registered')

      await walker.open('/portal/passkeys/new')
      await inspect(page, 'registration, proof')
      await walker.open('/portal/second-factor')
      await inspect(page, 'second factor')
      await walker.radio(secondFactor.passkey).check()
      await walker.button(secondFactor.submit).click()
      await walker.heading(secondFactor.doneTitle).waitFor()
      await inspect(page, 'second factor changed')
      await page.evaluate(() => {
        sessionStorage.setItem('sekisho.offer', 'yes')
        localStorage.clear()
      })
      await walker.open('/portal')
      await walker.button(portal.offer.accept).waitFor()
      await inspect(page, 'portal with a passkey and the offer')

      await walker.context.clearCookies()
      await walker.open('/sign-in')
      await walker.givePassword()
      await walker.heading(passkey.title).waitFor()
      await inspect(page, 'passkey')
      await own.setPresence(false)
      await walker.button(passkey.submit).click()
      await walker.button(passkey.stop).waitFor()
      await inspect(page, 'passkey, dialog open')
      await walker.context.close()
    })
  }
})

async function inspect(page: Page, state: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .withTags(standards)
    .analyze()
  await page.emulateMedia({ colorScheme: 'dark' })
  const inDark = await page.evaluate(contrastAgain)
  await page.emulateMedia({ colorScheme: 'light' })
  const found = [...violations, ...inDark].map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join()}`,
  )
  assert.deepEqual(found, [], state)

  const before = page.viewportSize() ?? { width: 1280, height: 720 }
  await page.setViewportSize({ width: 320, height: 640 })
  const { wide, small, cut } = await page.evaluate(measure)
  await page.setViewportSize(before)
  assert.ok(wide <= 320, `${state} is ${wide} pixels wide at 320`)
  assert.deepEqual(small, [], `${state}: targets of less than 24 pixels`)
  assert.deepEqual(cut, [], `${state}: cut off`)
}

/** Runs in the page, where axe still is: only colours differ between light and dark. */
async function contrastAgain(): Promise<{ id: string; nodes: { html: string }[] }[]> {
  const { axe } = window as unknown as {
    axe: {
      run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
    }
  }
  const { violations } = await axe.run({ runOnly: ['color-contrast'] })
  return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) }))
}

/** Runs in the page. A target's label counts as part of it; links within sentences are exempt. */
function measure(): { wide: number; small: string[]; cut: string[] } {
  const targets = document.querySelectorAll<HTMLElement>('button, input, main a, header a')
  const small = [...targets].filter((target) => {
    if (!target.checkVisibility()) return false
    const row = target instanceof HTMLInputElement ? target.closest('.choice, .check') : null
    const { width, height } = (row ?? target).getBoundingClientRect()
    return width < 24 || height < 24
  })
  const cut = [...document.querySelectorAll<HTMLElement>('main p, main li, h1, h2, button')].filter(
    (one) =>
      one.checkVisibility() &&
      !one.closest('.visually-hidden') &&
      one.getBoundingClientRect().right > 320,
  )
  const text = (one: HTMLElement) => `${one.tagName} ${one.id} ${one.textContent?.trim()}`
  return {
    wide: document.documentElement.scrollWidth,
    small: small.map(text),
    cut: cut.map(text),
  }
}
