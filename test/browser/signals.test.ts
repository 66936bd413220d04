// What the browser is told of passkeys that are gone, and pages that time or another tab has overtaken.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findAccount } from '../../src/domain/accounts/find.ts'
import { selectLivePasskeys } from '../../src/domain/passkeys/store.ts'
import { minutes } from '../../src/kernel/clock.ts'
import { removeLostPasskey } from '../../src/operations/support/remove-passkey.ts'
import { addAuthenticator, type Page } from '../support/browser/browser.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'

inBrowser('what is over', { timeout: 300_000, stillClock: true }, (started) => {
  test('a passkey that support removed disappears from the device after the sign-in', async () => {
    const walker = await Walker.start(started)
    const authenticator = await addAuthenticator(walker.page, { transport: 'internal' })
    await walker.takeOver(await walker.holdPasskey(authenticator, 'email'))
    await walker.open('/portal')
    await walker.page.waitForLoadState('networkidle')
    assert.equal((await authenticator.credentials()).length, 1)

    await removeAll(walker)
    await walker.signInByEmail()
    await eventually(async () => (await authenticator.credentials()).length === 0)
    await walker.context.close()
  })

  test('a device shows the names that the holder has now', async () => {
    const walker = await Walker.start(started)
    const { page, account } = walker
    const told = walker.context.exposeBinding('told', (_, details: object) => names.push(details))
    const names: object[] = []
    await told
    await page.addInitScript(() => {
      const { told } = globalThis as unknown as { told: (details: object) => void }
      Object.assign(PublicKeyCredential, {
        signalCurrentUserDetails: async (details: object) => told(details),
      })
    })
    await walker.signInByEmail()
    await eventually(async () => names.length > 0)
    const [{ name, displayName }] = names as [{ name: string; displayName: string }]
    assert.deepEqual([name, displayName], [account.loginId, account.displayName])
    await walker.context.close()
  })

  test('who signs in for another page than the portal has the list sent before', async () => {
    const walker = await Walker.start(started)
    const { page, words } = walker
    const authenticator = await addAuthenticator(page, { transport: 'internal' })
    await walker.holdPasskey(authenticator)
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await walker.open('/sign-in?continueTo=/portal/second-factor')
    await walker.givePassword()
    await walker.button(words.passkey.submit).click()
    await walker.heading(words.secondFactor.title).waitFor()
    assert.deepEqual(
      asked.filter((path) => /^.api.(sign-in.passkey|passkeys)$/.test(path)),
      ['/api/sign-in/passkey', '/api/passkeys'],
    )
    assert.equal((await authenticator.credentials()).length, 1)

    await removeAll(walker)
    await walker.context.clearCookies()
    await walker.open('/sign-in?continueTo=/portal/second-factor')
    await walker.givePassword()
    await walker.giveCode()
    await walker.heading(words.secondFactor.title).waitFor()
    await eventually(async () => (await authenticator.credentials()).length === 0)
    await walker.context.close()
  })

  test('a passkey that the server refused after it was made does not stay on the device', async () => {
    const walker = await Walker.start(started)
    const { page, words } = walker
    const authenticator = await addAuthenticator(page, { transport: 'internal' })
    await walker.openNameForm()
    await page.route('**/api/passkeys', async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      const answer = route.request().postDataJSON() as { response: { clientDataJSON: string } }
      const clientData = Buffer.from(answer.response.clientDataJSON, 'base64url').toString()
      const bent = clientData.replace('http://localhost', 'http://elsewhere')
      answer.response.clientDataJSON = Buffer.from(bent).toString('base64url')
      await route.continue({ postData: JSON.stringify(answer) })
    })
    await walker.button(words.newPasskey.name.submit).click()
    await walker.problem().getByText(words.problems.passkey_not_verified.title).waitFor()
    await eventually(async () => (await authenticator.credentials()).length === 0)
    await page.unroute('**/api/passkeys')
    await walker.button(words.newPasskey.name.submit).click()
    await walker.heading(words.newPasskey.done.title).waitFor()
    await page.waitForLoadState('networkidle')
    assert.equal((await authenticator.credentials()).length, 1)
    await walker.context.close()
  })

  test('a list is never sent while a passkey is being made in another tab', async () => {
    const walker = await Walker.start(started)
    const authenticator = await addAuthenticator(walker.page, { transport: 'internal' })
    await walker.openNameForm()
    await authenticator.setPresence(false)
    await walker.button(walker.words.newPasskey.name.submit).click()
    await walker.button(walker.words.passkey.stop).waitFor()
    const other = await walker.context.newPage()
    const asked: string[] = []
    other.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await other.goto(`${started.world.origin}/portal`, { waitUntil: 'networkidle' })
    assert.equal(asked.includes('/api/passkeys'), false)
    await walker.page.bringToFront()
    await walker.button(walker.words.passkey.stop).click()
    await authenticator.setPresence(true)
    await walker.button(walker.words.newPasskey.name.submit).click()
    await walker.heading(walker.words.newPasskey.done.title).waitFor()
    // While the first tab sends its own list, the other one has none to send.
    await eventually(async () => {
      await other.reload({ waitUntil: 'networkidle' })
      return asked.includes('/api/passkeys')
    })
    await walker.context.close()
  })

  test('a passkey of another account is told to be unknown, and the browser forgets it', async () => {
    const stranger = await Walker.start(started)
    const foreign = await addAuthenticator(stranger.page, { transport: 'internal' })
    await stranger.holdPasskey(foreign, 'email')

    const walker = await Walker.start(started)
    const own = await addAuthenticator(walker.page, { transport: 'internal' })
    await walker.takeOver(await walker.holdPasskey(own, 'email'))
    const [mine] = await own.credentials()
    await foreign.copyTo(own)
    const [theirs] = await foreign.credentials()
    await walker.open('/portal/second-factor')
    await walker.page.route('**/api/session/passkey/options', async (route) => {
      const response = await route.fetch()
      const options = (await response.json()) as { allowCredentials: object[] }
      const allowCredentials = options.allowCredentials.map((one) => ({ ...one, id: theirs?.id }))
      await route.fulfill({ response, json: { ...options, allowCredentials } })
    })
    const { secondFactor, browser } = walker.words
    await walker.radio(secondFactor.passkey).check()
    await walker.button(secondFactor.submit).click()
    await walker.problem().getByText(browser.get.unknownPasskey, { exact: true }).waitFor()
    await eventually(async () => {
      const ids = (await own.credentials()).map(({ id }) => id)
      return ids.length === 1 && ids[0] === mine?.id
    })
    await stranger.context.close()
    await walker.context.close()
  })

  test('of two tabs that register one wins, and the other says how to go on', async () => {
    const walker = await Walker.start(started)
    await addAuthenticator(walker.page, { transport: 'internal' })
    await walker.openNameForm()
    const second = await walker.context.newPage()
    await addAuthenticator(second, { transport: 'internal' })
    await second.goto(`${started.world.origin}/portal/passkeys/new`)
    await walker.page.bringToFront()
    await walker.register()
    await second.bringToFront()
    const { name, prove } = walker.words.newPasskey
    await second.getByRole('button', { name: name.submit, exact: true }).click()
    await second.locator('#problem strong').waitFor()
    const reopen = walker.words.browser.common.reopen
    await second.getByRole('link', { name: reopen, exact: true }).click()
    await second.getByText(prove.lead, { exact: true }).waitFor()
    await walker.context.close()
  })

  test('a code that expires: a warning, its sentence, a new one, and what was typed stays', async () => {
    const walker = await Walker.start(started)
    const { emailCode, problems, browser } = walker.words
    await walker.page.clock.install()
    await walker.open('/sign-in')
    await walker.givePassword()
    await walker.heading(emailCode.title).waitFor()
    const code = await walker.nextCode()
    await walker.textbox(emailCode.code).fill('１２ ３')
    await pass(walker.page, 9 * minutes + 10_000)
    await walker.page.getByText(browser.code.soon, { exact: true }).waitFor()
    await pass(walker.page, 1 * minutes)
    await walker.page.locator('#warning').getByText(browser.code.expired).waitFor()
    await walker.textbox(emailCode.code).fill(code)
    await walker.button(emailCode.submit).click()
    await walker.problem().getByText(problems.code_expired.detail).waitFor()
    await walker.button(emailCode.resend).click()
    await walker.status().getByText(/.+/).waitFor()
    assert.equal(await walker.textbox(emailCode.code).inputValue(), code)
    assert.equal(await walker.page.locator('#warning').isVisible(), false)
    // As it comes out of some mail programs and Japanese keyboards.
    const wide = [...(await walker.nextCode())].map((digit) =>
      String.fromCodePoint(0xff10 + Number(digit)),
    )
    await walker
      .textbox(emailCode.code)
      .fill(` ${wide.slice(0, 3).join('')}　${wide.slice(3).join('')}`)
    await walker.button(emailCode.submit).click()
    await walker.heading(walker.words.portal.title).waitFor()
    await walker.context.close()
  })

  test('the time to register runs out: the way back is shown, and the typed name is kept', async () => {
    const walker = await Walker.start(started)
    const { name, prove } = walker.words.newPasskey
    await addAuthenticator(walker.page, { transport: 'internal' })
    await walker.page.clock.install()
    await walker.openNameForm()
    await walker.textbox(name.name).fill('居間のパソコン')
    await pass(walker.page, 9 * minutes + 30_000)
    await walker.page.getByText(walker.words.browser.create.soon, { exact: true }).waitFor()
    await pass(walker.page, 1 * minutes)
    await walker.button(name.submit).click()
    await walker.problem().getByText(walker.words.problems.email_code_needed.title).waitFor()
    await walker.page.getByRole('link', { name: name.untilAgain }).click()
    await walker.button(walker.words.newPasskey.code.send).click()
    await walker.giveCode()
    await walker.textbox(name.name).waitFor()
    await walker.page.waitForLoadState()
    assert.equal(await walker.textbox(name.name).inputValue(), '居間のパソコン')
    assert.equal(await walker.page.getByText(prove.lead).count(), 0)
    await walker.context.close()
  })

  async function pass(page: Page, milliseconds: number): Promise<void> {
    started.world.advance(milliseconds)
    await page.clock.fastForward(milliseconds)
  }
})

/** What support does when the devices are lost. */
async function removeAll({ world, account: { loginId } }: Walker): Promise<void> {
  const account = await findAccount(world.deps, loginId)
  assert.ok(account)
  for (const { id } of await selectLivePasskeys(world.deps.db, account.id)) {
    await removeLostPasskey(world.deps, account, id, { name: 'suzuki', reason: 'lost' })
  }
}

async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    if (await isSo()) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('it did not come to be so within 5 seconds')
}
