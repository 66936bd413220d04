// A real Firefox as a person uses it: by its keys and by what it shows. Playwright needs a Firefox of its
// own, and no library drives Debian's with virtual authenticators: so its own protocol does.
import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { HttpClient } from '../world/http-client.ts'
import { Marionette } from './marionette.ts'

/** The Firefox that is here; undefined where there is none. */
export const firefoxPath = process.env['SEKISHO_TEST_FIREFOX']

const settings = {
  'marionette.port': 0,
  'security.webauth.webauthn_enable_softtoken': true,
  'security.webauth.webauthn_enable_usbtoken': false,
  'intl.accept_languages': 'ja,en',
  'signon.rememberSignons': false,
  'browser.aboutwelcome.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'app.update.enabled': false,
  'extensions.update.enabled': false,
}

/** What WebDriver calls the keys that write nothing (WebDriver, §17.4.2). */
const keys: Readonly<Record<string, string>> = {
  Tab: '\uE004',
  Enter: '\uE007',
  ArrowDown: '\uE015',
}

/** At this width a window cannot be made narrower: what is narrower is zoomed. */
const narrowest = 520

const patience = 15_000

export class Firefox {
  readonly #child: ChildProcess
  readonly #profile: string
  readonly #marionette: Marionette

  private constructor(child: ChildProcess, profile: string, marionette: Marionette) {
    this.#child = child
    this.#profile = profile
    this.#marionette = marionette
  }

