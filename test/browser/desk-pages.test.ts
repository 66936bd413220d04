// Every page of the console, in both languages, light and dark: axe finds nothing, nothing is lost on narrow screens,
// tablets and wide ones, each label of the contract is one control's whole name, and what a page is for is in sight on
// a small screen.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Language } from '../../src/kernel/http/language.ts'
import { deskWidths, inspect } from '../support/browser/accessible.ts'
import { DeskWalker } from '../support/browser/at-the-console.ts'
import { newPage, type Page } from '../support/browser/browser.ts'
import { inBrowser, type BrowserWorld } from '../support/browser/walks.ts'
import { accountWithPasskey } from '../support/world/journeys.ts'

type Role = 'textbox' | 'button'

/** API.md, "Pages": what other programs find a page's controls by. */
const labels: Readonly<Record<string, readonly (readonly [Role, string])[]>> = {
  '/sign-in': [['button', 'パスキーでログイン']],
  '/enrol': [['textbox', '登録コード']],
  '/accounts': [['textbox', '検索']],
  '/accounts/:id': [
    ['button', 'ロック'],
    ['button', 'パスキーの削除を申請'],
    ['button', '盗難：パスキーを停止'],
  ],
  '/requests/:id': [
    ['button', '承認する'],
    ['button', '却下する'],
  ],
  '/calls': [['textbox', '受付番号']],
}

inBrowser('the pages of the console', { timeout: 300_000 }, (started) => {
  for (const language of ['ja', 'en'] as const) {
    test(`hide nothing from anybody, ${language}`, async () => {
      const { signedOut, agent, approver, admin, auditor, request, account } = await seat(
        started,
        language,
      )
      const origin = agent.desk.deps.site.origin
      const see = (page: Page, state: string) => inspect(page, `${state}, ${language}`, deskWidths)
      const look = async (page: Page, path: string, name = path) => {
        await page.goto(origin + path)
        await page.waitForLoadState('networkidle')
        await see(page, name)
        assert.equal(await page.locator('html').getAttribute('lang'), language)
        assert.equal(await page.getByRole('main').count(), 1, name)
        assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1, name)
        if (language === 'en') return
        for (const [role, label] of labels[name] ?? []) {
          const found = page.getByRole(role, { name: label, exact: true })
          assert.equal(await found.count(), 1, `${label} at ${name}`)
          await inSight(page, label, role)
        }
      }
      for (const path of ['/sign-in', '/enrol', '/no/such/page']) await look(signedOut, path)
      await look(agent.page, '/accounts')
      await agent.textbox(agent.words.accounts.search).fill(account.loginId)
      await agent.button(agent.words.accounts.submit).click()
      await agent.page.locator('#rows a').waitFor()
      await see(agent.page, 'found accounts')
      await look(agent.page, `/accounts/${account.id}`, '/accounts/:id')
      for (const name of ['lock', 'suspend', 'openCase', 'reveal'] as const) {
        await agent.button(agent.words.account[name]).click()
        await see(agent.page, name)
        await agent.page.keyboard.press('Escape')
      }
      await agent.page.keyboard.press('?')
      await see(agent.page, 'shortcuts')
      await look(agent.page, `/accounts/${account.id}/request?act=change-email&act=remove-passkey`)
      await agent.button(agent.words.asking.submit).click()
      await look(agent.page, '/calls')
      await look(agent.page, '/me')
      await look(approver.page, '/requests')
      await look(approver.page, `/requests/${request}`, '/requests/:id')
      await approver.button(approver.words.request.refuse).click()
      await see(approver.page, 'refusal')
      await look(approver.page, '/alerts')
      await approver.page.locator('a[href^="/cases/"]').first().click()
      await approver.heading(/./).waitFor()
      await see(approver.page, 'case')
      await look(admin.page, '/operators')
      await look(admin.page, '/operators/request?act=add-operator')
      await look(auditor.page, '/alerts')
      await look(auditor.page, `/accounts/${account.id}`)
      await signedOut.context().close()
      for (const walker of [agent, approver, admin, auditor]) await walker.leave()
    })
  }

  test('who has nothing to do on a page is led to the one that fits', async () => {
    const { signedOut, agent, approver, admin, auditor, account, request } = await seat(
      started,
      'ja',
    )
    const { origin } = agent.desk.deps.site
    const leads = async (page: Page, path: string, to: string) => {
      const answer = await page.request.get(origin + path, { maxRedirects: 0 })
      assert.deepEqual([answer.status(), answer.headers()['location']], [303, to], path)
    }
    const back = (path: string) => `/sign-in?${new URLSearchParams({ continueTo: path })}`
    await leads(signedOut, '/', '/sign-in')
    for (const path of ['/accounts', `/requests/${request}`, '/operators', '/alerts', '/me']) {
      await leads(signedOut, path, back(path))
    }
    for (const [walker, home] of [
      [agent, '/accounts'],
      [approver, '/requests'],
      [admin, '/operators'],
      [auditor, '/alerts'],
    ] as const) {
      await leads(walker.page, '/', home)
      await leads(walker.page, '/sign-in', '/')
      await leads(walker.page, '/sign-in?continueTo=//elsewhere.example/', '/')
      await leads(walker.page, '/sign-in?continueTo=/requests', '/requests')
    }
    await leads(admin.page, `/accounts/${account.id}`, '/operators')
    await leads(admin.page, `/requests/${request}`, '/operators')
    await leads(agent.page, '/operators', '/accounts')
    await leads(approver.page, `/accounts/${account.id}/request`, '/requests')
    await leads(admin.page, '/operators/request?act=remove-passkey', '/operators')
    await signedOut.context().close()
    for (const walker of [agent, approver, admin, auditor]) await walker.leave()
  })
})

