// The trading desk's pages in every state, and those of ours that stand between it and the sign-in, as
// `accessible.test.ts` looks at all others.
import { after, before, describe, mock, test } from 'node:test'
import { startDesk, type RunningDesk } from '../../examples/trading-desk/desk.ts'
import { texts as deskTexts } from '../../examples/trading-desk/texts.ts'
import { oidcTexts } from '../../src/text/oidc.ts'
import { inspect } from '../support/browser/accessible.ts'
import { addAuthenticator } from '../support/browser/browser.ts'
import { startBrowserWorld, Walker } from '../support/browser/walks.ts'
import { freePort } from '../support/world/processes.ts'
import { startTradingDesk } from '../support/world/trading-desk.ts'

describe('accessible, the trading desk', { timeout: 230_000 }, () => {
  let started: Awaited<ReturnType<typeof startBrowserWorld>>
  let desk: RunningDesk
  before(async () => {
    started = await startBrowserWorld()
    desk = await startTradingDesk(started.world)
  })
  after(async () => {
    await started.browser.close()
    await desk.stop()
    await started.world.stop()
  })

  /** A trading desk whose sign-in does not answer. */
  async function startLonelyDesk(): Promise<RunningDesk> {
    const [port, nobody] = [await freePort(), await freePort()]
    const [origin, issuer] = [`http://localhost:${port}`, `http://localhost:${nobody}`]
    const client = { clientId: 'none', clientSecret: 'none', demoHoldMinutes: null }
    return startDesk({ origin, port, issuer, ...client })
  }

  /** The desk's own request, with the wish for a sign-in made anew, and a proof that is too old for it. */
  async function freshRequest(language: string): Promise<string> {
    await started.world.deps.db
      .updateTable('sessions')
      .set({ proven_at: Date.now() - 60_000 })
      .execute()
    const headers = { 'accept-language': language }
    const answer = await fetch(`${desk.origin}/sign-in`, { headers, redirect: 'manual' })
    const address = new URL(answer.headers.get('location') ?? '')
    address.searchParams.set('prompt', 'login')
    return address.href
  }

  for (const language of ['ja', 'en'] as const) {
    test(`all pages in all states, ${language}`, async () => {
      const walker = await Walker.start(started, language)
      const { page } = walker
      page.setDefaultTimeout(15_000)
      await addAuthenticator(page, { transport: 'internal' })
      const all = deskTexts[language]
      const { landing, trading, withdrawal, sale, startAgain, notFound, failed, signOut } = all
      const words = oidcTexts[language]
      const open = (path: string) => page.goto(desk.origin + path)
      const signIn = () => page.getByRole('link', { name: landing.signIn, exact: true }).click()
      const withdraw = async (amount: string) => {
        await walker.textbox(withdrawal.count).fill(amount)
        await walker.button(withdrawal.submit).click()
      }
      const leave = () => page.getByRole('link', { name: words.leave, exact: true }).click()

      await open('/')
      await inspect(page, 'landing')
      await open('/no/such/page')
      await walker.heading(notFound.title).waitFor()
      await inspect(page, 'not found')
      await open('/callback?code=x&state=y')
      await walker.heading(startAgain.title).waitFor()
      await inspect(page, 'start again')
      await open('/')
      await signIn()
      await walker.heading(walker.words.signIn.title).waitFor()
      await inspect(page, 'sign-in for an application with a logo')
      await page.getByRole('link', { name: walker.words.signIn.close, exact: true }).click()
      await page.getByText(landing.givenUp).waitFor()
      await inspect(page, 'given up')

      await signIn()
      await walker.givePassword()
      await walker.giveCode()
      await walker.heading(trading.title).waitFor()
      await inspect(page, 'trading screen')
      await page.getByRole('link', { name: trading.withdraw, exact: true }).click()
      await inspect(page, 'withdrawal')
      await withdraw('no number')
      await page.getByText(withdrawal.notACount).waitFor()
      await inspect(page, 'not an amount')
      await withdraw('1000')
      await walker.heading(words.noPasskeyTitle).waitFor()
      await inspect(page, 'no passkey')
      await leave()
      await page.getByText(withdrawal.notProven).waitFor()
      await inspect(page, 'not proven')
      await page.goto(await freshRequest(language))
      await walker.heading(words.againTitle).waitFor()
      await inspect(page, 'sign in again')

      await walker.open('/portal')
      await walker.openRegistration()
      await walker.register()
      await open('/withdrawal')
      await withdraw('1000')
      await page.getByText(all.bars.reasons['first_passkey'] ?? '').waitFor()
      await inspect(page, 'held')
      await started.world.deps.db.updateTable('accounts').set({ hold_until: null }).execute()
      await withdraw('999999999')
      await walker.heading(words.stepUpTitle).waitFor()
      await inspect(page, 'step-up')
      await walker.button(words.stepUpSubmit).click()
      await page.getByText(withdrawal.proven).waitFor()
      await inspect(page, 'proven')
      await withdraw('999999999')
      await page.getByText(withdrawal.tooMuch).waitFor()
      await inspect(page, 'too much')
      await withdraw('1000')
      await walker.heading(withdrawal.doneTitle).waitFor()
      await inspect(page, 'withdrawn')
      await open('/')
      await page.getByRole('heading', { name: trading.made }).waitFor()
      await inspect(page, 'trading screen with a withdrawal')

      const stop = (level: 'trading' | null) =>
        started.world.deps.db.updateTable('accounts').set({ stop_level: level }).execute()
      await page
        .getByRole('link', { name: /^(売却（|Sell )/ })
        .first()
        .click()
      await walker.heading(sale.title).waitFor()
      await walker.textbox(sale.count).fill('0')
      await walker.button(sale.submit).click()
      await page.getByText(sale.notACount).waitFor()
      await inspect(page, 'sale, not a quantity')
      await stop('trading')
      await walker.textbox(sale.count).fill('100')
      await walker.button(sale.submit).click()
      await page.getByText(sale.stopped).waitFor()
      await inspect(page, 'sale, stopped')
      await stop(null)
      await walker.button(sale.submit).click()
      await page.getByText(all.bars.reasons['young_factor'] ?? '').waitFor()
      await page.getByText(all.bars.knownBrowser).waitFor()
      await inspect(page, 'sale, a young passkey in a new browser')
      await started.world.deps.db.updateTable('sessions').set({ factor_since: null }).execute()
      await walker.button(sale.submit).click()
      await walker.heading(sale.doneTitle).waitFor()
      await inspect(page, 'sold')
      await open('/')

      await walker.open('/oauth2/logout')
      await walker.heading(words.logoutTitle).waitFor()
      await inspect(page, 'sign out?')
      await open('/')
      await walker.button(signOut).click()
      await page.getByText(landing.signedOut).waitFor()
      await inspect(page, 'signed out')
      await walker.open('/oauth2/logout/success')
      await walker.heading(words.loggedOutTitle).waitFor()
      await inspect(page, 'signed out, without a way back')
      await walker.open('/oauth2/interaction/nothing-here')
      await walker.heading(walker.words.applicationFailures.interaction_over.title).waitFor()
      await inspect(page, 'expired')
      await walker.open('/oauth2/authorize?client_id=nobody')
      await walker.heading(walker.words.applicationFailures.application_refused.title).waitFor()
      await inspect(page, 'refused')

      const quiet = mock.method(console, 'error', () => {})
      const lonely = await startLonelyDesk()
      await page.goto(`${lonely.origin}/sign-in`)
      await walker.heading(failed.title).waitFor()
      await inspect(page, 'the sign-in is down')
      await lonely.stop()
      quiet.mock.restore()
      await walker.context.close()
    })
  }
})