  static async start(path: string): Promise<Firefox> {
    const profile = mkdtempSync(join(tmpdir(), 'sekisho-firefox-'))
    const lines = Object.entries(settings).map(
      ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
    )
    writeFileSync(join(profile, 'user.js'), lines.join('\n'))
    const options = ['--headless', '--marionette', '--remote-allow-system-access', '--no-remote']
    const child = spawn(path, [...options, '--profile', profile, 'about:blank'], {
      stdio: 'ignore',
      env: { ...process.env, HOME: profile, TZ: 'Asia/Tokyo' },
    })
    const marionette = await Marionette.connect(await readPort(child, profile))
    await marionette.send('WebDriver:NewSession', { capabilities: { alwaysMatch: {} } })
    return new Firefox(child, profile, marionette)
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit')
    await this.#marionette.send('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => {})
    if (this.#child.exitCode === null) {
      const killing = setTimeout(() => this.#child.kill('SIGKILL'), 5_000)
      await ended
      clearTimeout(killing)
    }
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 })
  }

  async open(address: string): Promise<void> {
    await this.#marionette.send('WebDriver:Navigate', { url: address })
  }

  /** A browser that nobody has used, but for what a client of the API did with it. */
  async begin(origin: string, client?: HttpClient): Promise<void> {
    await this.open(`${origin}/help`)
    await this.#marionette.send('WebDriver:DeleteAllCookies')
    await this.run(() => localStorage.clear())
    for (const [name, value] of client?.cookies ?? []) {
      await this.#marionette.send('WebDriver:AddCookie', { cookie: { name, value, path: '/' } })
    }
  }

  /** What the function answers in the page. */
  async run<Given extends unknown[], Answer>(
    work: (...given: Given) => Answer,
    ...given: Given
  ): Promise<Awaited<Answer>> {
    const script = `return (${work})(...arguments)`
    const found = await this.#marionette.send('WebDriver:ExecuteScript', { script, args: given })
    return (found as { value: Awaited<Answer> }).value
  }

  /** The first answer of the function in the page that says something; the page may change meanwhile. */
  async wait<Given extends unknown[], Answer>(
    work: (...given: Given) => Answer,
    ...given: Given
  ): Promise<NonNullable<Awaited<Answer>>> {
    const end = performance.now() + patience
    for (;;) {
      const found = await this.run(work, ...given).catch(() => null)
      if (found) return found
      if (performance.now() > end) {
        const shown = await this.run(
          () => `${location.pathname}: ${document.querySelector('main')?.innerText.slice(0, 800)}`,
        )
        assert.fail(`waited in vain for ${work} of ${JSON.stringify(given)} at ${shown}`)
      }
      await wait(50)
    }
  }

  /** Waits for the whole page of this title: one that is left while its script comes in complains of that. */
  async heading(text: string): Promise<void> {
    await this.wait(
      (text) =>
        document.readyState === 'complete' &&
        document.querySelector('h1')?.textContent?.trim() === text,
      text,
    )
  }

  async text(text: string): Promise<void> {
    await this.wait((text) => document.body.innerText.includes(text), text)
  }

  /** Waits until the cursor stands in a field, where what is typed goes. */
  async field(): Promise<void> {
    await this.wait(() => document.activeElement?.matches('input'))
  }

  /** Types what stands behind a quotation mark, and presses the keys of that name. */
  async press(...pressed: readonly string[]): Promise<void> {
    const actions = pressed
      .flatMap((key) => (key.startsWith('"') ? [...key.slice(1)] : [keys[key] ?? key]))
      .flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ])
    const keyboard = { type: 'key', id: 'keyboard', actions }
    await this.#marionette.send('WebDriver:PerformActions', { actions: [keyboard] })
  }

  /** Clicks what bears exactly this label, as soon as it may be pressed. */
  async click(label: string): Promise<void> {
    const element = await this.wait((label) => {
      const pressable = document.querySelectorAll<HTMLElement>('button:enabled, a[href], label')
      return [...pressable].find((one) => one.innerText.trim() === label && one.checkVisibility())
    }, label)
    const id = Object.values(element)[0]
    await this.#marionette.send('WebDriver:ElementClick', { id })
  }

  /** This device's own authenticator, which recognises its person; answers how to take it away. */
  async addAuthenticator(): Promise<() => Promise<void>> {
    const added = await this.#marionette.send('WebAuthn:AddVirtualAuthenticator', {
      ...{ protocol: 'ctap2', transport: 'internal', isUserConsenting: true },
      ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
    })
    const { value: authenticatorId } = added as { value: string }
    return async () => {
      await this.#marionette.send('WebAuthn:RemoveVirtualAuthenticator', { authenticatorId })
    }
  }

  /** Shows the page in a window of that size in CSS pixels, and as a dark one if wished. */
  async show({ width, height }: { width: number; height: number }, isDark: boolean): Promise<void> {
    await this.#inItself(`
      const { gBrowser } = Services.wm.getMostRecentWindow('navigator:browser')
      gBrowser.selectedBrowser.fullZoom = ${Math.max(1, narrowest / width)}
      Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', ${isDark ? 0 : 1})`)
    const { zoom, sides, bars } = await this.run(() => ({
      zoom: devicePixelRatio,
      sides: outerWidth - innerWidth,
      bars: outerHeight - innerHeight,
    }))
    await this.#marionette.send('WebDriver:SetWindowRect', {
      width: Math.round((width + sides) * zoom),
      height: Math.round((height + bars) * zoom),
    })
    await this.wait(
      (width, isDark) => {
        const isShown = matchMedia('(prefers-color-scheme: dark)').matches === isDark
        return isShown && Math.abs(innerWidth - width) <= 2
      },
      width,
      isDark,
    )
  }

  /** What the browser has written about pages of that origin since it was asked last. */
  async complaints(origin: string): Promise<string[]> {
    const found = await this.#inItself(`
      const storage = Cc['@mozilla.org/consoleAPI-storage;1'].getService(Ci.nsIConsoleAPIStorage)
      const said = storage.getEvents()
        .filter(({ filename }) => filename.startsWith('${origin}'))
        .map((event) => [...event.arguments].join(' '))
      const written = Services.console.getMessageArray()
        .filter((one) => one instanceof Ci.nsIScriptError && one.sourceName.startsWith('${origin}'))
        .map(({ errorMessage }) => errorMessage)
      storage.clearEvents()
      Services.console.reset()
      return [...said, ...written]`)
    return found as string[]
  }

  async #inItself(script: string): Promise<unknown> {
    await this.#marionette.send('Marionette:SetContext', { value: 'chrome' })
    const parameters = { script, args: [], sandbox: 'system' }
    const found = await this.#marionette.send('WebDriver:ExecuteScript', parameters)
    await this.#marionette.send('Marionette:SetContext', { value: 'content' })
    return (found as { value: unknown }).value
  }
}

/** The port on which a Firefox that has just been started listens. */
async function readPort(child: ChildProcess, profile: string): Promise<number> {
  for (let tries = 0; tries < 300; tries += 1) {
    assert.equal(child.exitCode, null, 'Firefox ended at its start')
    try {
      return Number(readFileSync(join(profile, 'MarionetteActivePort'), 'utf8'))
    } catch {
      await wait(100)
    }
  }
  return assert.fail('Firefox opened no port')
}
