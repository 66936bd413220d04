// The way back from a stop where the holder has a passkey that is older than it, and has signed in with a younger one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { days, minutes } from '../../src/kernel/clock.ts'
import type { Language } from '../../src/kernel/http/language.ts'
import { inspect } from '../support/browser/accessible.ts'
import { addAuthenticator } from '../support/browser/browser.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'
import { accountRecord } from '../support/checks/records.ts'
import { holderOfPasskey, registerFurtherPasskey } from '../support/world/ceremonies.ts'
import { proveChange } from '../support/world/changes.ts'
import { signInWithPasskey, switchFactor } from '../support/world/journeys.ts'
import { expectStatus } from '../support/world/world.ts'

const aaguid = '00000000-0000-0000-0000-000000000000'

inBrowser('the lifting of a stop', { timeout: 300_000, stillClock: true }, (started) => {
  /** Stopped a while ago, with a passkey of each side of the stop in the browser; signed in with the younger one. */
  async function stopped(language: Language, ago: number) {
    const { world } = started
    const old = world.authenticator({ algorithm: -7 })
    const key = world.authenticator({ algorithm: -7, aaguid, transports: ['usb'] })
    const holder = await holderOfPasskey(world, old)
    const { account, client, passkey } = holder
    await switchFactor(client, old, passkey.id, 'passkey')
    expectStatus(await client.post('/api/stop', { level: 'trading' }), 204)
    world.advance(minutes)
    const younger = await registerFurtherPasskey(world, holder, key, 'YubiKey')
    world.advance(ago)
    const session = await signInWithPasskey(world, account, key, younger.id)
    await proveChange(session, { authenticator: key, passkey: younger })
    const walker = await Walker.start(started, language, { account })
    const inComputer = await addAuthenticator(walker.page, { transport: 'internal' })
    for (const credential of old.credentials) await inComputer.add(credential)
    const onKey = await addAuthenticator(walker.page, { transport: 'usb' })
    for (const credential of key.credentials) await onKey.add(credential)
    await walker.takeOver(session)
    await walker.open('/portal/stop')
    await walker.heading(walker.words.stop.liftTitle).waitFor()
    return walker
  }

  const levelOf = async ({ account }: Walker) =>
    (await accountRecord(started.world, account)).stop_level

  for (const language of ['ja', 'en'] as const) {
    test(`until the wait is over the older passkey lifts it, ${language}`, async () => {
      const walker = await stopped(language, 0)
      const { page, words, context } = walker
      await page.getByText(words.stop.liftBy.olderPasskey).waitFor()
      assert.equal(await page.getByLabel(words.ownChanges.present, { exact: true }).count(), 0)
      await inspect(page, `lifting by the older passkey, ${language}`)
      await walker.button(words.stop.lift).click()
      await walker.heading(words.portal.title).waitFor()
      assert.equal(await levelOf(walker), null)
      await context.close()
    })

    test(`then the younger one does too, with the password, ${language}`, async () => {
      const walker = await stopped(language, days)
      const { page, words, context } = walker
      const present = page.getByLabel(words.ownChanges.present, { exact: true })
      await page.getByText(words.stop.liftBy.olderPasskey).waitFor()
      await inspect(page, `lifting by either passkey, ${language}`)
      // Without a password the passkey is to be chosen anew; the younger one alone is not enough.
      await walker.button(words.stop.lift).click()
      await page.locator('#change-proof').waitFor()
      await inspect(page, `either passkey, the proof, ${language}`)
      const chosen = page.locator('#change-proof label.choice')
      assert.equal(await chosen.count(), 2)
      await chosen.filter({ hasText: 'YubiKey' }).click()
      await walker.button(words.changeProof.submit).click()
      await walker.problem().getByText(words.problems.password_wrong.title).waitFor()
      assert.equal(await levelOf(walker), 'trading')
      await present.fill(walker.account.password)
      await walker.button(words.stop.lift).click()
      await walker.heading(words.portal.title).waitFor()
      assert.equal(await levelOf(walker), null)
      await context.close()
    })
  }

  test('the older one needs no password then either', async () => {
    const walker = await stopped('ja', days)
    const { page, words, context } = walker
    await walker.button(words.stop.lift).click()
    await page.locator('#change-proof').waitFor()
    const old = page.locator('#change-proof label.choice').filter({ hasText: 'Windows' })
    assert.equal(await old.getByRole('radio').isChecked(), true)
    await walker.button(words.changeProof.submit).click()
    await walker.heading(words.portal.title).waitFor()
    assert.equal(await levelOf(walker), null)
    await context.close()
  })
})
