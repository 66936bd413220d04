// Where a passkey can be kept, said before; where it was kept, said after; and what is offered then.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { facts } from '../../src/text/environments.ts'
import {
  addAuthenticator,
  emulatePlatform,
  type AuthenticatorOptions,
  type Page,
} from '../support/browser/browser.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'

type Note =
  | 'managerInstead'
  | 'phoneInstead'
  | 'otherPhoneInstead'
  | 'computerInstead'
  | 'securityKey'
  | 'onlyDevice'
type Kept = 'this-device' | 'synced' | 'phone' | 'security-key'

interface Outcome {
  readonly on?: 'android'
  readonly chosen: 'thisComputer' | 'phone' | 'thisPhone'
  readonly authenticator: AuthenticatorOptions
  readonly aaguid?: string
  readonly place: string
  readonly kept: Kept
  readonly notes: readonly Note[]
}

const synced = { defaultBackupEligibility: true, defaultBackupState: true }
const windowsHello = '08987058-cadc-4b81-b6e1-30de50dcbe96'
const googlePasswordManager = 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4'

const outcomes: Readonly<Record<string, Outcome>> = {
  'as chosen and recommended': {
    chosen: 'thisComputer',
    authenticator: { transport: 'internal' },
    aaguid: windowsHello,
    place: 'Windows Hello',
    kept: 'this-device',
    notes: ['onlyDevice'],
  },
  'a password manager on Windows': {
    chosen: 'thisComputer',
    authenticator: { transport: 'internal', ...synced },
    aaguid: googlePasswordManager,
    place: 'Google パスワード マネージャー',
    kept: 'synced',
    notes: ['managerInstead'],
  },
  'a phone instead of the PC': {
    chosen: 'thisComputer',
    authenticator: { transport: 'hybrid', ...synced },
    aaguid: 'fbfc3007-154e-4ecc-8c0b-6e020557d7bd',
    place: 'iCloudキーチェーン',
    kept: 'phone',
    notes: ['phoneInstead'],
  },
  'the PC instead of a phone': {
    chosen: 'phone',
    authenticator: { transport: 'internal' },
    aaguid: windowsHello,
    place: 'Windows Hello',
    kept: 'this-device',
    notes: ['computerInstead', 'onlyDevice'],
  },
  'a security key': {
    chosen: 'thisComputer',
    authenticator: { transport: 'usb' },
    place: 'セキュリティキー',
    kept: 'security-key',
    notes: ['securityKey', 'onlyDevice'],
  },
  'a phone, as chosen, and synced': {
    chosen: 'phone',
    authenticator: { transport: 'hybrid', ...synced },
    place: 'スマートフォン',
    kept: 'phone',
    notes: [],
  },
  'another phone instead of this one': {
    on: 'android',
    chosen: 'thisPhone',
    authenticator: { transport: 'hybrid', ...synced },
    aaguid: googlePasswordManager,
    place: 'Google パスワード マネージャー',
    kept: 'phone',
    notes: ['otherPhoneInstead'],
  },
}

