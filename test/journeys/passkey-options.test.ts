// Rules 2 and 3: what the browser is asked for, and that it comes from the settings and the account,
// never from the request.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { readChallenge } from '../../src/domain/passkeys/challenge.ts'
import { site } from '../support/authenticator/bent-answers.ts'
import {
  creationOptions,
  holderOfPasskey,
  openFurtherRegistration,
  proofOptions,
  registerFurtherPasskey,
  removeBySupport,
  securityKey,
} from '../support/world/ceremonies.ts'
import {
  accountWithPasskey,
  askPasskey,
  givePassword,
  openRegistration,
} from '../support/world/journeys.ts'
import { databases } from '../support/world/postgres.ts'
import { expectProblem, expectStatus, World } from '../support/world/world.ts'

for (const database of databases) {
  describe(`what the browser is asked for, on ${database.name}`, () => {
    let world: World
    before(async () => {
      const env = { SEKISHO_RP_ID: site.rpId, SEKISHO_BRAND: 'NEOTRADE W' }
      world = await World.start(database, { origin: site.origin, env })
    })
    after(() => world.stop())

    test('a new passkey is asked for exactly so', async () => {
      const account = await world.addAccount()
      const client = await world.signIn(account)
      await openRegistration(world, client, account)
      const { challenge, user, ...rest } = await creationOptions(client, 'Windows')
      assert.ok(readChallenge(world.deps.keys, challenge))
      assert.equal(Buffer.from(user.id, 'base64url').length, 64)
      assert.deepEqual(
        { name: user.name, displayName: user.displayName },
        { name: account.loginId, displayName: account.displayName },
      )
      assert.deepEqual(rest, {
        rp: { id: 'example.jp', name: 'NEOTRADE W' },
        pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: 'public-key', alg })),
        timeout: 300_000,
        attestation: 'none',
        authenticatorSelection: {
          residentKey: 'preferred',
          requireResidentKey: false,
          userVerification: 'required',
        },
        excludeCredentials: [],
        hints: ['client-device'],
        extensions: { credProps: true },
      })
    })

    test('a phone is brought first by a hint, and no way is hidden by an attachment', async () => {
      const account = await world.addAccount()
      const client = await world.signIn(account)
      await openRegistration(world, client, account)
      for (const [device, hint] of [
        ['this-device', 'client-device'],
        ['phone', 'hybrid'],
      ]) {
        const options = await client.post<{ hints: string[] }>('/api/passkeys/options', {
          name: 'Mine',
          device,
        })
        assert.deepEqual(expectStatus(options, 200).hints, [hint])
        assert.doesNotMatch(options.text, /authenticatorAttachment/)
      }
      const other = await client.post('/api/passkeys/options', { name: 'Mine', device: 'key' })
      assert.equal(expectProblem(other, 400), 'invalid_request')
    })

    test('one user handle belongs to an account for ever, and to no other', async () => {
      const holder = await holderOfPasskey(world)
      const { userHandle } = holder.authenticator.credentials[0] ?? {}
      await openFurtherRegistration(world, holder)
      const further = await creationOptions(holder.client, 'Second')
      assert.equal(further.user.id, userHandle)
      await removeBySupport(world, holder.account, holder.passkey.id)
      await world.signIn(holder.account, holder.client)
      await openRegistration(world, holder.client, holder.account)
      assert.equal((await creationOptions(holder.client, 'Third')).user.id, userHandle)

      const other = await holderOfPasskey(world)
      assert.notEqual(other.authenticator.credentials[0]?.userHandle, userHandle)
    })

    test('all live passkeys of the account are excluded, and only these', async () => {
      const holder = await holderOfPasskey(world)
      await holderOfPasskey(world)
      const [key, lost] = [securityKey(world), securityKey(world)]
      await registerFurtherPasskey(world, holder, key, 'Key')
      const { id } = await registerFurtherPasskey(world, holder, lost, 'Lost')
      await removeBySupport(world, holder.account, id)
      await world.signIn(holder.account, holder.client)
      await openFurtherRegistration(world, holder)
      const { excludeCredentials = [] } = await creationOptions(holder.client, 'Another')
      const entry = (credentialId: string | undefined, transports: string[]) =>
        JSON.stringify({ type: 'public-key', id: credentialId, transports })
      assert.deepEqual(
        excludeCredentials.map((excluded) => JSON.stringify(excluded)).toSorted(),
        [
          entry(holder.authenticator.credentials[0]?.id, ['internal']),
          entry(key.credentials[0]?.id, ['usb']),
        ].toSorted(),
      )
    })

    for (const [transports, hints] of [
      [['internal'], ['client-device']],
      [['hybrid'], ['hybrid']],
      [['usb', 'nfc'], []],
    ] as const) {
      test(`a passkey kept behind ${transports.join(' and ')} is asked for alone and by its way`, async () => {
        const authenticator = world.authenticator({ transports: [...transports] })
        const { account, client, passkey } = await accountWithPasskey(world, authenticator)
        const browser = world.client()
        expectStatus(await givePassword(browser, account), 200)
        const asked = [
          await askPasskey(browser, passkey.id),
          await proofOptions(client, passkey.id, 'register'),
          await proofOptions(client, passkey.id, 'switch'),
          await proofOptions(client, passkey.id, 'step-up'),
        ]
        for (const { challenge, ...rest } of asked) {
          assert.ok(readChallenge(world.deps.keys, challenge))
          assert.deepEqual(rest, {
            rpId: 'example.jp',
            timeout: 300_000,
            userVerification: 'required',
            allowCredentials: [
              { type: 'public-key', id: authenticator.credentials[0]?.id, transports },
            ],
            hints,
          })
        }
      })
    }

    for (const [transports, hints] of [
      [['internal'], []],
      [['internal', 'hybrid'], []],
      [['usb'], []],
      [['hybrid'], ['hybrid']],
    ] as const) {
      test(`a passkey that can be synced is looked for everywhere, though it told ${transports.join(' and ')}`, async () => {
        // Not on another device yet: that it can be is what counts.
        const attachment: 'platform' | 'cross-platform' =
          transports[0] === 'internal' ? 'platform' : 'cross-platform'
        const settings = { transports: [...transports], attachment, backupEligible: true }
        const holder = await accountWithPasskey(world, world.authenticator(settings))
        const { account, client, passkey, authenticator } = holder
        const browser = world.client()
        expectStatus(await givePassword(browser, account), 200)
        const everywhere = [
          { type: 'public-key', id: authenticator.credentials[0]?.id, transports: [] },
        ]
        for (const { allowCredentials, hints: hinted } of [
          await askPasskey(browser, passkey.id),
          await proofOptions(client, passkey.id, 'register'),
          await proofOptions(client, passkey.id, 'switch'),
          await proofOptions(client, passkey.id, 'step-up'),
        ]) {
          assert.deepEqual(allowCredentials, everywhere)
          assert.deepEqual(hinted, hints)
        }
        await openFurtherRegistration(world, holder)
        const { excludeCredentials } = await creationOptions(client, 'Another')
        assert.deepEqual(excludeCredentials, everywhere)
      })
    }

    test('a security key is accepted, called one, and said to be outside of what is recommended', async () => {
      const holder = await holderOfPasskey(world)
      await openFurtherRegistration(world, holder)
      const page = await holder.client.get<string>('/portal/passkeys/new')
      assert.match(expectStatus(page, 200), /セキュリティキーは推奨環境の対象外/)
      const options = await creationOptions(holder.client, 'Key')
      const answer = await securityKey(world).create(options)
      const made = await holder.client.post<{ place: string }>('/api/passkeys', answer)
      assert.equal(expectStatus(made, 201).place, 'セキュリティキー')
    })

    test('a request for another host is answered with 421, wherever it goes', async () => {
      const { client, passkey } = await holderOfPasskey(world)
      const body = JSON.stringify({ passkeyId: passkey.id, purpose: 'switch' })
      for (const host of ['evil.test', 'example.jp', 'login.example.jp:8443', 'localhost', '']) {
        const headers = { host, 'content-type': 'application/json' }
        const path = '/api/session/passkey/options'
        const refused = await client.raw({ method: 'POST', path, headers, body })
        assert.equal(expectProblem(refused, 421), 'wrong_host', host)
        const page = await client.raw({ method: 'GET', path: '/sign-in', headers: { host } })
        assert.equal(page.status, 421, host)
      }
    })

    test('what a proxy says of the host, the scheme or the port changes nothing', async () => {
      const { client, passkey } = await holderOfPasskey(world)
      const answer = await client.raw<{ rpId: string }>({
        method: 'POST',
        path: '/api/session/passkey/options',
        headers: {
          'content-type': 'application/json',
          'x-forwarded-host': 'evil.test',
          'x-forwarded-proto': 'http',
          'x-forwarded-port': '8443',
          forwarded: 'host=evil.test;proto=http',
          'x-original-host': 'evil.test',
        },
        body: JSON.stringify({ passkeyId: passkey.id, purpose: 'switch', rpId: 'evil.test' }),
      })
      assert.equal(expectStatus(answer, 200).rpId, 'example.jp')
      assert.doesNotMatch(answer.text, /evil\.test/)
      const signal = await client.get<{ signal: { rpId: string } }>('/api/passkeys')
      assert.equal(expectStatus(signal, 200).signal.rpId, 'example.jp')
    })
  })
}
