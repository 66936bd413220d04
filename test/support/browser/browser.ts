// A real Chromium, and the virtual authenticators that it has for tests (WebAuthn §11, over CDP).
import {
  chromium,
  type Browser,
  type BrowserContext,
  type CDPSession,
  type Page,
} from 'playwright-core'
import type { SoftwareCredential } from '../authenticator/software-authenticator.ts'

export type { Browser, BrowserContext, Locator, Page } from 'playwright-core'

/** Starts a Chromium: its headless shell, where there is one, or the `whole` browser. One per suite will do. */
export async function launchBrowser(kind: 'shell' | 'whole' = 'shell'): Promise<Browser> {
  const whole = process.env['SEKISHO_TEST_CHROMIUM']
  const executablePath = (kind === 'shell' && process.env['SEKISHO_TEST_CHROMIUM_SHELL']) || whole
  if (!executablePath) {
    throw new Error('SEKISHO_TEST_CHROMIUM is missing; `npm test -- PATTERN` finds one')
  }
  return chromium.launch({
    executablePath,
    args: [
      ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update'],
    ],
  })
}

export interface AuthenticatorOptions {
  /** `internal` is this device (at most one per page), `hybrid` a phone, `usb` a security key. */
  readonly transport: 'internal' | 'hybrid' | 'usb'
  readonly hasResidentKey?: boolean
  readonly hasUserVerification?: boolean
  /** Whether the person is recognised; `false` refuses at once. */
  readonly isUserVerified?: boolean
  /** Whether the person reacts; `false` waits until the ceremony's timeout. */
  readonly automaticPresenceSimulation?: boolean
  readonly defaultBackupEligibility?: boolean
  readonly defaultBackupState?: boolean
}

export interface VirtualCredential {
  /** Base64url, as in the API. */
  readonly id: string
  readonly rpId: string | undefined
  readonly userHandle: string | undefined
  readonly userName: string | undefined
  readonly signCount: number
  readonly backupEligible: boolean | undefined
  readonly backedUp: boolean | undefined
}

/** One authenticator of one page; other tabs do not see it. */
export interface VirtualAuthenticator {
  setUserVerified(isUserVerified: boolean): Promise<void>
  /** With several authenticators, the one that reacts is the one that the person picks. */
  setPresence(isPresent: boolean): Promise<void>
  credentials(): Promise<VirtualCredential[]>
  /** Takes one credential away, as when somebody deletes it in the password manager. */
  removeCredential(id: string): Promise<void>
  /** Makes every answer wrong in one way, until called with nothing. */
  bend(bits?: {
    bogusSignature?: boolean
    badUserVerification?: boolean
    badUserPresence?: boolean
  }): Promise<void>
  /** Puts a credential in that was made elsewhere: an ES256 one, the only kind that it takes. */
  add(credential: SoftwareCredential): Promise<void>
  /** Copies all credentials, private keys too, into another authenticator, of another page or tab. */
  copyTo(other: VirtualAuthenticator): Promise<void>
  remove(): Promise<void>
  readonly session: CDPSession
  readonly id: string
}

const sessions = new WeakMap<Page, Promise<CDPSession>>()

