// The pages in Firefox: the keys that a person presses, what it says without an authenticator, the journey
// with one, and looks. Skipped where there is no Firefox; `npm run test:browsers` brings one where it may.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { facts } from '../../src/text/environments.ts'
import { texts } from '../../src/text/texts.ts'
import { Firefox, firefoxPath } from '../support/browser/firefox.ts'
import { accountWithPasskey, givePassword, openRegistration } from '../support/world/journeys.ts'
import { databases } from '../support/world/postgres.ts'
import { World, expectStatus } from '../support/world/world.ts'

const [sqlite] = databases
const words = texts.ja
const skip = firefoxPath === undefined && 'there is no Firefox here'

const sizes = [
  { width: 390, height: 664 },
  { width: 1366, height: 657 },
  { width: 1920, height: 950 },
] as const

describe('Firefox', { timeout: 240_000, skip }, () => {
  let firefox: Firefox
  let world: World

  before(async () => {
    assert.ok(sqlite && firefoxPath !== undefined)
    ;[firefox, world] = await Promise.all([
      Firefox.start(firefoxPath),
      World.start(sqlite, { reachable: true }),
    ])
  })
  after(async () => {
    await firefox.stop()
    await world.stop()
  })

  test('from the first key to the sign-in by passkey, with an authenticator of its own', async () => {
    const account = await world.addAccount()
    await firefox.begin(world.origin)
    const removeAuthenticator = await firefox.addAuthenticator()
    await firefox.open(`${world.origin}/sign-in`)
    await firefox.field()
    await firefox.press(`"${account.loginId}`, 'Tab', `"${account.password}`, 'Enter')
    await firefox.heading(words.emailCode.title)
    await firefox.field()
    await firefox.press(`"${await world.nextCode(account)}`, 'Enter')
    await firefox.heading(words.portal.title)
    await firefox.click(words.portal.register)
    await firefox.heading(words.newPasskey.title)
    await firefox.field()
    await firefox.press(`"${await world.nextCode(account)}`, 'Enter')
    await firefox.click(words.newPasskey.name.submit)
    await firefox.heading(words.newPasskey.done.title)
    await firefox.open(`${world.origin}/portal/second-factor`)
    await firefox.press('Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'ArrowDown', 'Enter')
    await firefox.heading(words.secondFactor.doneTitle)
    await firefox.open(`${world.origin}/portal`)
    await firefox.click(words.portal.signOut)
    await firefox.heading(words.signIn.title)
    await firefox.field()
    await firefox.press(`"${account.loginId}`, 'Tab', `"${account.password}`, 'Enter')
    await firefox.heading(words.passkey.title)
    await firefox.wait(() => document.activeElement?.matches('button.primary:enabled'))
    await firefox.press('Enter')
    await firefox.heading(words.portal.title)
    await removeAuthenticator()
    assert.deepEqual(await firefox.complaints(world.origin), [])
  })

  test('without an authenticator: what is missing is said before, and how it ended after', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    await openRegistration(world, client, account)
    await firefox.begin(world.origin, client)
    await firefox.open(`${world.origin}/portal/passkeys/new`)
    await firefox.text(facts.own.linux.says.ja)
    await firefox.click(words.newPasskey.name.submit)
    await firefox.text(words.browser.create.atOnce)
    assert.deepEqual(await firefox.complaints(world.origin), [])
  })

  for (const language of ['ja', 'en'] as const) {
    test(`every page, at three sizes, light and dark: nothing sideways, its main button in sight, ${language}`, async () => {
      const removeAuthenticator = await firefox.addAuthenticator()
      for (const [path, client] of await standing(world)) {
        await firefox.begin(world.origin, client)
        await firefox.open(`${world.origin}${path}?lang=${language}`)
        for (const size of sizes) {
          for (const isDark of [false, true]) {
            await firefox.show(size, isDark)
            const seen = await firefox.wait(look)
            assert.deepEqual(seen, { path, language, isDark, faults: [] })
          }
        }
      }
      await removeAuthenticator()
      assert.deepEqual(await firefox.complaints(world.origin), [])
    })
  }
})

/** Each page, and a client that stands there. */
async function standing(world: World) {
  const newcomer = await world.addAccount()
  const typing = world.client()
  expectStatus(await givePassword(typing, newcomer), 200)
  const fresh = await world.addAccount()
  const registering = await world.signIn(fresh)
  await openRegistration(world, registering, fresh)
  const { account, client } = await accountWithPasskey(world)
  const proving = world.client()
  expectStatus(await givePassword(proving, account), 200)
  return [
    ['/sign-in', world.client()],
    ['/sign-in/email-code', typing],
    ['/sign-in/passkey', proving],
    ['/portal', client],
    ['/portal/passkeys/new', registering],
    ['/portal/second-factor', client],
    ['/help', client],
    ['/help/lost', client],
  ] as const
}

/** Runs in the page, once its script is there. */
function look() {
  const main = document.querySelector('form .primary')
  if (main?.matches('button:disabled')) return null
  const faults: string[] = []
  const { scrollWidth, lang } = document.documentElement
  if (scrollWidth > innerWidth) faults.push(`${scrollWidth} pixels wide of ${innerWidth}`)
  const { top, bottom } = main?.getBoundingClientRect() ?? { top: 0, bottom: 0 }
  if (top < 0 || bottom > innerHeight) faults.push(`the button ends at ${bottom} of ${innerHeight}`)
  const [red = 255] =
    getComputedStyle(document.body).backgroundColor.match(/\d+/g)?.map(Number) ?? []
  return { path: location.pathname, language: lang, isDark: red < 128, faults }
}
