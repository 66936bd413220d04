// Customers' emergency stops at the desk: how their account's page shows them, and the form that reopens many at once.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours } from '../../src/kernel/clock.ts'
import { deskWidths, inspect } from '../support/browser/accessible.ts'
import { DeskWalker } from '../support/browser/at-the-console.ts'
import { inBrowser } from '../support/browser/walks.ts'
import { accountIdOf, accountRecord } from '../support/checks/records.ts'
import { tryFrom } from '../support/world/guessing.ts'
import { expectStatus } from '../support/world/world.ts'

const network = '203.0.113.5'
const env = { SEKISHO_TRUSTED_PROXIES: '127.0.0.0/8' }

inBrowser('stops at the desk', { timeout: 300_000, env }, (started) => {
  for (const language of ['ja', 'en'] as const) {
    test(`stand on the account's page by their level, ${language}`, async () => {
      const { browser, world } = started
      const at = { browser, desk: await world.startConsole() }
      const agent = await DeskWalker.start(at, { name: '佐々木', roles: ['agent'], language })
      const { page, words } = agent
      const { stopped, states, noHold } = words.account
      for (const level of ['withdrawal', 'trading', 'sign-in'] as const) {
        const account = await world.addAccount()
        const client = await world.signIn(account)
        expectStatus(await client.post('/api/stop', { level }), 204)
        await agent.open(`/accounts/${await accountIdOf(world, account)}`)
        await agent.heading(words.account.title(account.loginId)).waitFor()
        const strip = await page.locator('.strip').innerText()
        const lines = strip.split('\n')
        for (const one of ['withdrawal', 'trading'] as const) {
          const [before = '', after = ''] = stopped[one]('TIME').split('TIME')
          const isSaid = lines.some((line) => line.startsWith(before) && line.endsWith(after))
          assert.equal(isSaid, one === level, `${one} at ${level}: ${strip}`)
        }
        const isLocked = level === 'sign-in'
        assert.equal(strip.includes(states.locked), isLocked)
        assert.equal(strip.includes(states.open), !isLocked)
        assert.equal(strip.includes(words.plain.lockReasons.holder), isLocked)
        assert.ok(strip.includes(noHold), 'a stop is no hold')
        await inspect(page, `an account with a stop of ${level}, ${language}`, deskWidths)
      }
      await agent.leave()
    })
  }

  test('those by strangers from one network are reopened by one request', async () => {
    const { browser, world } = started
    const at = { browser, desk: await world.startConsole() }
    const agent = await DeskWalker.start(at, { name: '佐々木', roles: ['agent'] })
    const approver = await DeskWalker.start(at, { name: '高橋', roles: ['approver'] })
    const victims = await Promise.all([world.addAccount(), world.addAccount()])
    for (const account of victims) {
      const client = world.client()
      expectStatus(await tryFrom(client, network, account), 200)
      const headers = { 'x-forwarded-for': network }
      const stop = { method: 'POST', path: '/api/sign-in/stop', headers }
      expectStatus(await client.raw(stop), 204)
    }
    const locks = () =>
      Promise.all(victims.map(async (one) => (await accountRecord(world, one)).lock_reason))
    assert.deepEqual(await locks(), ['holder', 'holder'])

    const { page, words } = agent
    const { asking } = words
    await agent.open('/requests/reopen-many')
    await agent.heading(words.acts['reopen-many']).waitFor()
    await inspect(page, 'the form that reopens many', deskWidths)
    await agent.textbox(asking.stoppedFrom).fill(network)
    const since = new Date(world.now - 1 * hours + 9 * hours).toISOString().slice(0, 16)
    await page.getByLabel(asking.stoppedSince, { exact: true }).fill(since)
    await agent.textbox(words.frame.reason).fill('緊急停止の集中')
    await agent.textbox(words.frame.ticket).fill('T-9')
    await agent.button(asking.submit).click()
    await page.getByText(words.request.obstacles.own_request).waitFor()

    await approver.open(new URL(page.url()).pathname)
    const text = await approver.page.locator('#signed').textContent()
    const [act] = (JSON.parse(text ?? '') as { acts: { before: { accounts: string[] } }[] }).acts
    const ids = await Promise.all(victims.map((one) => accountIdOf(world, one)))
    assert.deepEqual(act?.before.accounts, ids.toSorted())
    await inspect(approver.page, 'many are to be reopened', deskWidths)
    await approver.button(words.request.approve).click()
    await approver.page.getByText(words.request.done).waitFor()
    assert.deepEqual(await locks(), [null, null])
    for (const walker of [agent, approver]) await walker.leave()
  })
})
