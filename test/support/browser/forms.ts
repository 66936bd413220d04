// Every form of the product at which a customer arrives, cold: the way there is not walked. Each with the
// keys that a person presses on it, and the sign that they were enough.
import assert from 'node:assert/strict'
import { oidcTexts } from '../../../src/text/oidc.ts'
import { registerFurtherPasskey, type Holder } from '../world/ceremonies.ts'
import type { HttpClient } from '../world/http-client.ts'
import {
  givePassword,
  openRegistration,
  registerFirstPasskey,
  switchFactor,
} from '../world/journeys.ts'
import {
  activationOf,
  anotherPassword,
  askForgotten,
  proveActivation,
  proveMailbox,
} from '../world/recovery.ts'
import { authorizationRequest, register } from '../world/relying-party.ts'
import { expectStatus, type World } from '../world/world.ts'
import { addAuthenticator } from './browser.ts'
import type { Walker } from './walks.ts'

export interface Form {
  /** Puts the walker's browser where the form comes next, and answers its address. */
  readonly lead: (walker: Walker, passkeys: number) => Promise<string>
  /** Numbers of passkeys to look at, where the form has a list of them. */
  readonly lists?: readonly number[]
  /** The label of its main button, which alone is looked for. */
  readonly main: (walker: Walker) => string
  /** What is typed (in quotes) and pressed, from the page as it opens. */
  readonly keys: (walker: Walker) => Promise<readonly string[]>
  /** Resolves when the form has been done. */
  readonly done: (walker: Walker) => Promise<unknown>
}

const portal = (walker: Walker) => walker.heading(walker.words.portal.title).waitFor()

export const forms: Readonly<Record<string, Form>> = {
  'login ID and password': {
    lead: async () => '/sign-in',
    main: ({ words }) => words.signIn.submit,
    keys: async ({ account }) => [`"${account.loginId}`, 'Tab', `"${account.password}`, 'Enter'],
    done: (walker) => walker.heading(walker.words.emailCode.title).waitFor(),
  },
  'the code of a sign-in': {
    async lead(walker) {
      const client = walker.world.client()
      expectStatus(await givePassword(client, walker.account), 200)
      await walker.takeOver(client)
      return '/sign-in/email-code'
    },
    main: ({ words }) => words.emailCode.submit,
    keys: async (walker) => [`"${await walker.nextCode()}`, 'Enter'],
    done: portal,
  },
  'the passkey of a sign-in': {
    lists: [1, 3, 20],
    async lead(walker, passkeys) {
      await hold(walker, passkeys, 'passkey')
      const client = walker.world.client()
      expectStatus(await givePassword(client, walker.account), 200)
      await walker.takeOver(client)
      return '/sign-in/passkey'
    },
    main: ({ words }) => words.passkey.submit,
    keys: async () => ['Enter'],
    done: portal,
  },
  'a forgotten password': {
    lead: async () => '/forgotten',
    main: ({ words }) => words.recovery.forgotten.sendCode,
    keys: async ({ account }) => [`"${account.loginId}`, 'Enter'],
    done: (walker) => walker.heading(walker.words.recovery.codeTitle).waitFor(),
  },
  'a forgotten password: the code': {
    lead: async (walker) => forgottenBy(walker),
    main: ({ words }) => words.emailCode.submit,
    keys: async (walker) => [`"${await walker.nextCode()}`, 'Enter'],
    done: (walker) => walker.heading(walker.words.recovery.forgotten.supportTitle).waitFor(),
  },
  'a forgotten password: the passkey': {
    lists: [3],
    async lead(walker, passkeys) {
      await hold(walker, passkeys, 'passkey')
      await walker.takeOver(await proveMailbox(walker.world, walker.account))
      return '/forgotten'
    },
    main: ({ words }) => words.passkey.submit,
    keys: async () => ['Enter'],
    done: (walker) => walker.heading(walker.words.recovery.passwordTitle).waitFor(),
  },
  'an activation code': {
    lead: async () => '/activate',
    main: ({ words }) => words.recovery.activation.next,
    keys: async ({ world, account }) => [
      `"${account.loginId}`,
      'Tab',
      `"${await activationOf(world, account)}`,
      'Enter',
    ],
    done: (walker) => walker.heading(walker.words.recovery.codeTitle).waitFor(),
  },
  'a new password by an activation code': {
    async lead(walker) {
      await walker.takeOver(await proveActivation(walker.world, walker.account))
      return '/activate'
    },
    main: ({ words }) => words.recovery.submit,
    // Past the language.
    keys: async () => ['Tab', 'Tab', `"${anotherPassword}`, 'Enter'],
    done: (walker) => walker.heading(walker.words.recovery.activation.done).waitFor(),
  },
  'registration: sign in again': {
    async lead(walker) {
      const client = await walker.world.signIn(walker.account)
      await client.post('/api/passkeys/email-code')
      for (let tries = 0; tries < 6; tries += 1) {
        await client.post('/api/passkeys/email-code/verify', { code: '000000' })
      }
      await walker.takeOver(client)
      return '/portal/passkeys/new'
    },
    main: ({ words }) => words.newPasskey.again.submit,
    keys: async () => ['Enter'],
    done: (walker) => walker.heading(walker.words.signIn.title).waitFor(),
  },
  'registration: the proof': {
    lists: [3],
    async lead(walker, passkeys) {
      const { client } = await hold(walker, passkeys, 'email')
      await walker.takeOver(client)
      return '/portal/passkeys/new'
    },
    main: ({ words }) => words.newPasskey.prove.submit,
    keys: async () => ['Enter'],
    done: (walker) => walker.textbox(walker.words.emailCode.code).waitFor(),
  },
  'registration: send a code': {
    async lead(walker) {
      await walker.takeOver(await walker.world.signIn(walker.account))
      return '/portal/passkeys/new'
    },
    main: ({ words }) => words.newPasskey.code.send,
    keys: async () => ['Enter'],
    done: (walker) => walker.textbox(walker.words.emailCode.code).waitFor(),
  },
  'registration: the code': {
    async lead(walker) {
      const client = await walker.world.signIn(walker.account)
      expectStatus(await client.post('/api/passkeys/email-code'), 200)
      await walker.takeOver(client)
      return '/portal/passkeys/new'
    },
    main: ({ words }) => words.emailCode.submit,
    keys: async (walker) => [`"${await walker.nextCode()}`, 'Enter'],
    done: (walker) => walker.textbox(walker.words.newPasskey.name.name).waitFor(),
  },
  'registration: the name': {
    async lead(walker) {
      const client = await walker.world.signIn(walker.account)
      await openRegistration(walker.world, client, walker.account)
      await addAuthenticator(walker.page, { transport: 'internal' })
      await walker.takeOver(client)
      return '/portal/passkeys/new'
    },
    main: ({ words }) => words.newPasskey.name.submit,
    // Past the brand, the language, the way back and the device's state.
    keys: async (walker) => [
      ...(await pastSignOut(walker)),
      ...['Tab', 'Tab', 'Tab', 'Tab', 'Tab', '"Study', 'Enter'],
    ],
    done: async (walker) => {
      await walker.heading(walker.words.newPasskey.done.title).waitFor()
      assert.equal(await walker.page.locator('[data-fact=name]').textContent(), 'Study')
    },
  },
  'second factor': {
    async lead(walker) {
      const { client } = await hold(walker, 1, 'email')
      await walker.takeOver(client)
      return '/portal/second-factor'
    },
    main: ({ words }) => words.secondFactor.submit,
    keys: async (walker) => [
      ...(await pastSignOut(walker)),
      ...['Tab', 'Tab', 'Tab', 'Tab', 'ArrowDown', 'Enter'],
    ],
    done: (walker) => walker.heading(walker.words.secondFactor.doneTitle).waitFor(),
  },
  'step-up for an application': {
    lists: [3],
    async lead(walker, passkeys) {
      await hold(walker, passkeys, 'email')
      await walker.takeOver(await walker.world.signIn(walker.account))
      return asked(walker.world, { acr_values: 'phr' })
    },
    main: (walker) => oidcTexts[languageOf(walker)].stepUpSubmit,
    keys: async () => ['Enter'],
    done: arrived,
  },
  'no passkey for an application': {
    async lead(walker) {
      await walker.takeOver(await walker.world.signIn(walker.account))
      return asked(walker.world, { acr_values: 'phr' })
    },
    main: (walker) => oidcTexts[languageOf(walker)].noPasskeyLink,
    keys: async () => ['Tab', 'Tab', 'Enter'],
    done: (walker) => walker.heading(walker.words.newPasskey.title).waitFor(),
  },
  'a question for an application': {
    async lead(walker) {
      await walker.takeOver(await walker.world.signIn(walker.account))
      return asked(walker.world, {}, true)
    },
    main: (walker) => oidcTexts[languageOf(walker)].questions['third-party'].submit,
    keys: async () => ['Tab', 'Tab', 'Enter'],
    done: arrived,
  },
}

