// A lost phone, and a tablet with it: an agent asks for both, by the keyboard alone, and an approver signs once; neither
// signs in any more, and the customer registers a new phone. Each of the three has a browser and an authenticator of their own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sayPlace } from '../../src/domain/passkeys/place.ts'
import { DeskWalker } from '../support/browser/at-the-console.ts'
import {
  addAuthenticator,
  type Page,
  type VirtualAuthenticator,
} from '../support/browser/browser.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'
import {
  makePasskey,
  openRegistration,
  proveSession,
  registerFirstPasskey,
  switchFactor,
} from '../support/world/journeys.ts'
import { expectStatus } from '../support/world/world.ts'

inBrowser('the desk', { timeout: 300_000 }, (started) => {
  for (const language of ['ja', 'en'] as const) {
    test(`a lost phone is removed by two, and a new one takes its place, ${language}`, async () => {
      const { browser, world } = started
      const desk = await world.startConsole()
      const at = { browser, desk }
      const customer = await Walker.start(started, language)
      const phone = await addAuthenticator(customer.page, { transport: 'internal' })
      await holdTwo(customer, phone)
      const agent = await DeskWalker.start(at, { name: '佐々木', roles: ['agent'], language })
      const approver = await DeskWalker.start(at, { name: '高橋', roles: ['approver'], language })

      const request = await askByKeyboard(agent, customer.account.loginId)
      await approver.open('/')
      await approver.heading(approver.words.requests.title).waitFor()
      await approver.page.locator('[data-row]').first().click()
      await approver.button(approver.words.request.approve).waitFor()
      assert.equal(new URL(approver.page.url()).pathname, request)
      const text = await approver.page.locator('#signed').textContent()
      const { acts, account } = JSON.parse(text ?? '') as {
        acts: { act: string; before: { passkey: { name: string; place: string } } }[]
        account: { loginId: string }
      }
      assert.deepEqual(
        [acts.map(({ act }) => act), account.loginId],
        [['remove-passkey', 'remove-passkey'], customer.account.loginId],
      )
      const { lastOne, othersStay } = approver.words.plain
      for (const [index, { before }] of acts.entries()) {
        const plain = await approver.page.locator('.plain > li').nth(index).innerText()
        const { name, place } = before.passkey
        for (const said of [customer.account.loginId, name, sayPlace(place, customer.words)]) {
          assert.ok(plain.includes(said), plain)
        }
        assert.equal(plain.includes(lastOne), index === 1, plain)
        assert.ok(!plain.includes(othersStay), plain)
      }
      await approver.button(approver.words.request.approve).click()
      await approver.page.getByText(approver.words.request.done).waitFor()
      await approver.page.getByText(approver.words.request.plainTitleClosed).waitFor()

      // Neither is asked for any more, and the phone's passkey opens nothing.
      await customer.open('/sign-in')
      await customer.givePassword()
      await customer.heading(customer.words.emailCode.title).waitFor()
      await customer.giveCode()
      await customer.heading(customer.words.portal.title).waitFor()
      await phone.remove()
      await addAuthenticator(customer.page, { transport: 'internal' })
      await customer.openRegistration()
      await customer.register()
      await customer.switchToPasskey()
      const client = world.client()
      const { loginId, password } = customer.account
      const { body } = await client.post<{ passkeys: unknown[] }>('/api/sign-in', {
        loginId,
        password,
      })
      assert.equal(body.passkeys.length, 1)

      await agent.page.reload()
      await agent.page.getByText(agent.words.request.done).waitFor()
      await customer.context.close()
      for (const walker of [agent, approver]) await walker.leave()
    })
  }

  test('a thief on the telephone gets nothing from one operator alone', async () => {
    const { browser, world } = started
    const at = { browser, desk: await world.startConsole() }
    const account = await world.addAccount()
    const agent = await DeskWalker.start(at, { name: '佐々木', roles: ['agent', 'approver'] })
    const { words } = agent
    await find(agent, account.loginId)
    await agent.button(words.account.changeEmail).click()
    await agent.heading(words.asking.title).waitFor()
    await agent.textbox(words.asking.newEmail).fill('thief@example.jp')
    await why(agent)
    await agent.button(words.asking.submit).click()
    const problem = agent.page.locator('#problem')
    await problem.getByText(words.asking.checkNames['call-back'], { exact: false }).waitFor()
    // A tick says neither how nor when, nor which number was called.
    for (const box of await agent.page.locator('[name=done]').all()) await box.check()
    const callBack = words.asking.checkNames['call-back']
    const lacks = async (check: string, fields: readonly string[], field: string) => {
      await agent.button(words.asking.submit).click()
      const said = words.browser.asking.incomplete
        .replace('{check}', check)
        .replace('{fields}', fields.join('、'))
      await problem.getByText(said, { exact: true }).waitFor()
      await agent.textbox(field).and(agent.page.locator(':focus[aria-invalid=true]')).waitFor()
    }
    const { name } = words.asking.checkNames
    const when = agent.page.locator('[data-check=name] [data-field=at]')
    await lacks(name, [words.asking.methodLabel], words.asking.method(name))
    await when.fill('')
    const { methodLabel, numberLabel, atLabel } = words.asking
    await lacks(name, [methodLabel, atLabel], words.asking.method(name))
    // Ticked again, it is of now again.
    await agent.page.locator('[data-check=name] [name=done]').uncheck()
    await agent.doChecks()
    await agent.textbox(words.asking.number(callBack)).fill(' ')
    await lacks(callBack, [numberLabel], words.asking.number(callBack))
    await agent.textbox(words.asking.number(callBack)).fill('090-0000-0000')
    await agent.button(words.asking.submit).click()
    await agent.page.waitForURL(/\/requests\/./)
    await agent.page.getByText(words.request.obstacles.own_request).waitFor()
    assert.equal(await agent.button(words.request.approve).count(), 0)
    // Nobody else is there, and the page says what to do.
    await agent.page.getByText(words.asking.approversNone).waitFor()
    await agent.button(words.request.withdraw).click()
    await agent.button(words.request.withdrawSubmit).click()
    await agent.page.getByText(words.request.closed.withdrawn).waitFor()
    await agent.leave()
  })

  test('one agent locks an account and suspends a stolen passkey at once', async () => {
    const { browser, world } = started
    const at = { browser, desk: await world.startConsole() }
    const customer = await Walker.start(started)
    const phone = await addAuthenticator(customer.page, { transport: 'internal' })
    await customer.holdPasskey(phone)
    const agent = await DeskWalker.start(at, { name: '佐々木', roles: ['agent'] })
    const { words } = agent
    await find(agent, customer.account.loginId)
    await agent.button(words.account.suspend).click()
    await why(agent, 'suspend-')
    await agent.button(words.account.suspendSubmit).click()
    const said = agent.page.getByRole('status')
    await said.getByText(words.browser.account.suspended).waitFor()
    const cell = agent.page.getByRole('cell')
    await cell.getByText(words.account.passkeyStates.suspended, { exact: true }).waitFor()
    await agent.page.getByText(words.account.states.locked, { exact: true }).waitFor()
    await customer.open('/sign-in')
    await customer.givePassword()
    await customer.problem().getByText(customer.words.problems.sign_in_refused.title).waitFor()
    await customer.context.close()
    await agent.leave()
  })
})

