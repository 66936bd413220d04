// What support has closed, and what it is to do, as the customer sees it: a suspended passkey is shown and not offered,
// and what waits is shown at every step and cancelled by pressing. The operators' acts are real ones.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { Language } from '../../src/kernel/http/language.ts'
import { inspect } from '../support/browser/accessible.ts'
import { addAuthenticator, emulatePlatform, type Locator } from '../support/browser/browser.ts'
import { hidden, sizes } from '../support/browser/in-sight.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'
import { accountRecord } from '../support/checks/records.ts'
import { holderOfPasskey, registerFurtherPasskey } from '../support/world/ceremonies.ts'
import { switchFactor } from '../support/world/journeys.ts'
import { approve, askedFor, pairAtDesk, why, type AtDesk } from '../support/world/requests.ts'
import { expectStatus, type TestAccount } from '../support/world/world.ts'

inBrowser('suspended and pending', { timeout: 300_000 }, (started) => {
  let agent: AtDesk
  let approver: AtDesk
  before(async () => {
    const { world } = started
    ;({ agent, approver } = await pairAtDesk(world, { SEKISHO_RECOVERY_WAIT_HOURS: '1' }))
  })

  /** A person with a passkey on a phone that is gone, and another one in this browser. */
  async function holderOfTwo(language: Language, factor: 'email' | 'passkey') {
    const { world } = started
    const phone = world.authenticator({ algorithm: -7, transports: ['hybrid'] })
    const key = world.authenticator({ algorithm: -7, aaguid, transports: ['usb'] })
    const holder = await holderOfPasskey(world, phone)
    await registerFurtherPasskey(world, holder, key, 'YubiKey')
    const { account, client, passkey } = holder
    if (factor === 'passkey') await switchFactor(client, phone, passkey.id, factor)
    const walker = await Walker.start(started, language, { account })
    const own = await addAuthenticator(walker.page, { transport: 'usb' })
    for (const credential of key.credentials) await own.add(credential)
    return { walker, account, gone: passkey }
  }

  const idOf = async (account: TestAccount) => (await accountRecord(started.world, account)).id

  async function approved(account: TestAccount, act: object): Promise<string> {
    const { id } = await askedFor(agent, { accountId: await idOf(account), ...act })
    expectStatus(await approve(approver, id), 200)
    return id
  }

  const changeEmail = ({ email }: TestAccount) => ({ act: 'change-email', email: `new-${email}` })

  /** The page as it opens on a laptop and on a phone: nothing is hidden from anybody, and the action is in sight. */
  async function look({ page }: Walker, state: string, ...actions: readonly Locator[]) {
    for (const { platform, ...size } of sizes) {
      await emulatePlatform(page, platform)
      await page.setViewportSize(size)
      await page.evaluate(() => scrollTo(0, 0))
      for (const action of actions) await action.waitFor()
      assert.deepEqual(await hidden(actions), [], `${state}, ${size.width} × ${size.height}`)
    }
    await emulatePlatform(page, 'windows')
    await page.setViewportSize({ width: 1280, height: 720 })
    await inspect(page, state)
  }

  const card = ({ page, words }: Walker) =>
    page.getByRole('region', { name: words.pending.title, exact: true })
  const row = ({ page }: Walker, name: string) => page.locator('li.item', { hasText: name })

  for (const language of ['ja', 'en'] as const) {
    const named = (state: string) => `${state}, ${language}`

    test(named('a suspended passkey is shown to its holder, and not offered'), async () => {
      const { walker, account, gone } = await holderOfTwo(language, 'passkey')
      const { page, words, context } = walker
      const address = `/api/accounts/${await idOf(account)}/passkeys/${gone.id}/suspend`
      const { reason, ticket } = why
      expectStatus(await agent.client.post(address, { reason, ticket }), 204)
      await walker.open('/sign-in')
      await walker.givePassword()
      await walker.heading(words.passkey.title).waitFor()
      assert.equal(await page.getByRole('radio').count(), 1)
      assert.equal(await walker.radio(new RegExp(gone.name)).count(), 0)
      await walker.button(words.passkey.submit).click()
      await walker.heading(words.portal.title).waitFor()
      const suspended = row(walker, words.portal.passkeySuspended)
      await suspended.locator('.item-name', { hasText: gone.name }).waitFor()
      await suspended.getByText(words.portal.passkeySuspendedText).waitFor()
      assert.equal(await suspended.getByRole('button').count(), 0)
      assert.equal(await card(walker).count(), 0)
      await look(walker, named('portal with a suspended passkey'))
      await context.close()
    })

    test(named('what waits is cancelled from the portal with a passkey'), async () => {
      const { walker, account } = await holderOfTwo(language, 'email')
      const { page, words, context } = walker
      const { pending } = words
      const id = await approved(account, changeEmail(account))
      await walker.open('/sign-in')
      await walker.givePassword()
      await walker.heading(words.emailCode.title).waitFor()
      await card(walker).getByText(pending.acts['change-email']).waitFor()
      await card(walker).getByText(pending.atCode).waitFor()
      assert.equal(await card(walker).getByRole('button').count(), 0)
      await look(walker, named('code, something waits'), walker.button(words.emailCode.submit))
      await walker.giveCode()
      await walker.heading(words.portal.title).waitFor()
      await card(walker).getByText(pending.ifNot).waitFor()
      const link = card(walker).getByRole('link', { name: pending.cancel, exact: true })
      await look(walker, named('portal, something waits'), link)
      await link.click()
      await page.waitForURL(`**/portal/pending/${id}`)
      await walker.heading(pending.pageTitle).waitFor()
      await look(walker, named('cancel: the proof'), walker.button(pending.submit))
      await walker.radio(/YubiKey/).check()
      await walker.button(pending.submit).click()
      await page.getByText(pending.confirm).waitFor()
      await look(walker, named('cancel: the confirmation'), walker.button(pending.cancel))
      await walker.button(pending.cancel).click()
      await walker.heading(pending.done).waitFor()
      await page.getByText(pending.doneText).waitFor()
      await look(walker, named('cancelled'), walker.heading(pending.done))
      await walker.open('/portal')
      await walker.heading(words.portal.title).waitFor()
      assert.equal(await card(walker).count(), 0)
      await context.close()
    })

    test(named('a removal is cancelled at the sign-in, by the other passkey'), async () => {
      const { walker, account, gone } = await holderOfTwo(language, 'passkey')
      const { page, words, context } = walker
      const { pending } = words
      const id = await approved(account, { act: 'remove-passkey', passkeyId: gone.id })
      await walker.open('/sign-in')
      await walker.givePassword()
      await walker.heading(words.passkey.title).waitFor()
      await card(walker).getByText(pending.atPasskey).waitFor()
      const cancel = card(walker).getByRole('button', { name: pending.cancel, exact: true })
      await look(
        walker,
        named('passkey, something waits'),
        cancel,
        walker.button(words.passkey.submit),
      )
      await cancel.click()
      await page.waitForURL(`**/portal/pending/${id}`)
      await walker.button(pending.cancel).click()
      await walker.heading(pending.done).waitFor()
      await walker.open('/portal')
      const suspended = row(walker, words.portal.passkeySuspended)
      await suspended.locator('.item-name', { hasText: gone.name }).waitFor()
      assert.equal(await card(walker).count(), 0)
      await context.close()
    })

    test(named('without a passkey that may be used the sign-in says whom to call'), async () => {
      const { world } = started
      const { account, client, authenticator, passkey } = await holderOfPasskey(world)
      await switchFactor(client, authenticator, passkey.id, 'passkey')
      await approved(account, { act: 'remove-passkey', passkeyId: passkey.id })
      const walker = await Walker.start(started, language, { account })
      const { page, words, context } = walker
      const faults: string[] = []
      page.on('pageerror', ({ message }) => faults.push(message))
      await walker.open('/sign-in')
      await walker.givePassword()
      await walker.heading(words.passkey.title).waitFor()
      const told = page.getByText(words.pending.noPasskey)
      await card(walker).getByText(words.pending.cannot).waitFor()
      assert.equal(await walker.button(words.passkey.submit).count(), 0)
      assert.equal(await card(walker).getByRole('button').count(), 0)
      await look(walker, named('no passkey is left'), told)
      assert.deepEqual(faults, [])
      await walker.button(words.passkey.giveUp).click()
      await walker.heading(words.signIn.title).waitFor()
      await context.close()
    })

    test(named('who has no passkey that it does not concern is told to call'), async () => {
      const { world } = started
      const account = await world.addAccount()
      const id = await approved(account, changeEmail(account))
      const walker = await Walker.start(started, language, { account })
      const { page, words, context } = walker
      await walker.signInByEmail()
      await walker.open(`/portal/pending/${id}`)
      await page.locator('#stage').getByText(words.pending.cannot).waitFor()
      await look(walker, named('cannot be cancelled here'), walker.heading(words.pending.pageTitle))
      await context.close()
    })
  }
})

/** Of no known make: Windows Hello, which the first passkey is in, is no second one. */
const aaguid = '00000000-0000-0000-0000-000000000000'
