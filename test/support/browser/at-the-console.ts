// Operators at the console, each with a browser and a virtual authenticator of their own.
import type { OperatorRole } from '../../../src/domain/vocabulary/desk.ts'
import type { Language } from '../../../src/kernel/http/language.ts'
import type { RunningConsole } from '../../../src/node/console.ts'
import { consoleTexts, type ConsoleTexts } from '../../../src/text/console/console-texts.ts'
import { addOperator } from '../world/desk.ts'
import {
  addAuthenticator,
  newPage,
  type Browser,
  type BrowserContext,
  type Page,
  type VirtualAuthenticator,
} from './browser.ts'

interface Opened {
  readonly page: Page
  readonly context: BrowserContext
  readonly authenticator: VirtualAuthenticator
}

interface Wishes {
  readonly name: string
  readonly roles: readonly OperatorRole[]
  readonly language?: Language
  readonly loginId?: string
  readonly viewport?: { readonly width: number; readonly height: number }
  /** Where the browser's clock stands still. */
  readonly fixedTime?: number
}

/** One member of the desk. */
export class DeskWalker {
  readonly desk: RunningConsole
  readonly page: Page
  readonly context: BrowserContext
  readonly authenticator: VirtualAuthenticator
  readonly words: ConsoleTexts

  private constructor(desk: RunningConsole, opened: Opened, words: ConsoleTexts) {
    this.desk = desk
    this.page = opened.page
    this.context = opened.context
    this.authenticator = opened.authenticator
    this.words = words
  }

  /** Made by the command line, enrolled and signed in through the pages. */
  static async start(
    { browser, desk }: { readonly browser: Browser; readonly desk: RunningConsole },
    { name, roles, language = 'ja', loginId, viewport, fixedTime }: Wishes,
  ): Promise<DeskWalker> {
    const { code } = await addOperator(desk, { name, roles, ...(loginId && { loginId }) })
    const locale = language === 'ja' ? 'ja-JP' : 'en-US'
    const opened = await newPage(browser, { locale, ...(viewport && { viewport }) })
    if (fixedTime !== undefined) await opened.page.clock.setFixedTime(fixedTime)
    const authenticator = await addAuthenticator(opened.page, { transport: 'internal' })
    const walker = new DeskWalker(desk, { ...opened, authenticator }, consoleTexts[language])
    await walker.enrol(code)
    await walker.signIn()
    return walker
  }

  button(name: string) {
    return this.page.getByRole('button', { name, exact: true })
  }

  textbox(name: string) {
    return this.page.getByRole('textbox', { name, exact: true })
  }

  heading(name: string | RegExp) {
    return this.page.getByRole('heading', { level: 1, name, exact: true })
  }

  /** Waits for the page of this title, until its script is there. */
  async loaded(title: string): Promise<void> {
    await this.heading(title).waitFor()
    await this.page.waitForLoadState()
  }

  async open(path: string): Promise<void> {
    await this.page.goto(`${this.desk.deps.site.origin}${path}`)
  }

  /** In the form for a request: each identity check is done, and written down. */
  async doChecks(): Promise<void> {
    const { asking } = this.words
    for (const check of Object.values(asking.checkNames)) {
      await this.page.getByLabel(asking.checkDone(check), { exact: true }).check()
      await this.textbox(asking.method(check)).fill('電話')
    }
    await this.textbox(asking.number(asking.checkNames['call-back'])).fill('090-0000-0000')
  }

  async enrol(code: string): Promise<void> {
    const { enrol } = this.words
    await this.open('/enrol')
    await this.textbox(enrol.code).fill(code)
    await this.button(enrol.submit).click()
    await this.heading(enrol.doneTitle).waitFor()
  }

  /** Signs out and closes the browser: the desk no longer counts on this member. */
  async leave(): Promise<void> {
    await this.button(this.words.frame.signOut).click()
    await this.heading(this.words.signIn.title).waitFor()
    await this.context.close()
  }

  async signIn(): Promise<void> {
    await this.open('/sign-in')
    await this.button(this.words.signIn.submit).click()
    await this.page.locator('#session-clock').waitFor()
  }
}