async function forgottenBy(walker: Walker): Promise<string> {
  await walker.takeOver(await askForgotten(walker.world, walker.account))
  return '/forgotten'
}

function languageOf({ words }: Walker): 'ja' | 'en' {
  return words.page.otherLanguage === 'English' ? 'ja' : 'en'
}

/** Nothing answers at the application's address: that the browser was sent there is enough. */
function arrived({ page }: Walker): Promise<unknown> {
  return page.waitForRequest(/^http:\/\/localhost:3200\/callback\?.*code=/)
}

async function asked(
  world: World,
  parameters: Record<string, string>,
  thirdParty = false,
): Promise<string> {
  const client = await register(world, 'web', thirdParty ? { thirdParty } : {})
  return (await authorizationRequest(client, parameters)).address
}

/** The account gets its passkeys, of which the one that was used last is in the page's authenticator. */
async function hold(
  { world, account, page }: Walker,
  passkeys: number,
  factor: 'email' | 'passkey',
): Promise<{ client: HttpClient }> {
  const client = await world.signIn(account)
  const authenticator = world.authenticator({ algorithm: -7 })
  const passkey = await registerFirstPasskey(world, client, account, authenticator)
  const holder: Holder = { account, client, authenticator, passkey }
  for (let number = 2; number <= passkeys; number += 1) {
    const other = world.authenticator({ transports: ['hybrid'] })
    await registerFurtherPasskey(world, holder, other, `スマートフォン ${number}`)
  }
  if (factor === 'passkey') await switchFactor(client, authenticator, passkey.id, factor)
  const own = await addAuthenticator(page, { transport: 'internal' })
  for (const credential of authenticator.credentials) await own.add(credential)
  return { client }
}

/** 「ログアウト」 on top is a stop of the keyboard once its script is there. */
async function pastSignOut({ page }: Walker): Promise<readonly string[]> {
  return (await page.locator('#sign-out:enabled').count()) === 0 ? [] : ['Tab']
}
