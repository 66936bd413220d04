// Which passkey is selected (docs/screens.md, M6): what worked in this browser, else what fits the machine.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emulatePlatform } from '../support/browser/browser.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'
import { registerFurtherPasskey } from '../support/world/ceremonies.ts'
import { accountWithPasskey, signInWithPasskey } from '../support/world/journeys.ts'
import { until } from '../support/world/openid.ts'

const google = 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4'

inBrowser('the passkey that is selected', { timeout: 300_000 }, (started) => {
  /** Registered on a PC, whose own passkey is "Windows"; "Pixel" was the last to sign in, on a phone. */
  async function phoneUsedLast() {
    const { world } = started
    const holder = await accountWithPasskey(world)
    const pixel = world.authenticator({
      transports: ['internal', 'hybrid'],
      attachment: 'platform',
      aaguid: google,
      backupEligible: true,
    })
    const phone = await registerFurtherPasskey(world, holder, pixel, 'Pixel')
    // The PC's own signs in at the PC once more: what was registered there last would be known else.
    const { account, authenticator, passkey, client } = holder
    await signInWithPasskey(world, account, authenticator, passkey.id, client)
    world.advance(60_000)
    const handset = await signInWithPasskey(world, account, pixel, phone.id)
    return { account, pc: client, handset }
  }

  /** The passkey page on a machine, in a browser that holds these cookies' memory, or none. */
  async function atPasskeys(
    platform: 'windows' | 'android',
    { account, known }: { account: Walker['account']; known?: Parameters<Walker['takeOver']>[0] },
  ): Promise<Walker> {
    const walker = await Walker.start(started, 'ja', { account })
    await emulatePlatform(walker.page, platform)
    if (known) {
      await walker.takeOver(known)
      await walker.context.clearCookies({ name: /session/ })
    }
    await walker.open('/sign-in')
    await walker.givePassword()
    await walker.loaded(walker.words.passkey.title)
    return walker
  }

  const rows = ({ page }: Walker) => page.locator('.choice')
  const selected = ({ page }: Walker) => page.locator('.choice:has(:checked)').innerText()

  test('is the PC’s own at 8:59, although the phone’s was used at 7:30 and stands on top', async () => {
    const { account, pc, handset } = await phoneUsedLast()
    const atPc = await atPasskeys('windows', { account, known: pc })
    assert.match(await rows(atPc).first().innerText(), /^Pixel\s/)
    assert.match(await selected(atPc), /^Windows\s+この端末\n/)
    assert.equal(
      await atPc.page.evaluate(() => document.activeElement?.textContent?.trim()),
      '認証する',
    )
    await atPc.context.close()

    const atPhone = await atPasskeys('android', { account, known: handset })
    assert.match(await selected(atPhone), /^Pixel\s+この端末\n/)
    const drawn = (walker: Walker) => rows(walker).first().locator('svg').innerHTML()
    assert.match(await drawn(atPhone), /<rect x="7"/, 'a phone')
    const how = atPhone.page.getByText(atPhone.words.passkey.onPhone)
    assert.equal(await how.count(), 1)
    assert.equal(await atPhone.page.getByText(atPhone.words.passkey.phone).count(), 0)
    await atPhone.context.close()
  })

  test('has a phone’s icon in the portal of the phone that keeps it', async () => {
    const { account, client } = await accountWithPasskey(started.world)
    const walker = await Walker.start(started, 'ja', { account })
    await emulatePlatform(walker.page, 'android')
    await walker.takeOver(client)
    await walker.open('/portal')
    const row = walker.page.locator('.item').filter({ hasText: 'Windows' }).first()
    assert.match(await row.locator('svg').innerHTML(), /<rect x="7"/)
    await walker.context.close()
  })

  test('without a memory is the first that this kind of machine keeps, without a badge', async () => {
    const { account, passkey, authenticator, client } = await accountWithPasskey(started.world)
    const holder = { account, passkey, authenticator, client }
    const qr = started.world.authenticator({ transports: ['hybrid'], backupEligible: true })
    const phone = await registerFurtherPasskey(started.world, holder, qr, 'Phone')
    started.world.advance(60_000)
    await signInWithPasskey(started.world, account, qr, phone.id)
    for (const [platform, name] of [
      ['windows', /^Windows\n/],
      ['android', /^Phone\n/],
    ] as const) {
      const walker = await atPasskeys(platform, { account })
      assert.match(await rows(walker).first().innerText(), /^Phone\n/)
      assert.match(await selected(walker), name)
      await walker.context.close()
    }
  })

  test('after two failures another way is said, and another passkey is selected the next time', async () => {
    const { account, pc } = await phoneUsedLast()
    const walker = await atPasskeys('windows', { account, known: pc })
    assert.match(await selected(walker), /^Windows\s/)
    const { page, words } = walker
    const advice = page.locator('#other-way')
    await page.evaluate(() => {
      navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError'))
    })
    for (const shown of [false, true]) {
      await walker.button(words.passkey.submit).click()
      await walker.status().getByText(words.browser.get.atOnce, { exact: true }).waitFor()
      assert.equal(await advice.isVisible(), shown)
    }
    assert.equal((await advice.innerText()).trim(), words.passkey.otherWay)
    // This browser remembers it: the next time it selects the other one.
    await until(async () => {
      await page.reload()
      return /^Pixel\s/.test(await selected(walker)) || null
    })
    await walker.context.close()
  })

  test('stopping twice speaks against no passkey, nor does a server that cannot be reached', async () => {
    const { account, pc } = await phoneUsedLast()
    const walker = await atPasskeys('windows', { account, known: pc })
    const { page, words } = walker
    const told: string[] = []
    page.on('request', (request) => told.push(new URL(request.url()).pathname))
    await page.evaluate(() => {
      navigator.credentials.get = () => Promise.reject(new DOMException('', 'AbortError'))
    })
    for (let times = 1; times <= 3; times += 1) {
      await walker.button(words.passkey.submit).click()
      await walker.status().getByText(words.browser.dialog.stopped, { exact: true }).waitFor()
    }
    assert.equal(await page.locator('#other-way').isVisible(), false)
    await page.route('**/passkey/options', (route) => route.abort())
    for (let times = 1; times <= 3; times += 1) {
      await walker.button(words.passkey.submit).click()
      await walker.problem().getByText(words.browser.common.unreachable).waitFor()
    }
    assert.ok(await page.locator('#other-way').isVisible())
    assert.ok(told.includes('/api/sign-in/passkey/options'))
    assert.ok(!told.includes('/api/sign-in/passkey/failure'))
    await walker.context.close()
  })
})