inBrowser('places', { timeout: 300_000 }, (started) => {
  for (const [title, outcome] of Object.entries(outcomes)) {
    test(`after: ${title}`, async () => {
      const walker = await Walker.start(started)
      const { page, words } = walker
      await emulatePlatform(page, outcome.on ?? 'windows')
      await addAuthenticator(page, outcome.authenticator)
      await nameMaker(page, outcome.aaguid)
      await walker.openNameForm()
      await walker.register(outcome.chosen)
      const { done } = words.newPasskey
      await page.locator('[data-fact=place]').getByText(outcome.place, { exact: true }).waitFor()
      await page.getByText(done.kept[outcome.kept], { exact: true }).waitFor()
      const shown = await page.locator('#stage p.notice:visible').allTextContents()
      assert.deepEqual(
        shown,
        outcome.notes.map((note) => done.notes[note]),
      )
      const another = page.getByRole('link', { name: done.another, exact: true })
      assert.equal(await another.isVisible(), outcome.notes.length > 0)
      await walker.context.close()
    })
  }

  test('before: Windows Hello ready, not set up, and on a phone its screen lock', async () => {
    const walker = await Walker.start(started)
    const { check } = walker.words.browser
    const { thisComputer } = walker.words.newPasskey.name
    await emulatePlatform(walker.page, 'windows')
    await walker.openNameForm()
    await stateOf(walker.page, 'this-device', 'missing', facts.own.windows.says.ja)
    await stateOf(walker.page, 'phone', 'unknown', check.bluetoothUnknown)
    await walker.page
      .getByText(check.checkBluetooth, { exact: true })
      .waitFor({ state: 'attached' })
    const detected = check.detected.replace('{device}', 'Windows 11')
    await walker.page.getByText(detected).waitFor({ state: 'attached' })

    await addAuthenticator(walker.page, { transport: 'internal' })
    await walker.page.reload()
    await stateOf(walker.page, 'this-device', 'ready', walker.words.newPasskey.helloReady)
    assert.equal(await walker.radio(thisComputer).isChecked(), true)

    await emulatePlatform(walker.page, 'android')
    await walker.page.reload()
    await stateOf(walker.page, 'this-device', 'ready', walker.words.newPasskey.lockReady)
    assert.equal(await walker.page.locator('[data-check]').count(), 1)
    await walker.context.close()
  })

  test('before: Bluetooth where the browser tells of it', async () => {
    const walker = await Walker.start(started)
    const { check } = walker.words.browser
    await walker.openNameForm()
    for (const [bluetooth, hybridTransport, state, words] of [
      [false, undefined, 'missing', check.bluetoothMissing],
      [true, undefined, 'ready', check.bluetoothReady],
      [true, false, 'unknown', check.bluetoothUnknown],
      [undefined, true, 'ready', check.bluetoothReady],
      [undefined, undefined, 'unknown', check.bluetoothUnknown],
    ] as const) {
      const page = await walker.context.newPage()
      await page.addInitScript(
        ([bluetooth, hybridTransport]) => {
          const getAvailability = async () => bluetooth
          const value = bluetooth === undefined ? undefined : { getAvailability }
          Object.defineProperty(navigator, 'bluetooth', { value })
          const capabilities = hybridTransport === undefined ? {} : { hybridTransport }
          PublicKeyCredential.getClientCapabilities = async () => capabilities
        },
        [bluetooth, hybridTransport] as const,
      )
      await page.goto(`${started.world.origin}/portal/passkeys/new`)
      await stateOf(page, 'phone', state, words)
      await page.close()
    }
    await walker.context.close()
  })

  test('a phone that was used on a PC leads to one offer, which can be put away', async () => {
    const walker = await Walker.start(started)
    const { page, words } = walker
    const { portal, passkey } = words
    await emulatePlatform(page, 'windows')
    const phone = await addAuthenticator(page, { transport: 'hybrid' })
    await walker.openNameForm()
    await walker.register('phone')
    await walker.switchToPasskey()
    const offer = walker.button(portal.offer.accept)
    const signIn = async () => {
      await walker.context.clearCookies()
      await walker.open('/sign-in')
      await walker.givePassword()
      await walker.button(passkey.submit).click()
      await walker.heading(portal.title).waitFor()
      await page.waitForLoadState('networkidle')
    }
    await signIn()
    assert.equal(await offer.isVisible(), false, 'this PC could not hold one')
    const own = await addAuthenticator(page, { transport: 'internal' })
    await own.setPresence(false)
    await page.reload()
    await offer.waitFor()
    await page.reload()
    await offer.waitFor()
    await walker.button(portal.offer.decline).click()
    await offer.waitFor({ state: 'hidden' })
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1')
    await page.reload({ waitUntil: 'networkidle' })
    assert.equal(await offer.isVisible(), false, 'it was put away')

    await page.evaluate(() => localStorage.clear())
    await signIn()
    await offer.waitFor()
    await walker.button(portal.signOut).click()
    await walker.heading(words.signIn.title).waitFor()
    await signIn()
    assert.equal(await offer.isVisible(), false, 'it was made once')

    await page.evaluate(() => localStorage.clear())
    await signIn()
    await offer.click()
    await page.waitForURL('**/portal/passkeys/new')
    assert.equal((await phone.credentials()).length, 1)
    await walker.context.close()
  })
})

/**
 * Lets the new passkey come from that maker's authenticator: all virtual ones have one AAGUID, which
 * stands behind the hash of the RP ID, the flags and the counter (WebAuthn §6.1), and is not signed.
 */
async function nameMaker(page: Page, aaguid = '00000000-0000-0000-0000-000000000000') {
  await page.route('**/api/passkeys', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    const answer = route.request().postDataJSON() as { response: { attestationObject: string } }
    const bytes = Buffer.from(answer.response.attestationObject, 'base64url')
    const rpIdHash = createHash('sha256').update('localhost').digest()
    bytes.set(Buffer.from(aaguid.replaceAll('-', ''), 'hex'), bytes.indexOf(rpIdHash) + 37)
    answer.response.attestationObject = bytes.toString('base64url')
    await route.continue({ postData: JSON.stringify(answer) })
  })
}

async function stateOf(page: Page, check: string, state: string, words: string): Promise<void> {
  const row = page.locator(`[data-check=${check}][data-state=${state}]`)
  await row.getByText(words, { exact: true }).waitFor({ state: 'attached' })
}
