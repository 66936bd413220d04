// What the browser tests stand on: virtual devices that do what they are named for, and a software
// authenticator whose answers look like Chromium's.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import {
  generateRegistrationOptions,
  verifyRegistrationResponse,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { createAuthenticator } from '../authenticator/software-authenticator.ts'
import {
  addAuthenticator,
  emulatePlatform,
  launchBrowser,
  newPage,
  type Browser,
  type Page,
} from './browser.ts'

const rpId = 'localhost'
const supportedAlgorithmIDs = [-8, -7, -257]
const server = createServer((_, answer) => {
  answer.setHeader('content-type', 'text/html').end('<!doctype html><title>blank</title>')
})
let browser: Browser
let origin: string

before(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
  browser = await launchBrowser()
})

after(async () => {
  await browser?.close()
  server.closeAllConnections()
  server.close()
})

async function blankPage(): Promise<Page> {
  const { page } = await newPage(browser)
  await page.goto(origin)
  return page
}

function creationOptions() {
  return generateRegistrationOptions({
    rpName: 'Sekisho',
    rpID: rpId,
    userName: 'taro',
    userID: new Uint8Array(randomBytes(64)),
    supportedAlgorithmIDs,
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
  })
}

/** `navigator.credentials.create()` in the page; a refusal comes back as the error's name. */
function createIn(page: Page, options: PublicKeyCredentialCreationOptionsJSON) {
  return page.evaluate(async (json) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
      json as unknown as Parameters<typeof PublicKeyCredential.parseCreationOptionsFromJSON>[0],
    )
    const credential = await navigator.credentials
      .create({ publicKey })
      .catch((error: DOMException) => error.name)
    return credential instanceof PublicKeyCredential ? (credential.toJSON() as unknown) : credential
  }, options)
}

async function register(page: Page) {
  const options = await creationOptions()
  const response = (await createIn(page, options)) as RegistrationResponseJSON
  const { registrationInfo } = await verifyRegistrationResponse({
    response,
    expectedChallenge: options.challenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    supportedAlgorithmIDs,
  })
  return { response, info: registrationInfo }
}

test('this device and a phone register, and tell where the passkey is kept', async () => {
  const expected = {
    internal: { transports: ['internal'], attachment: 'platform' },
    hybrid: { transports: ['ble', 'hybrid'], attachment: 'cross-platform' },
  } as const
  for (const transport of ['internal', 'hybrid'] as const) {
    const page = await blankPage()
    const authenticator = await addAuthenticator(page, { transport })
    const { response, info } = await register(page)
    assert.deepEqual(response.response.transports, expected[transport].transports)
    assert.equal(response.authenticatorAttachment, expected[transport].attachment)
    const [held] = await authenticator.credentials()
    assert.equal(held?.id, info?.credential.id)
    assert.equal(held?.rpId, rpId)
    await page.context().close()
  }
})

test('a person who is not recognised, and a device that is taken away, are refused', async () => {
  const page = await blankPage()
  const authenticator = await addAuthenticator(page, { transport: 'internal' })
  await authenticator.setUserVerified(false)
  assert.equal(await createIn(page, await creationOptions()), 'NotAllowedError')
  await authenticator.setUserVerified(true)
  await register(page)
  await authenticator.remove()
  assert.equal(
    await createIn(page, { ...(await creationOptions()), timeout: 500 }),
    'NotAllowedError',
  )
  await page.context().close()
})

test('a passkey is copied into another tab, and removed there alone', async () => {
  const [first, second] = [await blankPage(), await blankPage()]
  const one = await addAuthenticator(first, {
    transport: 'internal',
    defaultBackupEligibility: true,
  })
  const { info } = await register(first)
  assert.equal(info?.credentialDeviceType, 'multiDevice')
  const other = await addAuthenticator(second, { transport: 'internal' })
  await one.copyTo(other)
  const id = info?.credential.id ?? ''
  assert.deepEqual(
    (await other.credentials()).map((held) => held.id),
    [id],
  )
  await other.removeCredential(id)
  assert.equal((await other.credentials()).length, 0)
  assert.equal((await one.credentials()).length, 1)
  await Promise.all([first, second].map((page) => page.context().close()))
})

test('the software authenticator answers with the members that Chromium has', async () => {
  const page = await blankPage()
  await addAuthenticator(page, { transport: 'internal' })
  const { response: real } = await register(page)
  const ours = await createAuthenticator({ origin, rpId }).create(await creationOptions())
  const members = (answer: RegistrationResponseJSON) => ({
    outer: Object.keys(answer).sort(),
    inner: Object.keys(answer.response).sort(),
    clientData: JSON.parse(Buffer.from(answer.response.clientDataJSON, 'base64url').toString()),
  })
  const { clientData: realData, ...realMembers } = members(real)
  const { clientData: ourData, ...ourMembers } = members(ours)
  assert.deepEqual(ourMembers, realMembers)
  // Chromium adds a member at random, so that nobody compares client data by template.
  const anyChallenge = { challenge: '', other_keys_can_be_added_here: '' }
  assert.deepEqual({ ...ourData, ...anyChallenge }, { ...realData, ...anyChallenge })
  await page.context().close()
})

test('a page can say that it runs on Windows or on an Android phone', async () => {
  for (const [name, platform, model] of [
    ['windows', 'Windows', ''],
    ['android', 'Android', 'Pixel 10'],
  ] as const) {
    const { page } = await newPage(browser)
    await emulatePlatform(page, name)
    await page.goto(origin)
    const said = await page.evaluate(async () => {
      const { userAgentData } = navigator as unknown as {
        userAgentData: { getHighEntropyValues(names: string[]): Promise<object> }
      }
      return userAgentData.getHighEntropyValues(['model'])
    })
    assert.partialDeepStrictEqual(said, { platform, model, mobile: name === 'android' })
    assert.equal(await page.evaluate(() => navigator.language), 'ja-JP')
    await page.context().close()
  }
})
