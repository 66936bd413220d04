// What the pages say of a browser is the sentence of its row in src/text/environments.ts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { facts, type Fact } from '../../src/text/environments.ts'
import { ownAgents, phoneAgents } from '../support/browser/agents.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'

const says = (fact: Fact, language: 'ja' | 'en') => fact.says[language]

inBrowser('facts on the pages', { timeout: 300_000 }, (started) => {
  for (const [name, userAgent] of Object.entries(ownAgents)) {
    test(`a device that can verify nobody: ${name}`, async () => {
      const fact: Fact = facts.own[name as keyof typeof ownAgents]
      const walker = await Walker.start(started, 'en', { userAgent })
      const { page } = walker
      await page.addInitScript(
        ([touch, version]) => {
          Object.defineProperty(navigator, 'maxTouchPoints', { value: touch })
          const getHighEntropyValues = async () => ({ platformVersion: version })
          const value = version ? { platform: 'Windows', getHighEntropyValues } : undefined
          Object.defineProperty(navigator, 'userAgentData', { value })
        },
        [fact.sign === 'touch' ? 5 : 0, fact.sign === 'old-windows' ? '7.0.0' : ''] as const,
      )
      await walker.takeOver(await started.world.signIn(walker.account))
      await walker.open('/portal/passkeys/new')
      const state = fact.works === 'no' ? 'unable' : 'missing'
      const row = page.locator(`[data-check=this-device][data-state=${state}]`)
      await row.getByText(says(fact, 'en'), { exact: true }).waitFor()
      await walker.context.close()
    })
  }

  for (const [name, userAgent] of Object.entries(phoneAgents)) {
    test(`a phone beside a computer, whatever the browser says of it: ${name}`, async () => {
      const fact: Fact = facts.phone[name as keyof typeof phoneAgents]
      const walker = await Walker.start(started, 'ja', { userAgent })
      const { page } = walker
      await page.addInitScript(() => {
        Reflect.deleteProperty(Navigator.prototype, 'userAgentData')
        PublicKeyCredential.getClientCapabilities = async () => ({ hybridTransport: true })
      })
      await walker.takeOver(await started.world.signIn(walker.account))
      await walker.open('/portal/passkeys/new')
      await page.locator('#checks-state:not(:empty)').waitFor()
      const state = fact.works === 'no' ? 'unable' : 'unknown'
      const row = page.locator(`[data-check=phone][data-state=${state}]`)
      await row.getByText(says(fact, 'ja'), { exact: true }).waitFor({ state: 'attached' })
      await walker.context.close()
    })
  }

  test('the help has the systems, browsers and apps in the same words', async () => {
    for (const language of ['ja', 'en'] as const) {
      const walker = await Walker.start(started, language)
      await walker.open('/help/devices')
      const text = await walker.page.locator('main').innerText()
      const { system, own, phone, app } = facts
      const all = [system, { linux: own.linux }, phone, app].flatMap((rows) =>
        Object.values<Fact>(rows),
      )
      for (const fact of all) assert.ok(text.includes(says(fact, language)), says(fact, language))
      assert.ok(text.includes(system.mac.looked.replaceAll('-', '/')))
      await walker.open('/manual')
      const manual = await walker.page.locator('main').innerText()
      for (const name of ['windows', 'iphone', 'android'] as const) {
        assert.ok(manual.includes(system[name].says[language]))
      }
      await walker.context.close()
    }
  })
})
