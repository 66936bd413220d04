// The chooser (docs/screens.md, M6), which dialog its rows and the registration's choice bring up, and how
// the dialog of a sign-in ends.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatTime, zoneIn } from '../../src/kernel/time.ts'
import { addAuthenticator, emulatePlatform, type Page } from '../support/browser/browser.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'
import { registerFurtherPasskey } from '../support/world/ceremonies.ts'
import { registerFirstPasskey, switchFactor } from '../support/world/journeys.ts'
import { expectStatus } from '../support/world/world.ts'

const google = 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4'
const apple = 'fbfc3007-154e-4ecc-8c0b-6e020557d7bd'
const noAaguid = '00000000-0000-0000-0000-000000000000'

/** The name, the authenticator, its place in Japanese, and the dialog to begin with. */
const kinds = [
  ['セキュリティ鍵', { transports: ['usb'], aaguid: noAaguid }, 'セキュリティキー', []],
  [
    'iPhone',
    { transports: ['internal', 'hybrid'], attachment: 'cross-platform', aaguid: apple },
    'iCloudキーチェーン',
    ['hybrid'],
  ],
  ['古い電話', { transports: ['hybrid'], aaguid: noAaguid }, 'スマートフォン', ['hybrid']],
  [
    'Chrome',
    { transports: ['internal', 'hybrid'], attachment: 'platform', aaguid: google },
    'Google パスワード マネージャー',
    [],
  ],
  ['Windows', { transports: ['internal'] }, 'Windows Hello', ['client-device']],
] as const

