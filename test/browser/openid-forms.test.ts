// What Chromium makes of the forms between an application and its sign-in: it holds `form-action` against
// every hop that follows one.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { oidcTexts } from '../../src/text/oidc.ts'
import { inspect } from '../support/browser/accessible.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'
import { startApplication, type Application } from '../support/world/application.ts'
import {
  authorizationRequest,
  redeem,
  register,
  type RelyingParty,
} from '../support/world/relying-party.ts'

inBrowser('forms of OpenID Connect in Chromium', { timeout: 300_000 }, (started) => {
  let application: Application
  let desk: RelyingParty
  before(async () => {
    application = await startApplication()
    desk = await register(started.world, 'web', {
      redirectUris: [`${application.origin}/callback`],
      postLogoutRedirectUris: [`${application.origin}/signed-out`],
    })
  })
  after(() => application.stop())

  async function signedIn(language: 'ja' | 'en' = 'ja'): Promise<Walker> {
    const walker = await Walker.start(started, language)
    walker.page.setDefaultTimeout(15_000)
    await walker.takeOver(await started.world.signIn(walker.account))
    return walker
  }

  const request = (parameters: Record<string, string> = {}) =>
    authorizationRequest(desk, {
      redirect_uri: `${application.origin}/callback`,
      response_mode: 'form_post',
      ...parameters,
    })

  const arrives = ({ page }: Walker) => page.waitForURL(`${application.otherOrigin}/arrived`)

  test('`form_post` brings the code and every error to the application, and goes on', async () => {
    const walker = await signedIn()
    const asked = await request()
    await walker.open(asked.address)
    await arrives(walker)
    const { asked: how, sent } = application.heard.at(-1) ?? {}
    assert.equal(how, 'POST /callback')
    const arrived = new URL(`${application.origin}/callback?${sent?.toString()}`)
    assert.ok((await redeem(desk, arrived, asked)).access_token)

    for (const [parameters, error] of [
      [{ prompt: 'none', acr_values: 'phr' }, 'login_required'],
      [{ acr_values: 'gold' }, 'unmet_authentication_requirements'],
      [{ max_age: '-1' }, 'invalid_request'],
      [{ response_type: 'token' }, 'unsupported_response_type'],
    ] as const) {
      await walker.open((await request({ ...parameters, state: 'a"&<b>' })).address)
      await arrives(walker)
      const { asked: how, sent } = application.heard.at(-1) ?? {}
      assert.equal(how, 'POST /callback')
      assert.equal(sent?.get('error'), error)
      assert.equal(sent?.get('state'), 'a"&<b>')
      assert.equal(sent?.get('iss'), started.world.origin)
      await walker.open('/portal')
    }
    await walker.context.close()
  })

  for (const language of ['ja', 'en'] as const) {
    test(`where no script runs a button sends it, ${language}`, async () => {
      const walker = await signedIn(language)
      const words = oidcTexts[language]
      await walker.page.route('**/assets/hand-over*.js', (route) => route.abort())
      await walker.open((await request()).address)
      await walker.heading(words.goOnTitle).waitFor()
      await inspect(walker.page, 'handed over')
      await walker.button(words.goOnLink).click()
      await arrives(walker)
      assert.ok(application.heard.at(-1)?.sent.get('code'))
      await walker.context.close()
    })
  }

  for (const choice of ['logoutYes', 'logoutNo'] as const) {
    test(`a sign-out leads back to wherever the application leads on, ${choice}`, async () => {
      const walker = await signedIn()
      const query = new URLSearchParams({
        client_id: desk.clientId,
        post_logout_redirect_uri: `${application.origin}/signed-out`,
        state: 'a"&b;\'',
      })
      await walker.open(`/oauth2/logout?${query.toString()}`)
      await walker.button(oidcTexts.ja[choice]).click()
      await arrives(walker)
      const { asked, sent } = application.heard.at(-1) ?? {}
      assert.equal(asked, 'GET /signed-out')
      assert.equal(sent?.get('state'), 'a"&b;\'')
      await walker.open('/portal')
      const path = choice === 'logoutYes' ? '/sign-in' : '/portal'
      assert.equal(new URL(walker.page.url()).pathname, path)
      await walker.context.close()
    })
  }
})
