// What a page says when its server refuses, waits, has forgotten the session or is not there: what
// happened, how long to wait, the way on; and what was typed stays.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes, seconds } from '../../src/kernel/clock.ts'
import { addAuthenticator, type Page } from '../support/browser/browser.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'
import { expectStatus } from '../support/world/world.ts'

inBrowser('refusals', { timeout: 300_000, stillClock: true }, (started) => {
  test('the server is away, then busy, then there: what was typed stays and is sent', async () => {
    const walker = await Walker.start(started)
    const { page, words, account } = walker
    await walker.open('/sign-in')
    await page.route('**/api/sign-in', (route) => route.abort())
    await walker.givePassword()
    await walker.problem().getByText(words.browser.common.unreachable, { exact: true }).waitFor()
    assert.equal(await focusedId(page), 'problem')
    await page.unroute('**/api/sign-in')

    await stopClock(page)
    const { busy } = words.problems
    await page.route('**/api/sign-in', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({ code: 'busy', ...busy, retryAfterSeconds: 3 }),
      }),
    )
    await walker.button(words.signIn.submit).click()
    await walker.problem().getByText(busy.title, { exact: true }).waitFor()
    await walker.problem().getByText(waitSeconds(walker, 3), { exact: true }).waitFor()
    await page.unroute('**/api/sign-in')
    assert.equal(await walker.textbox(words.signIn.loginId).inputValue(), account.loginId)
    await walker.button(words.signIn.submit).click()
    await walker.heading(words.emailCode.title).waitFor()
    await walker.context.close()
  })

  test('a wait is counted down, and its end is said', async () => {
    const walker = await Walker.start(started, 'en')
    const { page, words, account, world } = walker
    const { loginId, password } = account
    for (let codes = 0; codes < 5; codes += 1) {
      expectStatus(await world.client().post('/api/sign-in', { loginId, password }), 200)
    }
    world.advance(28.5 * minutes)
    await stopClock(page)
    await walker.open('/sign-in')
    await walker.givePassword()
    await walker.heading(words.emailCode.title).waitFor()
    await walker.button(words.emailCode.resend).click()
    await walker.problem().getByText(words.problems.too_many_codes.title).waitFor()
    const timer = walker.problem().getByRole('timer')
    assert.equal(await timer.textContent(), waitSeconds(walker, 90))
    await page.clock.fastForward(80_000)
    await timer.getByText(waitSeconds(walker, 10), { exact: true }).waitFor()
    await page.clock.fastForward(11_000)
    await walker.problem().getByText(words.browser.common.waitOver, { exact: true }).waitFor()
    assert.equal(await timer.count(), 0, 'a timer would not be read out')
    world.advance(2 * minutes)
    await walker.button(words.emailCode.resend).click()
    await walker.textbox(words.emailCode.code).waitFor()
    await walker.context.close()
  })

  test('the session ends in the middle: it is said, and the name is there after a new sign-in', async () => {
    const walker = await Walker.start(started)
    const { page, words, account } = walker
    const { name, code } = words.newPasskey
    await addAuthenticator(page, { transport: 'internal' })
    await walker.openNameForm()
    await walker.textbox(name.name).fill('書斎のパソコン')
    await walker.context.clearCookies()
    await walker.button(name.submit).click()
    await walker.heading(words.sessionWatch.overTitle).waitFor()
    await page.getByRole('link', { name: words.sessionWatch.signIn, exact: true }).click()
    await walker.givePassword()
    await walker.giveCode()
    await page.waitForURL('**/portal/passkeys/new')
    await walker.button(code.send).click()
    await walker.giveCode()
    await walker.textbox(name.name).waitFor()
    await page.waitForLoadState()
    assert.equal(await walker.textbox(name.name).inputValue(), '書斎のパソコン')

    await walker.open('/portal')
    await walker.button(words.portal.signOut).click()
    await page.waitForURL('**/sign-in')
    const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))
    assert.equal(kept, '{}', `nothing of ${account.loginId} is left for who comes next`)
    await walker.context.close()
  })

  test('who has been signed out meanwhile gets out all the same', async () => {
    const walker = await Walker.start(started)
    await walker.takeOver(await started.world.signIn(walker.account))
    await walker.open('/portal')
    // What the page asks by itself would tell it.
    await walker.page.waitForLoadState('networkidle')
    await walker.context.clearCookies()
    await walker.button(walker.words.portal.signOut).click()
    await walker.heading(walker.words.signIn.title).waitFor()
    await walker.context.close()
  })

  test('after the fifth wrong code of a sign-in the way leads to its start', async () => {
    const walker = await Walker.start(started)
    const { words, page } = walker
    const start = '/sign-in?continueTo=%2Fportal%2Fsecond-factor'
    await walker.open(start)
    await walker.givePassword()
    await spoilCodes(walker)
    await page.getByRole('link', { name: words.browser.common.toSignIn, exact: true }).click()
    await walker.heading(words.signIn.title).waitFor()
    assert.equal(page.url(), walker.world.origin + start, 'it leads where it was to lead')
    await walker.context.close()
  })

  test('after the fifth wrong code of a registration the way leads through a new sign-in', async () => {
    const walker = await Walker.start(started, 'en')
    const { words, page } = walker
    const { again, code } = words.newPasskey
    await walker.takeOver(await started.world.signIn(walker.account))
    await walker.open('/portal/passkeys/new')
    await walker.button(code.send).click()
    await spoilCodes(walker)
    await page.getByRole('link', { name: words.browser.common.reopen, exact: true }).click()
    await walker.button(again.submit).click()
    await walker.heading(words.signIn.title).waitFor()
    assert.equal(new URL(page.url()).searchParams.get('continueTo'), '/portal/passkeys/new')
    await walker.context.close()
  })
})

/** What the page counts down stands still until the test moves its clock, however slow the machine is just now. */
async function stopClock({ clock }: Page): Promise<void> {
  await clock.install()
  await clock.pauseAt(Date.now() + 1 * seconds)
}

async function spoilCodes(walker: Walker): Promise<void> {
  const { words, page } = walker
  const { common } = words.browser
  const field = walker.textbox(words.emailCode.code)
  await field.waitFor()
  const right = await walker.nextCode()
  await field.fill(right === '000000' ? '111111' : '000000')
  for (let left = 4; left > 0; left -= 1) {
    await walker.button(words.emailCode.submit).click()
    const sentence = common.triesLeft.replace('{n}', String(left))
    await walker.problem().getByText(sentence, { exact: true }).waitFor()
    assert.equal(await focusedId(page), 'code')
  }
  await walker.button(words.emailCode.submit).click()
  await walker.problem().getByText(common.noTriesLeft, { exact: true }).waitFor()
  assert.equal(await focusedId(page), 'problem')
}

function waitSeconds({ words }: Walker, seconds: number): string {
  return words.browser.common.waitSeconds.replace('{n}', String(seconds))
}

function focusedId(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.activeElement?.id)
}