inBrowser('the chooser', { timeout: 300_000 }, (started) => {
  /** An account with a passkey of each kind; the last of them, Windows Hello, was used last. */
  async function collector() {
    const { world } = started
    const account = await world.addAccount()
    const client = await world.signIn(account)
    const [first, ...others] = kinds.toReversed()
    assert.ok(first)
    const hello = world.authenticator({ transports: [...first[1].transports] })
    const passkey = await registerFirstPasskey(world, client, account, hello, first[0])
    const holder = { account, client, passkey, authenticator: hello }
    for (const [name, { transports, ...settings }] of others) {
      const other = world.authenticator({ ...settings, transports: [...transports] })
      await registerFurtherPasskey(world, holder, other, name)
    }
    await switchFactor(client, hello, passkey.id, 'passkey')
    return { account, client }
  }

  test('each row has name, place and time, and brings up the dialog that its passkey needs', async () => {
    const { account, client } = await collector()
    const walker = await Walker.start(started, 'ja', { account })
    const { page, words } = walker
    await noteCalls(page)
    await walker.open('/sign-in')
    await walker.givePassword()
    await walker.heading(words.passkey.title).waitFor()
    await page.getByRole('heading', { name: words.passkey.elsewhereTitle }).waitFor()

    const answer = await client.get<{ passkeys: Listed[] }>('/api/passkeys')
    const listed = expectStatus(answer, 200).passkeys
    const radios = page.getByRole('radio')
    assert.equal(await radios.count(), kinds.length)
    assert.equal(await radios.first().isChecked(), true)
    assert.match(await row(page, 0), /^Windows\n/)
    for (const [name, , place, hints] of kinds) {
      const found = listed.find((one) => one.name === name)
      assert.ok(found)
      const time = formatTime(found.lastUsedAt ?? found.createdAt, zoneIn('ja', 'Asia/Tokyo'))
      const accessibleName = `${name} 最終更新日：${time} 保存先：${place}`
      await page.getByRole('radio', { name: accessibleName, exact: true }).check()
      await walker.button(words.passkey.submit).click()
      await walker.status().getByText(words.browser.get.atOnce, { exact: true }).waitFor()
      const { publicKey, signal } = await lastCall(page)
      assert.deepEqual(publicKey.hints, hints, name)
      assert.equal(publicKey.allowCredentials?.length, 1)
      assert.equal(signal, true)
    }
    await walker.context.close()
  })

  test('the choice at the registration brings up its dialog, and hides no other way', async () => {
    const walker = await Walker.start(started, 'en')
    const { page, words } = walker
    await emulatePlatform(page, 'windows')
    await noteCalls(page)
    await walker.openNameForm()
    for (const [device, hint] of [
      ['phone', 'hybrid'],
      ['thisComputer', 'client-device'],
    ] as const) {
      await walker.radio(words.newPasskey.name[device]).check()
      await walker.button(words.newPasskey.name.submit).click()
      await walker.status().getByText(words.browser.create.atOnce, { exact: true }).waitFor()
      const { publicKey, signal, mediation } = await lastCall(page)
      assert.deepEqual(publicKey.hints, [hint])
      assert.equal(publicKey.authenticatorSelection?.authenticatorAttachment, undefined)
      assert.equal(signal, true)
      assert.equal(mediation, undefined)
    }
    await walker.context.close()
  })

  test('stopped, out of time, not recognised: calm, uncounted, and then it works', async () => {
    const walker = await Walker.start(started)
    const { page, words, world, account } = walker
    const { get, dialog } = words.browser
    const authenticator = await addAuthenticator(page, { transport: 'internal' })
    await walker.holdPasskey(authenticator)
    await walker.open('/sign-in')
    await walker.givePassword()
    const submit = walker.button(words.passkey.submit)
    const saysCalmly = async (sentence: string) => {
      await walker.status().getByText(sentence, { exact: true }).waitFor()
      assert.equal(await walker.problem().textContent(), '')
      assert.equal(
        await page.evaluate(() => document.activeElement?.textContent?.trim()),
        '認証する',
      )
    }
    await authenticator.setPresence(false)
    await submit.click()
    await walker.status().getByText(dialog.open, { exact: true }).waitFor()
    await walker.button(words.passkey.stop).click()
    await saysCalmly(dialog.stopped)

    await page.route('**/options', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...(await response.json()), timeout: 1200 } })
    })
    await submit.click()
    await saysCalmly(get.timedOut)
    await page.unroute('**/options')

    await authenticator.setPresence(true)
    await authenticator.setUserVerified(false)
    await submit.click()
    await saysCalmly(get.atOnce)
    await authenticator.setUserVerified(true)
    // In the middle of it all the page is loaded again.
    await page.reload()
    await submit.click()
    await walker.heading(words.portal.title).waitFor()
    await page.getByText(words.activity.authn_login_success).first().waitFor()
    assert.equal(await page.getByText(words.activity.authn_passkey_fail).count(), 0)
    assert.equal(
      world.log.some((line) => line.includes(account.password)),
      false,
    )

    // The steps behind are over: the back button leads to where the sign-in has led.
    await page.goBack()
    await walker.heading(words.portal.title).waitFor()
    await walker.context.close()
  })
})

interface Listed {
  readonly name: string
  readonly createdAt: string
  readonly lastUsedAt: string | null
}

interface Call {
  readonly publicKey: {
    readonly hints?: string[]
    readonly allowCredentials?: object[]
    readonly authenticatorSelection?: { readonly authenticatorAttachment?: string }
  }
  readonly signal: boolean
  readonly mediation?: string
}

/** Notes what the browser is asked for; each dialog is closed at once. */
function noteCalls(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    const note = async ({ publicKey, signal, mediation }: CredentialRequestOptions) => {
      const call = { publicKey, signal: signal instanceof AbortSignal, mediation }
      Object.assign(window, { lastCall: call })
      throw new DOMException('', 'NotAllowedError')
    }
    navigator.credentials.get = note as typeof navigator.credentials.get
    navigator.credentials.create = note as typeof navigator.credentials.create
  })
}

function lastCall(page: Page): Promise<Call> {
  return page.evaluate(() => (window as unknown as { lastCall: Call }).lastCall)
}

function row(page: Page, index: number): Promise<string> {
  return page.locator('.choice').nth(index).innerText()
}
