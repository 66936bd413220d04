// The library is the second opinion here: what it accepts and refuses shows that our authenticator
// follows the specification, and that each fault bends what it says.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type PublicKeyCredentialCreationOptionsJSON,
} from '@simplewebauthn/server'
import { encodeCbor } from './cbor.ts'
import {
  createAuthenticator,
  type AuthenticatorSettings,
  type CreateFaults,
  type GetFaults,
  type SoftwareAuthenticator,
} from './software-authenticator.ts'

const origin = 'http://localhost:3000'
const rpId = 'localhost'
const supportedAlgorithmIDs = [-8, -7, -257]

async function creationOptions(excluded: string[] = []) {
  return generateRegistrationOptions({
    rpName: 'Sekisho',
    rpID: rpId,
    userName: 'taro',
    userID: new Uint8Array(randomBytes(64)),
    supportedAlgorithmIDs,
    excludeCredentials: excluded.map((id) => ({ id })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
  })
}

function newAuthenticator(settings: Partial<AuthenticatorSettings> = {}) {
  return createAuthenticator({ origin, rpId, ...settings })
}

async function register(
  authenticator: SoftwareAuthenticator,
  faults: CreateFaults = {},
  options?: PublicKeyCredentialCreationOptionsJSON,
) {
  const asked = options ?? (await creationOptions())
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: await authenticator.create(asked, faults),
    expectedChallenge: asked.challenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    supportedAlgorithmIDs,
  })
  assert.ok(verified && registrationInfo)
  return registrationInfo
}

async function signIn(
  authenticator: SoftwareAuthenticator,
  credential: Awaited<ReturnType<typeof register>>['credential'],
  faults: GetFaults = {},
) {
  const { id, transports } = credential
  const options = await generateAuthenticationOptions({
    rpID: rpId,
    userVerification: 'required',
    allowCredentials: [{ id, ...(transports && { transports }) }],
  })
  return verifyAuthenticationResponse({
    response: await authenticator.get(options, faults),
    expectedChallenge: options.challenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    credential,
  })
}

describe('an answer without faults is accepted', () => {
  for (const algorithm of [-8, -7, -257] as const) {
    test(`with algorithm ${algorithm}`, async () => {
      const authenticator = newAuthenticator({ algorithm })
      const { credential, aaguid, userVerified } = await register(authenticator)
      assert.equal(credential.counter, 1)
      assert.equal(aaguid, '08987058-cadc-4b81-b6e1-30de50dcbe96')
      assert.equal(userVerified, true)
      assert.deepEqual(credential.transports, ['internal'])

      const { verified, authenticationInfo } = await signIn(authenticator, credential)
      assert.equal(verified, true)
      assert.equal(authenticationInfo.newCounter, 2)
    })
  }

  test('with backup flags, transports and attachment of a phone, and no counter', async () => {
    const phone = newAuthenticator({
      transports: ['hybrid', 'internal'],
      backupEligible: true,
      backedUp: true,
      counts: false,
    })
    const options = await creationOptions()
    const answer = await phone.create(options)
    assert.equal(answer.authenticatorAttachment, 'cross-platform')
    const { credential, credentialDeviceType, credentialBackedUp } = await register(phone)
    assert.equal(credentialDeviceType, 'multiDevice')
    assert.equal(credentialBackedUp, true)
    assert.equal(credential.counter, 0)
    assert.equal((await signIn(phone, credential)).authenticationInfo.newCounter, 0)
  })
})

const badRegistrations: Record<string, [CreateFaults, RegExp]> = {
  type: [{ type: 'webauthn.get' }, /Unexpected registration response type/],
  challenge: [{ challenge: 'bm90IHRoaXMgb25l' }, /Unexpected registration response challenge/],
  origin: [{ origin: 'http://evil.localhost:3000' }, /Unexpected registration response origin/],
  'RP ID': [{ rpId: 'example.com' }, /Unexpected RP ID hash/],
  'user presence': [{ userPresent: false }, /User presence was required/],
  'user verification': [{ userVerified: false }, /User verification was required/],
  'backup state without eligibility': [{ backedUp: true }, /should be impossible/],
  algorithm: [{ algorithm: -37 }, /Unexpected public key alg "-37"/],
  'trailing bytes': [{ trailingBytes: 3 }, /Leftover bytes/],
  'truncated CBOR': [{ brokenCbor: 'truncated' }, /./],
  'CBOR that is no map': [{ brokenCbor: 'not-a-map' }, /./],
  'base64url of the client data': [{ brokenBase64url: 'clientDataJSON' }, /./],
  'base64url of the attestation': [{ brokenBase64url: 'attestationObject' }, /./],
  'extra client data': [{ clientData: { tokenBinding: { status: 'odd' } } }, /tokenBinding/],
}

describe('the library refuses a registration with one fault:', () => {
  for (const [fault, [faults, message]] of Object.entries(badRegistrations)) {
    test(fault, () => assert.rejects(register(newAuthenticator(), faults), { message }))
  }
})

const badSignIns: Record<string, [GetFaults, RegExp]> = {
  type: [{ type: 'webauthn.create' }, /Unexpected authentication response type/],
  challenge: [{ challenge: 'bm90IHRoaXMgb25l' }, /Unexpected authentication response challenge/],
  origin: [{ origin: 'https://localhost:3000' }, /Unexpected authentication response origin/],
  'top origin': [{ topOrigin: 'https://evil.example' }, /top origin/],
  'another frame': [{ crossOrigin: true, topOrigin: 'https://evil.example' }, /top origin/],
  'RP ID': [{ rpId: 'example.com' }, /Unexpected RP ID hash/],
  'user presence': [{ userPresent: false }, /User not present/],
  'user verification': [{ userVerified: false }, /user could not be verified/],
  'a counter that went back': [{ counter: 1 }, /counter/],
  'trailing bytes': [{ trailingBytes: 1 }, /Leftover bytes/],
  'base64url of the signature': [{ brokenBase64url: 'signature' }, /not a base64url string/],
}

