// What people do on the pages, found by the labels of the contract, in both languages.
import { after, before, describe } from 'node:test'
import type { Language } from '../../../src/kernel/http/language.ts'
import { texts, type Texts } from '../../../src/text/texts.ts'
import type { SuiteOptions } from '../world/frames.ts'
import type { HttpClient } from '../world/http-client.ts'
import { openRegistration, registerFirstPasskey, switchFactor } from '../world/journeys.ts'
import { codeOf, type Mail } from '../world/mail-receiver.ts'
import { databases } from '../world/postgres.ts'
import { World, type TestAccount, type WorldOptions } from '../world/world.ts'
import {
  launchBrowser,
  newPage,
  type Browser,
  type BrowserContext,
  type Page,
  type VirtualAuthenticator,
} from './browser.ts'

type StartOptions = Omit<WorldOptions, 'origin' | 'reachable'>

export interface BrowserWorld {
  readonly browser: Browser
  readonly world: World
}

/** A Chromium and an installation that it reaches at the installation's own origin. */
export async function startBrowserWorld(options: StartOptions = {}): Promise<BrowserWorld> {
  const sqlite = databases.find(({ name }) => name === 'sqlite')
  if (!sqlite) throw new Error('SQLite is missing from the databases of the tests')
  const [browser, world] = await Promise.all([
    launchBrowser(),
    World.start(sqlite, { ...options, reachable: true }),
  ])
  return { browser, world }
}

/** A suite with one Chromium and one installation, which are there for all of its tests. */
export function inBrowser(
  title: string,
  options: SuiteOptions & StartOptions,
  suite: (started: BrowserWorld) => void,
): void {
  describe(title, options, () => {
    let begun: BrowserWorld
    before(async () => {
      begun = await startBrowserWorld(options)
    })
    suite({
      get browser() {
        return begun.browser
      },
      get world() {
        return begun.world
      },
    })
    after(async () => {
      await begun.browser.close()
      await begun.world.stop()
    })
  })
}

type ContextOptions = Parameters<typeof newPage>[1]

/** One person with a browser of their own. */
export class Walker {
  readonly world: World
  readonly page: Page
  readonly context: BrowserContext
  readonly account: TestAccount
  readonly words: Texts

  private constructor(
    world: World,
    opened: { page: Page; context: BrowserContext },
    account: TestAccount,
    language: Language,
  ) {
    this.world = world
    this.page = opened.page
    this.context = opened.context
    this.account = account
    this.words = texts[language]
  }

  static async start(
    { browser, world }: { browser: Browser; world: World },
    language: Language = 'ja',
    { account, ...options }: ContextOptions & { readonly account?: TestAccount } = {},
  ): Promise<Walker> {
    const locale = language === 'ja' ? 'ja-JP' : 'en-US'
    const opened = await newPage(browser, { locale, ...options })
    return new Walker(world, opened, account ?? (await world.addAccount()), language)
  }

  button(name: string) {
    return this.page.getByRole('button', { name, exact: true })
  }

  textbox(name: string) {
    return this.page.getByRole('textbox', { name, exact: true })
  }

  radio(name: string | RegExp) {
    return this.page.getByRole('radio', { name, exact: true })
  }

  heading(name: string) {
    return this.page.getByRole('heading', { level: 1, name, exact: true })
  }

  /** Waits for the page of this title, until its script has done what it does by itself. */
  async loaded(title: string): Promise<void> {
    await this.heading(title).waitFor()
    await this.page.waitForLoadState()
  }

  /** What the page says in its box for refusals, and in its box for how things go. */
  problem() {
    return this.page.locator('#problem')
  }

  status() {
    return this.page.locator('#status')
  }

  async open(path: string): Promise<void> {
    await this.page.goto(`${this.world.origin}${path}`)
  }

  async givePassword(): Promise<void> {
    const { signIn } = this.words
    await this.textbox(signIn.loginId).fill(this.account.loginId)
    await this.page.getByLabel(signIn.password, { exact: true }).fill(this.account.password)
    await this.button(signIn.submit).click()
  }

  /** Types the next code that arrives by mail, and sends it. */
  async giveCode(): Promise<void> {
    const { emailCode } = this.words
    await this.textbox(emailCode.code).waitFor()
    await this.textbox(emailCode.code).fill(await this.nextCode())
    await this.button(emailCode.submit).click()
  }

  async nextCode(): Promise<string> {
    const { email } = this.account
    const isCode = (mail: Mail) =>
      mail.to.includes(email) && /コード$|^Your .*code/.test(mail.subject)
    return codeOf(await this.world.mail.next(isCode))
  }

  async signInByEmail(): Promise<void> {
    await this.open('/sign-in')
    await this.givePassword()
    await this.heading(this.words.emailCode.title).waitFor()
    await this.giveCode()
    await this.heading(this.words.portal.title).waitFor()
  }

  /** From the portal to the form for the name; for an account without a passkey. */
  async openRegistration(): Promise<void> {
    await this.button(this.words.portal.register).click()
    await this.page.waitForURL('**/portal/passkeys/new')
    await this.giveCode()
    await this.textbox(this.words.newPasskey.name.name).waitFor()
  }

  /** The form for the name at once, for an account without a passkey: what led there is not walked. */
  async openNameForm(): Promise<void> {
    const client = await this.world.signIn(this.account)
    await openRegistration(this.world, client, this.account)
    await this.takeOver(client)
    await this.open('/portal/passkeys/new')
  }

  /**
   * The account's first passkey, in this authenticator and in force as the second factor, if that is not
   * to stay the code by e-mail: what led there is not walked. Answers the client that set it up.
   */
  async holdPasskey(
    authenticator: VirtualAuthenticator,
    factor: 'email' | 'passkey' = 'passkey',
  ): Promise<HttpClient> {
    const { world, account } = this
    const maker = world.authenticator({ algorithm: -7 })
    const client = await world.signIn(account)
    const { id } = await registerFirstPasskey(world, client, account, maker)
    if (factor === 'passkey') await switchFactor(client, maker, id, factor)
    for (const credential of maker.credentials) await authenticator.add(credential)
    return client
  }

  /** Goes on where a client of the API stands: what led there is not walked. */
  async takeOver({ cookies }: HttpClient): Promise<void> {
    const url = this.world.origin
    await this.context.addCookies([...cookies].map(([name, value]) => ({ name, value, url })))
  }

  async register(device: 'thisComputer' | 'phone' | 'thisPhone' = 'thisComputer'): Promise<void> {
    const { name, done } = this.words.newPasskey
    await this.radio(name[device]).check()
    await this.button(name.submit).click()
    await this.heading(done.title).waitFor()
  }

  /** Makes the passkey the second factor; for an account with one passkey. */
  async switchToPasskey(): Promise<void> {
    const { secondFactor } = this.words
    await this.open('/portal/second-factor')
    await this.radio(secondFactor.passkey).check()
    await this.button(secondFactor.submit).click()
    await this.heading(secondFactor.doneTitle).waitFor()
  }
}
