// A page that is signed in warns before its session ends, goes on at a press, and is covered when it is over.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours, minutes, seconds } from '../../src/kernel/clock.ts'
import { idleLifetime, longestLifetime, warnBeforeEnd } from '../../src/limits/sessions.ts'
import { inspect } from '../support/browser/accessible.ts'
import type { Page } from '../support/browser/browser.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'
import { proveChange } from '../support/world/changes.ts'
import { accountWithPasskey, signInWithPasskey } from '../support/world/journeys.ts'
import { expectStatus } from '../support/world/world.ts'

const addresses = [
  ...(['/portal', '/portal/passkeys/new', '/portal/second-factor'] as const),
  '/portal/second-factor?done=passkey',
] as const
const untilWarned = idleLifetime - warnBeforeEnd

inBrowser('the end of a session', { timeout: 300_000, stillClock: true }, (started) => {
  const start = async (language: 'ja' | 'en' = 'ja') => {
    const holder = await accountWithPasskey(started.world)
    const walker = await Walker.start(started, language, { account: holder.account })
    await walker.page.clock.install()
    await walker.takeOver(holder.client)
    return { ...holder, walker, ...walker }
  }
  /** What a page asks by itself has been answered then: it moves the end of the session. */
  const open = async (walker: Walker, path: string) => {
    await walker.open(path)
    await walker.page.waitForLoadState('networkidle')
  }
  /** Time goes by for the server and for all tabs of the walker. */
  const pass = async (page: Page, milliseconds: number) => {
    started.world.advance(milliseconds)
    await page.clock.fastForward(milliseconds)
  }
  const warning = (page: Page) => page.getByRole('dialog')
  const assertCovered = async (walker: Walker, why: string) => {
    await walker.heading(walker.words.sessionWatch.overTitle).waitFor()
    await walker.page.getByText(why, { exact: true }).waitFor()
    assert.equal(await warning(walker.page).count(), 0)
    const { overTitle, overNote } = walker.words.sessionWatch
    const lines = await walker.page.locator('main :is(h1, p):not(.actions)').allInnerTexts()
    assert.deepEqual(lines, [overTitle, why, overNote])
    const html = await walker.page.content()
    const { loginId, displayName } = walker.account
    for (const personal of [loginId, displayName, '<form']) assert.ok(!html.includes(personal))
    assert.equal(
      await walker.page.evaluate(() => document.activeElement?.tagName),
      'H1',
      'what is said there is read',
    )
  }

  for (const language of ['ja', 'en'] as const) {
    for (const address of addresses) {
      test(`${address} warns, goes on at Enter, and is covered in the end, ${language}`, async () => {
        const { walker, page, words, context } = await start(language)
        const { sessionWatch, browser, sessionEnds, signIn } = words
        await open(walker, address)
        await walker.page.locator('main .card').first().waitFor()
        await pass(page, untilWarned - 30 * seconds)
        assert.equal(await warning(page).count(), 0)
        await pass(page, 31 * seconds)
        await page.getByRole('dialog', { name: sessionWatch.title }).waitFor()
        await page.getByText(browser.session.idleText, { exact: true }).waitFor()
        const left = await page.locator('#session-left').innerText()
        const [, given] = /1\D+(\d+)/.exec(left) ?? []
        assert.equal(left, browser.session.endsIn.replace('{m}', '1').replace('{s}', given ?? ''))
        await inspect(page, `${address}, warned`)
        await page.keyboard.press('Enter')
        await warning(page).waitFor({ state: 'hidden' })
        await pass(page, untilWarned - 30 * seconds)
        assert.equal(await warning(page).count(), 0)
        await pass(page, 31 * seconds)
        await warning(page).waitFor()
        await page.keyboard.press('Escape')
        await warning(page).waitFor({ state: 'hidden' })

        await pass(page, untilWarned + 90 * seconds)
        await warning(page).waitFor()
        await pass(page, 31 * seconds)
        await assertCovered(walker, browser.session.overIdle)
        await inspect(page, `${address}, covered`)
        await page.getByRole('link', { name: sessionWatch.signIn }).click()
        await walker.button(signIn.submit).waitFor()
        await page.getByText(sessionEnds.run_out, { exact: true }).waitFor()
        const query = address === '/portal' ? '' : `?continueTo=${encodeURIComponent(address)}`
        assert.equal(page.url(), `${started.world.origin}/sign-in${query}`)
        await context.close()
      })
    }

    test(`at twelve hours it says that there is nothing to extend, ${language}`, async () => {
      const { walker, client, page, words, context } = await start(language)
      const { sessionWatch, browser } = words
      for (let looks = 0; looks < 24; looks += 1) {
        started.world.advance(29 * minutes)
        expectStatus(await client.get('/api/session'), 200)
      }
      await open(walker, '/portal')
      await pass(page, longestLifetime - 24 * 29 * minutes - 115 * seconds)
      await page.getByText(browser.session.lastText, { exact: true }).waitFor()
      assert.equal(await walker.button(sessionWatch.goOn).count(), 0)
      await inspect(page, 'warned of the twelve hours')
      await walker.button(sessionWatch.dismiss).press('Enter')
      await pass(page, 30 * seconds)
      assert.equal(await warning(page).count(), 0, 'it is said once')
      await pass(page, 90 * seconds)
      await assertCovered(walker, browser.session.overLongest)
      await context.close()
    })
  }

  test('work in one tab silences the other, and a press in one goes for all', async () => {
    const { walker, page, words, context } = await start()
    await open(walker, '/portal')
    const other = await context.newPage()
    await other.goto(`${started.world.origin}/portal/second-factor`)
    await pass(page, untilWarned + 1 * seconds)
    await Promise.all([warning(page).waitFor(), warning(other).waitFor()])
    await other.reload()
    await warning(page).waitFor({ state: 'hidden' })
    await pass(page, untilWarned + 1 * seconds)
    await Promise.all([warning(page).waitFor(), warning(other).waitFor()])
    await walker.button(words.sessionWatch.goOn).click()
    await warning(other).waitFor({ state: 'hidden' })
    await context.close()
  })

  test('a tab that nobody uses asks the server nothing, and keeps no session alive', async () => {
    const { walker, client, page, words, context } = await start()
    await open(walker, '/portal')
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    for (let minute = 0; minute < 30; minute += 1) await pass(page, 1 * minutes)
    await assertCovered(walker, words.browser.session.overIdle)
    const ends = asked.map((url) => new URL(url).pathname)
    assert.deepEqual(ends, ['/api/session/end'], 'only whether it is over')
    expectStatus(await client.get('/api/session'), 401)
    await context.close()
  })

  test('signing out in one tab covers the others, and so does the sign-in of another person', async () => {
    const { walker, page, words, context } = await start()
    await open(walker, '/portal/second-factor')
    const other = await context.newPage()
    await other.goto(`${started.world.origin}/portal`)
    await other.getByRole('button', { name: words.portal.signOut, exact: true }).click()
    await other.waitForURL('**/sign-in')
    await assertCovered(walker, words.browser.session.overSignedOut)

    const second = await accountWithPasskey(started.world)
    await walker.takeOver(second.client)
    await open(walker, '/portal')
    started.world.advance(1 * seconds)
    const third = await accountWithPasskey(started.world)
    await walker.takeOver(third.client)
    await other.goto(`${started.world.origin}/portal`)
    await assertCovered(walker, words.browser.session.overReplaced)
    await page.getByRole('link', { name: words.browser.common.reopen }).click()
    await walker.heading(words.portal.title).waitFor()
    await context.close()
  })

  test('a page believes no end that the server does not know of: use elsewhere, a wrong clock, an older page', async () => {
    const { walker, client, page, words, context } = await start()
    await open(walker, '/portal')
    await walker.button(words.portal.register).and(page.locator(':enabled')).waitFor()
    const isAlive = async () => {
      await page.waitForResponse('**/api/session/end')
      await walker.button(words.portal.register).and(page.locator(':enabled')).waitFor()
      assert.equal(await warning(page).count(), 0)
    }
    await pass(page, 20 * minutes)
    expectStatus(await client.get('/api/session'), 200)
    await Promise.all([isAlive(), pass(page, 11 * minutes)])

    await Promise.all([isAlive(), page.clock.fastForward(3 * hours)])

    const older = await context.newPage()
    await older.goto(`${started.world.origin}/help`)
    const share = () => localStorage.setItem('sekisho.session', '1000 2000')
    await Promise.all([isAlive(), older.evaluate(share)])
    await context.close()
  })

  test('a session that was ended elsewhere covers the page at the next press, or look at the tab', async () => {
    for (const notice of ['press', 'look'] as const) {
      const { walker, client, account, authenticator, passkey, page, words, context } =
        await start()
      await open(walker, '/portal')
      await walker.button(words.portal.register).and(page.locator(':enabled')).waitFor()
      const { sessions } = expectStatus(
        await client.get<{ sessions: { id: string }[] }>('/api/sessions'),
        200,
      )
      const other = await signInWithPasskey(started.world, account, authenticator, passkey.id)
      await proveChange(other, { authenticator, passkey })
      expectStatus(await other.delete(`/api/sessions/${sessions[0]?.id}`), 204)
      if (notice === 'press') await walker.button(words.portal.register).click()
      else {
        await page.clock.fastForward(2 * minutes)
        await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
      }
      await assertCovered(walker, words.sessionEnds.elsewhere)
      await context.close()
    }
  })

  for (const waking of ['visibilitychange', 'pageshow'] as const) {
    test(`a tab that slept over the end looks at the clock at ${waking}`, async () => {
      const { walker, page, words, context } = await start()
      await page.addInitScript(() => {
        window.setInterval = (() => 0) as unknown as typeof setInterval
      })
      await open(walker, '/portal')
      await walker.button(words.portal.register).and(page.locator(':enabled')).waitFor()
      started.world.advance(2 * hours)
      await page.clock.fastForward(2 * hours)
      await walker.heading(words.portal.title).waitFor()
      await page.evaluate((name) => {
        const target = name === 'pageshow' ? window : document
        target.dispatchEvent(new Event(name))
      }, waking)
      await assertCovered(walker, words.browser.session.overIdle)
      await context.close()
    })
  }
})