/** Plugs a virtual authenticator into a page; by default it verifies its user and consents at once. */
export async function addAuthenticator(
  page: Page,
  options: AuthenticatorOptions,
): Promise<VirtualAuthenticator> {
  const session = await webAuthnSession(page)
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      ...options,
      // The protocol has kept the former name of this transport.
      transport: options.transport === 'hybrid' ? 'cable' : options.transport,
    },
  })
  const raw = async () =>
    (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials
  return {
    session,
    id: authenticatorId,
    setUserVerified: async (isUserVerified) => {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
    },
    setPresence: async (enabled) => {
      const name = 'WebAuthn.setAutomaticPresenceSimulation'
      await session.send(name, { authenticatorId, enabled })
    },
    credentials: async () =>
      (await raw()).map((credential) => ({
        id: base64url(credential.credentialId),
        rpId: credential.rpId,
        userHandle: credential.userHandle && base64url(credential.userHandle),
        userName: credential.userName,
        signCount: credential.signCount,
        backupEligible: credential.backupEligibility,
        backedUp: credential.backupState,
      })),
    removeCredential: async (id) => {
      const credentialId = base64(id)
      await session.send('WebAuthn.removeCredential', { authenticatorId, credentialId })
    },
    bend: async (bits = {}) => {
      await session.send('WebAuthn.setResponseOverrideBits', {
        authenticatorId,
        isBogusSignature: bits.bogusSignature ?? false,
        isBadUV: bits.badUserVerification ?? false,
        isBadUP: bits.badUserPresence ?? false,
      })
    },
    add: async ({ id, rpId, userHandle, keys, counter, ...backup }) => {
      const credential = {
        credentialId: base64(id),
        isResidentCredential: true,
        rpId,
        userHandle: base64(userHandle),
        privateKey: keys.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
        signCount: counter,
        backupEligibility: backup.backupEligible,
        backupState: backup.backedUp,
      }
      await session.send('WebAuthn.addCredential', { authenticatorId, credential })
    },
    copyTo: async (other) => {
      for (const credential of await raw()) {
        const authenticatorId = other.id
        await other.session.send('WebAuthn.addCredential', { authenticatorId, credential })
      }
    },
    remove: async () => {
      await session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })
    },
  }
}

/**
 * Turns on the virtual environment of a page. In a tab of its own a ceremony hangs for ever without
 * it, so tests with several tabs call this for each, even where no authenticator is added.
 */
export function webAuthnSession(page: Page): Promise<CDPSession> {
  const existing = sessions.get(page)
  if (existing) return existing
  const opening = page
    .context()
    .newCDPSession(page)
    .then(async (session) => {
      await session.send('WebAuthn.enable', { enableUI: false })
      return session
    })
  sessions.set(page, opening)
  return opening
}

const platforms = {
  windows: {
    userAgent: '(Windows NT 10.0; Win64; x64)',
    platform: 'Windows',
    platformVersion: '19.0.0',
    model: '',
    mobile: false,
  },
  android: {
    userAgent: '(Linux; Android 10; K)',
    platform: 'Android',
    platformVersion: '16.0.0',
    model: 'Pixel 10',
    mobile: true,
  },
} as const

/** Makes a page say that it runs on Windows 11, or on an Android phone of that size. */
export async function emulatePlatform(page: Page, name: keyof typeof platforms): Promise<void> {
  const { userAgent, mobile, ...platform } = platforms[name]
  const session = await page.context().newCDPSession(page)
  const version = page.context().browser()?.version().split('.')[0] ?? '150'
  const brands = ['Chromium', 'Google Chrome'].map((brand) => ({ brand, version }))
  const chrome = `Chrome/${version}.0.0.0${mobile ? ' Mobile' : ''} Safari/537.36`
  await session.send('Emulation.setUserAgentOverride', {
    userAgent: `Mozilla/5.0 ${userAgent} AppleWebKit/537.36 (KHTML, like Gecko) ${chrome}`,
    userAgentMetadata: { ...platform, mobile, brands, architecture: mobile ? '' : 'x86' },
  })
  if (mobile) await page.setViewportSize({ width: 412, height: 915 })
}

/** A tab of a new browser profile, in Japanese by default. */
export async function newPage(
  browser: Browser,
  options: NonNullable<Parameters<Browser['newContext']>[0]> = {},
): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    ...options,
  })
  return { page: await context.newPage(), context }
}

function base64(base64url: string): string {
  return Buffer.from(base64url, 'base64url').toString('base64')
}

function base64url(base64: string): string {
  return Buffer.from(base64, 'base64').toString('base64url')
}