/** Makes a passkey on the phone and another on a tablet, and puts the passkey in force. */
async function holdTwo(customer: Walker, phone: VirtualAuthenticator): Promise<void> {
  const { world, account } = customer
  const [onPhone, onTablet] = [
    world.authenticator({ algorithm: -7 }),
    world.authenticator({ algorithm: -7 }),
  ]
  const client = await world.signIn(account)
  const { id } = await registerFirstPasskey(world, client, account, onPhone, 'Pixel')
  expectStatus(await proveSession(client, onPhone, id, 'register'), 200)
  await openRegistration(world, client, account)
  expectStatus(await makePasskey(client, onTablet, 'iPad'), 201)
  await switchFactor(client, onPhone, id, 'passkey')
  for (const credential of onPhone.credentials) await phone.add(credential)
}

/** From the search to the sent request for every passkey, without a mouse. Answers the request's address. */
async function askByKeyboard(agent: DeskWalker, loginId: string): Promise<string> {
  const { page, words } = agent
  const { keyboard } = page
  await agent.open('/me')
  await page.locator('#session-clock').waitFor()
  await keyboard.press('/')
  await agent.textbox(words.accounts.search).and(page.locator(':focus')).waitFor()
  await keyboard.type(loginId)
  await keyboard.press('Enter')
  await page.locator('#rows a:focus').waitFor()
  await keyboard.press('Enter')
  await agent.loaded(words.account.title(loginId))
  await tabTo(page, words.account.removePasskey)
  await keyboard.press('Enter')
  await agent.loaded(words.asking.title)
  const passkeys = page.getByRole('group', { name: words.asking.whichPasskeys, exact: true })
  for (const passkey of await passkeys.locator('label').allInnerTexts()) {
    await tabTo(page, passkey.trim())
    await keyboard.press('Space')
  }
  for (const check of Object.values(words.asking.checkNames)) {
    await tabTo(page, words.asking.checkDone(check))
    await keyboard.press('Space')
    await tabTo(page, words.asking.method(check))
    await keyboard.type('telephone')
  }
  await tabTo(page, words.asking.number(words.asking.checkNames['call-back']))
  await keyboard.type('090-0000-0000')
  await tabTo(page, words.frame.reason)
  await keyboard.type('lost the phone')
  await tabTo(page, words.frame.ticket)
  await keyboard.type('T-1')
  await keyboard.press('Enter')
  await page.waitForURL(/\/requests\/./)
  await agent.page.getByText(words.request.obstacles.own_request).waitFor()
  return new URL(page.url()).pathname
}

/** Moves on until the focus is on what has this name, as a screen reader says it. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    const focused = page.locator(':focus')
    const said = (await focused.count()) > 0 ? await focused.ariaSnapshot() : ''
    if (said.includes(`"${name}"`)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the Tab key leads to no ${name}`)
}

async function find(agent: DeskWalker, loginId: string): Promise<void> {
  await agent.open('/accounts')
  await agent.textbox(agent.words.accounts.search).fill(loginId)
  await agent.button(agent.words.accounts.submit).click()
  await agent.page.locator('#rows a').click()
  await agent.heading(agent.words.account.title(loginId)).waitFor()
}

async function why(agent: DeskWalker, prefix = ''): Promise<void> {
  await agent.page.locator(`#${prefix}reason`).fill('the caller says so')
  await agent.page.locator(`#${prefix}ticket`).fill('T-1')
}