/** A desk at work: each role, an account with a passkey, a request, a case. */
async function seat({ browser, world }: BrowserWorld, language: Language) {
  const desk = await world.startConsole()
  const at = { browser, desk }
  const held = await accountWithPasskey(world)
  const viewport = { width: 1280, height: 720 }
  const sit = (name: string, role: 'agent' | 'approver' | 'admin' | 'auditor') =>
    DeskWalker.start(at, { name, roles: [role], language, viewport })
  const agent = await sit('佐々木 葵', 'agent')
  const approver = await sit('高橋 健', 'approver')
  const admin = await sit('中村 涼', 'admin')
  const auditor = await sit('小林 潤', 'auditor')
  const call = async (path: string, body: object) => {
    const headers = { origin: desk.deps.site.origin, 'content-type': 'application/json' }
    const answer = await agent.page.request.post(desk.deps.site.origin + path, {
      headers,
      data: JSON.stringify(body),
    })
    assert.equal(answer.status(), 201, await answer.text())
    return (await answer.json()) as { id: string }
  }
  const { loginId } = held.account
  const { id } = await findId(agent, loginId)
  const why = { reason: 'お客様からの電話', ticket: 'T-1' }
  const checks = ['name', 'birthday', 'call-back']
  const asked = { act: 'remove-passkey', accountId: id, passkeyId: held.passkey.id, checks, ...why }
  const request = (await call('/api/requests', asked)).id
  const other = await world.addAccount()
  const suspect = await findId(agent, other.loginId)
  await call(`/api/accounts/${suspect.id}/cases`, { claim: '身に覚えがない', ...why })
  const { page: signedOut } = await newPage(browser, {
    locale: language === 'ja' ? 'ja-JP' : 'en-US',
    viewport,
  })
  return { signedOut, agent, approver, admin, auditor, request, account: { id, loginId } }
}

async function findId(agent: DeskWalker, loginId: string): Promise<{ readonly id: string }> {
  const { origin } = agent.desk.deps.site
  const answer = await agent.page.request.get(`${origin}/api/accounts?q=${loginId}`)
  const { accounts } = (await answer.json()) as { accounts: { id: string }[] }
  const [found] = accounts
  assert.ok(found, loginId)
  return found
}

/** At 1280 × 720, without scrolling. */
async function inSight(page: Page, name: string, role: Role): Promise<void> {
  const box = await page.getByRole(role, { name, exact: true }).boundingBox()
  assert.ok(box && box.y >= 0 && box.y + box.height <= 720, `${name} is in sight`)
}
