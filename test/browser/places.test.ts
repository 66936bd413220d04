// Where a passkey can be kept, said before; where it was kept, said after; and what is offered then.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  addAuthenticator,
  emulatePlatform,
  type AuthenticatorOptions,
  type Page,
} from '../support/browser.ts'
import { startBrowserWorld, Walker } from '../support/walks.ts'

type Note = 'managerInstead' | 'phoneInstead' | 'computerInstead' | 'securityKey' | 'onlyDevice'
type Kept = 'keptThisDevice' | 'keptSynced' | 'keptPhone' | 'keptSecurityKey'

const synced = { defaultBackupEligibility: true, defaultBackupState: true }

const outcomes: readonly [
  string,
  'thisComputer' | 'phone',
  AuthenticatorOptions,
  Kept,
  readonly Note[],
][] = [
  ['as chosen', 'thisComputer', { transport: 'internal' }, 'keptThisDevice', ['onlyDevice']],
  [
    'a password manager on Windows',
    'thisComputer',
    { transport: 'internal', ...synced },
    'keptSynced',
    ['managerInstead'],
  ],
  [
    'a phone instead of the PC',
    'thisComputer',
    { transport: 'hybrid', ...synced },
    'keptPhone',
    ['phoneInstead'],
  ],
  [
    'the PC instead of a phone',
    'phone',
    { transport: 'internal' },
    'keptThisDevice',
    ['computerInstead', 'onlyDevice'],
  ],
  [
    'a security key',
    'thisComputer',
    { transport: 'usb' },
    'keptSecurityKey',
    ['securityKey', 'onlyDevice'],
  ],
]

describe('places', { timeout: 180_000 }, () => {
  let started: Awaited<ReturnType<typeof startBrowserWorld>>
  before(async () => {
    started = await startBrowserWorld()
  })
  after(async () => {
    await started.browser.close()
    await started.world.stop()
  })

  for (const [title, device, options, kept, notes] of outcomes) {
    test(`after: ${title}`, async () => {
      const walker = await Walker.start(started)
      await emulatePlatform(walker.page, 'windows')
      await addAuthenticator(walker.page, options)
      await walker.openNameForm()
      await walker.register(device)
      const { done } = walker.words.newPasskey
      await walker.page.getByText(walker.words.browser.done[kept], { exact: true }).waitFor()
      const shown = await walker.page.locator('#stage [data-note]:visible').allTextContents()
      const another = walker.page.getByRole('link', { name: done.another, exact: true })
      assert.deepEqual(
        shown.slice(0, -1).map(trim),
        notes.map((note) => done.notes[note]),
      )
      assert.equal(await another.isVisible(), true)
      await walker.context.close()
    })
  }

  test('before: Windows Hello ready, not set up, and on a phone its screen lock', async () => {
    const walker = await Walker.start(started)
    const { check } = walker.words.browser
    const { thisComputer } = walker.words.newPasskey.name
    await emulatePlatform(walker.page, 'windows')
    await walker.openNameForm()
    await stateOf(walker.page, 'this-device', 'missing', check.helloMissing)
    await stateOf(walker.page, 'phone', 'unknown', check.bluetoothUnknown)
    await walker.page.getByText(check.detected.replace('{device}', 'Windows 11')).waitFor()
    assert.equal(await walker.textbox(walker.words.newPasskey.name.name).inputValue(), 'Windows')

    await addAuthenticator(walker.page, { transport: 'internal' })
    await walker.page.reload()
    await stateOf(walker.page, 'this-device', 'ready', check.helloReady)
    assert.equal(await walker.radio(thisComputer).isChecked(), true)

    await emulatePlatform(walker.page, 'android')
    await walker.page.reload()
    await stateOf(walker.page, 'this-device', 'ready', check.lockReady)
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
    const { portal, passkey } = walker.words
    await emulatePlatform(walker.page, 'windows')
    const phone = await addAuthenticator(walker.page, { transport: 'hybrid' })
    await walker.openNameForm()
    await walker.register('phone')
    await walker.switchToPasskey()
    const own = await addAuthenticator(walker.page, { transport: 'internal' })
    await own.setPresence(false)
    const signIn = async () => {
      await walker.context.clearCookies()
      await walker.open('/sign-in')
      await walker.givePassword()
      await walker.button(passkey.submit).click()
      await walker.heading(portal.title).waitFor()
    }
    await signIn()
    await walker.button(portal.offer.accept).waitFor()
    await walker.button(portal.offer.decline).click()
    await walker.button(portal.offer.accept).waitFor({ state: 'hidden' })
    assert.equal(await walker.page.evaluate(() => document.activeElement?.tagName), 'H1')
    await signIn()
    await walker.page.waitForLoadState('networkidle')
    assert.equal(await walker.button(portal.offer.accept).isVisible(), false)

    await walker.page.evaluate(() => localStorage.clear())
    await signIn()
    await walker.button(portal.offer.accept).click()
    await walker.page.waitForURL('**/portal/passkeys/new')
    assert.equal((await phone.credentials()).length, 1)
    await walker.context.close()
  })
})

async function stateOf(page: Page, check: string, state: string, words: string): Promise<void> {
  const row = page.locator(`[data-check=${check}][data-state=${state}]`)
  await row.getByText(words, { exact: true }).waitFor()
}

function trim(text: string): string {
  return text.trim()
}
