// The way through the product that the manual describes, from the first sign-in by e-mail to the list of
// passkeys: with the clock standing still, so that it looks the same each time.
import { minutes } from '../../src/kernel/clock.ts'
import type { Language } from '../../src/kernel/http/language.ts'
import type { Environment } from '../../src/settings/environment.ts'
import { addAuthenticator, emulatePlatform, type Page } from '../support/browser/browser.ts'
import { startBrowserWorld, Walker } from '../support/browser/walks.ts'
import { until } from '../support/world/openid.ts'
import type { World, WorldOptions } from '../support/world/world.ts'

const settings: Environment = {
  SEKISHO_BRAND: 'Sekisho 証券',
  SEKISHO_SUPPORT_PHONE: '0120-000-000',
  SEKISHO_LINK_TERMS: 'https://www.example.jp/terms',
  SEKISHO_LINK_FAQ: 'https://www.example.jp/faq',
  SEKISHO_LINK_PRECAUTIONS: 'https://www.example.jp/precautions',
  SEKISHO_LINK_MAINTENANCE: 'https://www.example.jp/maintenance',
  SEKISHO_LINK_HOME: 'https://www.example.jp/',
  SEKISHO_LINK_FORGOTTEN: 'https://www.example.jp/forgotten',
  SEKISHO_LINK_REMOVAL: 'https://www.example.jp/removal',
  SEKISHO_LINK_PASSKEY_FAQ: 'https://www.example.jp/passkeys',
}

const holder = { ja: '田中 花子', en: 'Hanako Tanaka' }

// As Windows Hello and Apple name themselves to sites.
const windowsHello = '08987058-cadc-4b81-b6e1-30de50dcbe96'
const applePasswords = 'fbfc3007-154e-4ecc-8c0b-6e020557d7bd'

type Stop = (id: string, page: Page) => Promise<void>

/** An installation with a clock that stands still, and a Chromium; `env` is what looks otherwise. */
export function startManualWorld({ env = {}, ...options }: Omit<WorldOptions, 'origin'> = {}) {
  const startsAt = new Date('2026-01-09T09:30:00+09:00')
  return startBrowserWorld({ ...options, startsAt, stillClock: true, env: { ...settings, ...env } })
}

/** Walks once, in one language, and stops at each pictured step. */
export async function walkManual(language: Language, stop: Stop, env?: Environment): Promise<void> {
  const started = await startManualWorld({ env })
  const { browser, world } = started
  let place = ''
  try {
    const account = await world.addAccount('hanako', holder[language])
    const walker = await Walker.start(started, language, {
      account,
      viewport: { width: 960, height: 800 },
      deviceScaleFactor: 2,
    })
    const { page } = walker
    page.setDefaultTimeout(20_000)
    await walk(walker, async (id) => {
      place = id
      await settle(page)
      await stop(id, page)
    })
  } catch (cause) {
    throw new Error(`the walk got no further than ${place}`, { cause })
  } finally {
    await browser.close()
    await world.stop()
  }
}

/** How many mails have not been taken yet: a page says when they were. */
async function waitingMails({ deps: { db } }: World): Promise<number> {
  const waiting = db.selectFrom('outbox').select('id').where('sent_at', 'is', null)
  return (await waiting.execute()).length
}

async function walk(walker: Walker, see: (id: string) => Promise<void>): Promise<void> {
  const { page, world, words } = walker
  const { newPasskey, portal, secondFactor, passkey } = words
  const wait = async (time: number) => {
    world.advance(time)
    await page.clock.setFixedTime(world.now)
  }

  /** Before the clock goes on, the mail has left, and the page has compared its clock with the server's. */
  const waitForResend = async () => {
    await until(async () => (await waitingMails(world)) === 0)
    await page.locator('#resend-wait:not(:empty)').waitFor()
    await wait(1 * minutes)
  }

  await emulatePlatform(page, 'windows')
  await page.addInitScript(() => {
    PublicKeyCredential.getClientCapabilities = async () => ({ hybridTransport: true })
  })
  const computer = await addAuthenticator(page, { transport: 'internal' })
  await keepIn(page, windowsHello)
  await wait(0)

  await walker.open('/sign-in')
  await see('signIn')
  await walker.givePassword()
  await walker.heading(words.emailCode.title).waitFor()
  await waitForResend()
  await see('emailCode')
  await walker.giveCode()
  await walker.heading(portal.title).waitFor()
  await see('begin')

  await walker.button(portal.register).click()
  await walker.textbox(words.emailCode.code).waitFor()
  await waitForResend()
  await see('code')
  await walker.giveCode()
  await seeNameForm(walker, 'thisComputer')
  await see('computerName')
  await walker.register('thisComputer')
  await see('computerDone')

  await wait(5 * minutes)
  await walker.open('/portal/passkeys/new')
  await walker.button(newPasskey.prove.submit).click()
  await walker.giveCode()
  await seeNameForm(walker, 'phone')
  await see('phoneName')
  await computer.setPresence(false)
  const phone = await addAuthenticator(page, {
    ...{ transport: 'hybrid', defaultBackupEligibility: true, defaultBackupState: true },
  })
  await keepIn(page, applePasswords)
  await walker.register('phone')
  await see('phoneDone')

  await wait(22 * minutes)
  await phone.setPresence(false)
  await computer.setPresence(true)
  await walker.open('/portal/second-factor')
  await walker.radio(secondFactor.passkey).check()
  await see('factor')
  await walker.button(secondFactor.submit).click()
  await walker.button(secondFactor.chooserSubmit).click()
  await walker.heading(secondFactor.doneTitle).waitFor()
  await see('factorDone')

  await walker.open('/portal')
  await see('removal')
  await walker.context.clearCookies()
  await wait(60 * minutes)
  await walker.open('/sign-in')
  await walker.givePassword()
  await walker.heading(passkey.title).waitFor()
  await see('passkeyChoose')
  await see('passkeyNotes')
}

/** Waits until nothing is in hand any more, and lets no cursor stand in a field. */
async function settle(page: Page): Promise<void> {
  await page.locator('main button:disabled').first().waitFor({ state: 'hidden' })
  const mail = page.locator('#mail')
  if ((await mail.count()) > 0) await mail.getByText(/\d:\d\d:\d\d/).waitFor()
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
}

/** Waits until the form for the name has found out what it runs on. */
async function seeNameForm(walker: Walker, device: 'thisComputer' | 'phone'): Promise<void> {
  await walker.textbox(walker.words.newPasskey.name.name).waitFor()
  await walker.page.locator('#detected:not(:empty)').waitFor({ state: 'attached' })
  await walker.radio(walker.words.newPasskey.name[device]).check()
}

/**
 * Lets passkeys be made by that authenticator: a virtual one has no name that customers know. Without
 * attestation nothing is signed at registration, so the AAGUID can be put into the answer on its way.
 */
async function keepIn(page: Page, aaguid: string): Promise<void> {
  const virtual = Buffer.from('01020304050607080102030405060708', 'hex')
  const named = Buffer.from(aaguid.replaceAll('-', ''), 'hex')
  await page.unroute('**/api/passkeys')
  await page.route('**/api/passkeys', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    const answer = route.request().postDataJSON() as { response: { attestationObject: string } }
    const bytes = Buffer.from(answer.response.attestationObject, 'base64url')
    named.copy(bytes, bytes.indexOf(virtual))
    answer.response.attestationObject = bytes.toString('base64url')
    await route.continue({ postData: answer })
  })
}
