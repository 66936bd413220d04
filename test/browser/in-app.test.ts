// Pages inside other apps: recognised, said, and led out of, without taking along what is of one browser.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { facts, type Fact } from '../../src/text/environments.ts'
import { appAgents, browserAgents } from '../support/browser/agents.ts'
import { forms } from '../support/browser/forms.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'
import { authorizationRequest, register } from '../support/world/relying-party.ts'

const kinds = Object.entries(appAgents).flatMap(([name, agents]) =>
  agents.map((userAgent) => ({ name: name as keyof typeof appAgents, userAgent })),
)

inBrowser('inside other apps', { timeout: 300_000 }, (started) => {
  async function inside(name: keyof typeof appAgents, userAgent: string): Promise<Walker> {
    const walker = await Walker.start(started, 'ja', { userAgent })
    const isDesktop = name === 'desktop'
    await walker.page.addInitScript((isDesktop) => {
      if (isDesktop) Object.assign(window, { chrome: { webview: {} } })
    }, isDesktop)
    return walker
  }

  for (const { name, userAgent } of kinds) {
    test(`says so and leads out: ${userAgent.slice(-60)}`, async () => {
      const fact: Fact = facts.app[name]
      const walker = await inside(name, userAgent)
      const { page, words } = walker
      const notice = page.getByRole('region', { name: words.page.inApp.label })
      const { host } = new URL(started.world.origin)
      const way = async () =>
        (await notice.getByRole('link').count()) > 0
          ? await notice.getByRole('link').getAttribute('href')
          : null
      const address = () => page.locator('#in-app-address').innerText()

      await walker.open('/sign-in')
      await notice.getByText(fact.says.ja, { exact: true }).waitFor()
      assert.equal(await address(), `http://${host}/sign-in`)
      if (name === 'line') {
        assert.equal(await way(), `http://${host}/sign-in?openExternalBrowser=1`)
      } else if (userAgent.includes('Android')) {
        assert.match(
          (await way()) ?? '',
          new RegExp(`^intent://${host}/sign-in#Intent;scheme=http;.*;end$`),
        )
      } else {
        assert.equal(await way(), null)
      }
      await walker.open('/sign-in?continueTo=/portal/second-factor')
      assert.equal(await address(), `http://${host}/sign-in?continueTo=%2Fportal%2Fsecond-factor`)
      // It blocks nobody: a code by e-mail works in the app as well.
      await walker.givePassword()
      await walker.heading(words.emailCode.title).waitFor()
      await walker.context.close()
    })
  }

  for (const title of [
    'the passkey of a sign-in',
    'registration: the proof',
    'second factor',
    'step-up for an application',
  ]) {
    test(`says so where a passkey is asked for, and takes no request of an application along: ${title}`, async () => {
      const form = forms[title]
      assert.ok(form, Object.keys(forms).join())
      const [userAgent = ''] = appAgents.line
      const walker = await inside('line', userAgent)
      const address = await form.lead(walker, 1)
      await walker.page.goto(new URL(address, started.world.origin).href)
      const notice = walker.page.locator('#in-app')
      await notice.getByText(facts.app.line.says.ja, { exact: true }).waitFor()
      assert.doesNotMatch(await notice.innerHTML(), /interaction/)
      await walker.context.close()
    })
  }

  test('the way out names no request of an application, and no other site', async () => {
    const [userAgent = ''] = appAgents.line
    const walker = await inside('line', userAgent)
    const { origin } = started.world
    const request = '/oauth2/interaction/0123456789abcdef'
    const portal = '/portal/passkeys/new'
    const onward = (path: string) => `?${new URLSearchParams({ continueTo: path }).toString()}`
    for (const [continueTo, way] of [
      [request, ''],
      ['https://evil.example/portal/', ''],
      [`${portal}${onward(request)}`, onward(portal)],
      [`${portal}?application=desk&continueTo=${request}`, onward(`${portal}?application=desk`)],
    ] as const) {
      await walker.open(`/sign-in${onward(continueTo)}`)
      const notice = walker.page.locator('#in-app')
      assert.equal(await notice.locator('span').innerText(), `${origin}/sign-in${way}`)
      const link = new URL((await notice.getByRole('link').getAttribute('href')) ?? '')
      assert.equal(link.searchParams.get('openExternalBrowser'), '1')
      link.searchParams.delete('openExternalBrowser')
      assert.equal(link.href, `${origin}/sign-in${way}`)
    }
    await walker.context.close()
  })

  test('whoever came from an application is led out to its home', async () => {
    const { world } = started
    const desk = await register(world, 'web', { homeUri: 'https://desk.example/start' })
    const walker = await inside('line', appAgents.line[0] ?? '')
    await walker.page.goto(world.origin + (await authorizationRequest(desk)).address)
    const link = walker.page.locator('#in-app').getByRole('link')
    const home = 'https://desk.example/start?openExternalBrowser=1'
    assert.equal(await link.getAttribute('href'), home)
    await walker.context.close()
  })

  test('an app in which passkeys work is told nothing, and so is every browser', async () => {
    const able = kinds.filter(({ name }) => facts.app[name].works === 'perhaps')
    assert.ok(able.length >= 3)
    const agents = [...able, ...browserAgents.map((userAgent) => ({ name: null, userAgent }))]
    for (const { name, userAgent } of agents) {
      const walker = await inside(name ?? 'line', userAgent)
      const { page } = walker
      await page.addInitScript((able) => {
        const answer = async () => able
        PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable = answer
      }, name !== null)
      await walker.open('/sign-in')
      await page.waitForLoadState('networkidle')
      assert.equal(await page.locator('#in-app:visible').count(), 0, userAgent)
      await walker.context.close()
    }
  })

  test('the address is copied at a press, and is selected where that is forbidden', async () => {
    const [userAgent = ''] = appAgents.meta
    for (const allowed of [true, false]) {
      const walker = await inside('meta', userAgent)
      const { page, words, context } = walker
      if (allowed) await context.grantPermissions(['clipboard-read', 'clipboard-write'])
      else await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', {}))
      await walker.open('/sign-in')
      await walker.button(words.page.inApp.copy).click()
      const address = `${started.world.origin}/sign-in`
      if (allowed) {
        await walker.button(words.page.inApp.copied).waitFor()
        assert.equal(await page.evaluate(() => navigator.clipboard.readText()), address)
      } else {
        assert.equal(await page.evaluate(() => getSelection()?.toString()), address)
      }
      await context.close()
    }
  })
})
