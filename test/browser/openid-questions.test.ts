// The pages of the questions before an application is answered, and the portal's list of what is allowed.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { oidcTexts } from '../../src/text/oidc.ts'
import { inspect } from '../support/browser/accessible.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'
import { startApplication, type Application } from '../support/world/application.ts'
import { authorizationRequest, register } from '../support/world/relying-party.ts'

inBrowser('questions of OpenID Connect in Chromium', { timeout: 300_000 }, (started) => {
  let application: Application
  before(async () => {
    application = await startApplication()
  })
  after(() => application.stop())

  const callback = () => `${application.origin}/callback`
  const arrives = ({ page }: Walker) => page.waitForURL(`${application.otherOrigin}/arrived`)
  const heard = () => application.heard.at(-1)?.sent

  for (const language of ['ja', 'en'] as const) {
    const words = oidcTexts[language]

    test(`a program is signed in by one press, ${language}`, async () => {
      const program = await register(started.world, 'native', { redirectUris: [callback()] })
      const walker = await Walker.start(started, language)
      await walker.takeOver(await started.world.signIn(walker.account))
      const ask = async (more = {}) =>
        walker.open(
          (await authorizationRequest(program, { redirect_uri: callback(), ...more })).address,
        )
      await ask()
      await walker.heading(words.questions.loopback.title).waitFor()
      await inspect(walker.page, 'a program asks')
      await walker.page.getByRole('link', { name: words.questions.loopback.leave }).click()
      await arrives(walker)
      assert.equal(heard()?.get('error'), 'access_denied')
      await ask()
      await walker.button(words.questions.loopback.submit).click()
      await arrives(walker)
      assert.ok(heard()?.get('code'))
      await ask({ response_mode: 'form_post' })
      await arrives(walker)
      assert.ok(heard()?.get('code'), 'the second time nothing is asked')
      await walker.context.close()
    })

    test(`a third party is allowed, listed in the portal and taken back, ${language}`, async () => {
      const party = await register(started.world, 'web', {
        redirectUris: [callback()],
        thirdParty: true,
      })
      const walker = await Walker.start(started, language)
      const ask = async () =>
        walker.open((await authorizationRequest(party, { redirect_uri: callback() })).address)
      await ask()
      await walker.givePassword()
      await walker.giveCode()
      await walker.heading(words.questions['third-party'].title).waitFor()
      await inspect(walker.page, 'a third party asks')
      await walker.button(words.questions['third-party'].submit).click()
      await arrives(walker)
      assert.ok(heard()?.get('code'))

      const { takingBack, browser } = walker.words
      await walker.open('/portal')
      await walker.page.getByRole('heading', { name: takingBack.applications.title }).waitFor()
      await inspect(walker.page, 'the portal with an application')
      const end = walker.button(takingBack.applications.endName('NEOTRADER'))
      await end.click()
      await walker.giveCode()
      await walker.status().getByText(browser.portal.applicationEnded).waitFor()
      assert.equal(await end.count(), 0)
      await ask()
      await walker.heading(words.questions['third-party'].title).waitFor()
      await walker.context.close()
    })

    test(`another person takes over the request, ${language}`, async () => {
      const desk = await register(started.world, 'web', { redirectUris: [callback()] })
      const walker = await Walker.start(started, language)
      await walker.takeOver(await started.world.signIn(await started.world.addAccount()))
      await setSignedInAgo(1)
      const wish = { redirect_uri: callback(), prompt: 'select_account' }
      await walker.open((await authorizationRequest(desk, wish)).address)
      await walker.heading(words.questions.account.title).waitFor()
      await inspect(walker.page, 'who is it?')
      await walker.button(words.otherPerson).click()
      await walker.heading(walker.words.signIn.title).waitFor()
      await walker.givePassword()
      await walker.giveCode()
      await arrives(walker)
      assert.ok(heard()?.get('code'))
      await walker.context.close()
    })
  }

  async function setSignedInAgo(minutes: number): Promise<void> {
    const signed_in_at = Date.now() - minutes * 60_000
    await started.world.deps.db.updateTable('sessions').set({ signed_in_at }).execute()
  }
})
