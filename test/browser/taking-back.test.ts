// What the portal takes back: what the holder did not do leads to the brake, and browsers and sessions end at a press.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from '../support/browser/accessible.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'
import { givePassword } from '../support/world/journeys.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

inBrowser('the portal', { timeout: 300_000 }, (started) => {
  for (const language of ['ja', 'en'] as const) {
    test(`leads from each line of the activity to the brake, ${language}`, async () => {
      const walker = await Walker.start(started, language)
      const { page, words, account, world } = walker
      const stranger = world.client()
      expectStatus(await givePassword(stranger, account), 200)
      await world.nextCode(account)
      expectStatus(await stranger.delete('/api/sign-in'), 204)
      await walker.signInByEmail()
      await inspect(page, `the activity, with a failure, ${language}`)
      for (const event of ['authn_login_success', 'authn_login_unfinished'] as const) {
        await walker.open('/portal')
        const [before] = words.takingBack.doubtName(words.activity[event], '|').split('|')
        const name = new RegExp(`^${RegExp.escape(String(before))}`)
        await page.getByRole('link', { name }).click()
        assert.equal(new URL(page.url()).hash, '#emergency-stop')
        assert.equal(await page.evaluate(() => document.activeElement?.id), 'emergency-stop')
      }
      await walker.context.close()
    })
  }

  test('forgets a browser and signs all others out, after one proof', async () => {
    const walker = await Walker.start(started)
    const { page, words, account, world } = walker
    const { takingBack, changeProof, browser } = words
    const other = await world.signIn(account)
    await walker.signInByEmail()
    const known = async () => {
      const { body } = await other.get<{ browsers: readonly { current: boolean }[] }>(
        '/api/browsers',
      )
      return body.browsers.map(({ current }) => current)
    }
    assert.equal((await known()).length, 2)
    const forget = page.getByRole('button', { name: takingBack.browsers.forget })
    const ofOther = page
      .getByRole('listitem')
      .filter({ has: forget })
      .filter({ hasNotText: takingBack.browsers.current })
    await ofOther.getByRole('button').click()
    await walker.textbox(changeProof.code).fill(await walker.nextCode())
    await walker.button(changeProof.submit).click()
    await walker.status().getByText(browser.portal.browserForgotten).waitFor()
    assert.equal(await forget.count(), 1)
    assert.deepEqual(await known(), [false], 'its own record is gone, and its session goes on')

    await walker.button(takingBack.endOthers).click()
    await walker.status().getByText(browser.portal.othersEnded).waitFor()
    assert.equal(await walker.button(takingBack.endOthers).count(), 0)
    assert.equal(expectProblem(await other.get('/api/session'), 401), 'not_signed_in')
    await walker.open('/portal')
    await walker.heading(words.portal.title).waitFor()
    assert.equal(await walker.button(takingBack.endOthers).count(), 0)
    await walker.context.close()
  })
})