describe('the library refuses a sign-in with one fault:', () => {
  for (const [fault, [faults, message]] of Object.entries(badSignIns)) {
    test(fault, async () => {
      const authenticator = newAuthenticator()
      const { credential } = await register(authenticator)
      await assert.rejects(signIn(authenticator, credential, faults), { message })
    })
  }

  for (const algorithm of [-8, -7, -257] as const) {
    for (const signature of ['bogus', 'other-key'] as const) {
      test(`${signature} signature with algorithm ${algorithm}`, async () => {
        const authenticator = newAuthenticator({ algorithm })
        const { credential } = await register(authenticator)
        const { verified } = await signIn(authenticator, credential, { signature })
        assert.equal(verified, false)
      })
    }
  }
})

describe('what the library lets pass is bent all the same:', () => {
  const clientDataOf = (answer: { response: { clientDataJSON: string } }) =>
    JSON.parse(Buffer.from(answer.response.clientDataJSON, 'base64url').toString()) as unknown

  test('crossOrigin and topOrigin at a registration', async () => {
    const options = await creationOptions()
    const topOrigin = 'https://evil.example'
    const answer = await newAuthenticator().create(options, { crossOrigin: true, topOrigin })
    const { challenge } = options
    const expected = { type: 'webauthn.create', challenge, origin, crossOrigin: true, topOrigin }
    assert.deepEqual(clientDataOf(answer), expected)
  })

  test('the user handle, given or left out, and the credential ID', async () => {
    const authenticator = newAuthenticator()
    const options = await creationOptions()
    await authenticator.create(options)
    const request = await generateAuthenticationOptions({ rpID: rpId })
    const handleOf = async (faults: GetFaults) =>
      (await authenticator.get(request, faults)).response.userHandle
    assert.equal(await handleOf({}), options.user.id)
    assert.equal(await handleOf({ userHandle: 'c29tZWJvZHk' }), 'c29tZWJvZHk')
    assert.equal(await handleOf({ userHandle: null }), undefined)
    assert.equal((await authenticator.get(request, { credentialId: 'AAAA' })).id, 'AAAA')
  })

  test('a long credential ID, and an ID that is not the attested one', async () => {
    const { credential } = await register(newAuthenticator(), { credentialId: 1100 })
    assert.equal(Buffer.from(credential.id, 'base64url').length, 1100)
    const options = await creationOptions()
    const authenticator = newAuthenticator()
    assert.equal((await authenticator.create(options, { id: 'AAAA' })).id, 'AAAA')
    assert.notEqual(authenticator.credentials[0]?.id, 'AAAA')
  })
})

describe('it keeps to its lists', () => {
  const named = (name: string) => (error: unknown) =>
    error instanceof DOMException && error.name === name

  test('an excluded credential is not made again', async () => {
    const authenticator = newAuthenticator()
    const { credential } = await register(authenticator)
    const again = creationOptions([credential.id])
    await assert.rejects(authenticator.create(await again), named('InvalidStateError'))
    await register(newAuthenticator(), {}, await again)
  })

  test('a new credential takes the place of the one of the same user', async () => {
    const authenticator = newAuthenticator()
    const options = await creationOptions()
    await authenticator.create(options)
    await authenticator.create(options)
    assert.equal(authenticator.credentials.length, 1)
  })

  test('only an allowed credential answers, over its own transports', async () => {
    const authenticator = newAuthenticator()
    const { credential } = await register(authenticator)
    for (const stranger of [
      { ...credential, id: 'AAAA' },
      { ...credential, transports: ['hybrid'] },
    ]) {
      await assert.rejects(signIn(authenticator, stranger), named('NotAllowedError'))
    }
  })

  test('another RP ID, attachment or algorithm finds nobody', async () => {
    const options = await creationOptions()
    const { rp, pubKeyCredParams, ...rest } = options
    const create = (bent: Partial<PublicKeyCredentialCreationOptionsJSON>) =>
      newAuthenticator().create({ rp, pubKeyCredParams, ...rest, ...bent })
    const elsewhere = { rp: { ...rp, id: 'example.com' } }
    await assert.rejects(create(elsewhere), named('SecurityError'))
    const onPhone = {
      authenticatorSelection: { authenticatorAttachment: 'cross-platform' },
    } as const
    await assert.rejects(create(onPhone), named('NotAllowedError'))
    const unknown = { pubKeyCredParams: [{ type: 'public-key', alg: -37 }] } as const
    await assert.rejects(
      create({ ...unknown, pubKeyCredParams: [...unknown.pubKeyCredParams] }),
      named('NotSupportedError'),
    )
  })
})

test('CBOR is written as in the examples of RFC 8949, appendix A', () => {
  const hex = (item: Parameters<typeof encodeCbor>[0]) =>
    Buffer.from(encodeCbor(item)).toString('hex')
  assert.deepEqual([0, 23, 24, 255, 256, 1000, 1000000, -1, -10, -100, -1000].map(hex), [
    '00',
    '17',
    '1818',
    '18ff',
    '190100',
    '1903e8',
    '1a000f4240',
    '20',
    '29',
    '3863',
    '3903e7',
  ])
  assert.equal(hex(''), '60')
  assert.equal(hex('水'), '63e6b0b4')
  assert.equal(hex(Uint8Array.of(1, 2, 3, 4)), '4401020304')
  assert.equal(
    hex(
      new Map([
        [1, 2],
        [3, 4],
      ]),
    ),
    'a201020304',
  )
})
