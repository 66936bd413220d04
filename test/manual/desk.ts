// The way through the console that docs/support.md describes: a lost phone, from the search to the approval, with the
// clock standing still, so that it looks the same each time.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { minutes } from '../../src/kernel/clock.ts'
import { DeskWalker } from '../support/browser/at-the-console.ts'
import type { Page } from '../support/browser/browser.ts'
import { givePassword, registerFirstPasskey, switchFactor } from '../support/world/journeys.ts'
import { startManualWorld } from './walk.ts'

/** The screens that have a picture, in the order of the walk. */
export const deskSteps = ['search', 'account', 'stolen', 'asking', 'asked', 'approval'] as const

type DeskStep = (typeof deskSteps)[number]

/** Where a step's picture and tree are in the repository. */
export const pictureOf = (step: DeskStep) => `docs/pictures/support-${step}.webp`

const root = join(import.meta.dirname, '..', '..')
const treeOf = (step: DeskStep) => join(import.meta.dirname, 'written-for', 'desk', `${step}.txt`)

/** Walks once and stops at each step. */
export async function walkDesk(see: (step: DeskStep, page: Page) => Promise<void>): Promise<void> {
  const { browser, world } = await startManualWorld()
  try {
    const account = await world.addAccount('hanako', '田中 花子')
    const client = await world.signIn(account)
    const phone = world.authenticator({ algorithm: -7 })
    const passkey = await registerFirstPasskey(world, client, account, phone)
    await switchFactor(client, phone, passkey.id, 'passkey')
    for (let tries = 0; tries < 2; tries += 1) {
      world.advance(2 * minutes)
      await givePassword(world.client(), account)
    }
    world.advance(3 * minutes)
    const desk = await world.startConsole()
    const viewport = { width: 1280, height: 800 }
    const sit = (name: string, role: 'agent' | 'approver') =>
      DeskWalker.start({ browser, desk }, { name, roles: [role], viewport, fixedTime: world.now })
    const agent = await sit('佐々木 葵', 'agent')
    const approver = await sit('高橋 健', 'approver')
    await walk(agent, approver, account.loginId, see)
  } finally {
    await browser.close()
    await world.stop()
  }
}

async function walk(
  agent: DeskWalker,
  approver: DeskWalker,
  loginId: string,
  see: (step: DeskStep, page: Page) => Promise<void>,
): Promise<void> {
  const { page, words } = agent
  await agent.open('/accounts')
  await agent.textbox(words.accounts.search).fill(loginId)
  await agent.button(words.accounts.submit).click()
  await page.locator('#rows a').waitFor()
  await see('search', page)
  await page.locator('#rows a').click()
  await agent.heading(words.account.title(loginId)).waitFor()
  await see('account', page)
  await agent.button(words.account.suspend).click()
  await agent.button(words.account.suspendSubmit).waitFor()
  await see('stolen', page)
  await page.keyboard.press('Escape')
  await agent.button(words.account.removePasskey).click()
  await agent.heading(words.asking.title).waitFor()
  await agent.doChecks()
  await agent.textbox(words.frame.reason).fill('スマートフォンを紛失したとのお申し出')
  await agent.textbox(words.frame.ticket).fill('T-1024')
  await see('asking', page)
  await agent.button(words.asking.submit).click()
  await page.getByText(words.request.obstacles.own_request).waitFor()
  await see('asked', page)
  await approver.open('/requests')
  await approver.page.locator('[data-row]').first().click()
  await approver.button(words.request.approve).waitFor()
  await see('approval', approver.page)
}

/** What a screen reader finds on it, without what differs from run to run. */
export async function readTree(page: Page): Promise<string> {
  await page.waitForLoadState('networkidle')
  const open = page.locator('dialog[open]')
  const shown = (await open.count()) > 0 ? open : page.getByRole('main')
  const tree = await shown.ariaSnapshot()
  return `${tree
    .replace(/:\n *- \/url: .*/g, '')
    .replace(/(?<![\w-])[\w-]{22}(?![\w-])/g, 'ID')
    .replace(/\b[0-9a-f]{64}\b/g, 'DIGEST')
    .replace(/localhost:\d+/g, 'localhost')}\n`
}

/** The tree that a step had when a person last read docs/support.md beside it. */
export function deskTree(step: DeskStep): string {
  return readFileSync(treeOf(step), 'utf8')
}

/** Takes the pictures into docs/pictures, and accepts the screens of today. */
export async function takeDeskPictures(): Promise<void> {
  await walkDesk(async (step, page) => {
    writeFileSync(treeOf(step), await readTree(page))
    const session = await page.context().newCDPSession(page)
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 80 })
    writeFileSync(join(root, pictureOf(step)), Buffer.from(data, 'base64'))
  })
}
