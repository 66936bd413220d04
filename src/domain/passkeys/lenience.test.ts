// Deviations of real browsers and authenticators that the specification allows us to ignore.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { relyingParty, site } from '../../../test/support/authenticator/bent-answers.ts'
import { createAuthenticator } from '../../../test/support/authenticator/software-authenticator.ts'
import { authenticationAnswer, registrationAnswer } from './answers.ts'
import { readClientData } from './client-data.ts'
import type { Credential } from './passkey.ts'
import { verifyAssertion, verifyRegistration } from './verify.ts'

const challenge = Buffer.alloc(32, 1).toString('base64url')
const account = { userHandle: Buffer.alloc(64, 2).toString('base64url') }
const clientData: Readonly<Record<string, unknown>>[] = [
  { tokenBinding: { status: 'not-supported' } },
  { tokenBinding: { status: 'notSupported' } },
  { tokenBinding: 'unused' },
  { androidPackageName: 'com.android.chrome', other_keys_can_be_added_here: 'x' },
]
const members: Readonly<Record<string, unknown>>[] = [
  { clientExtensionResults: null },
  { clientExtensionResults: [] },
  { authenticatorAttachment: null },
  { unknown: { member: 1 } },
]
const inResponse = {
  create: [{ transports: null }, { transports: [''] }, { transports: 'usb' }],
  get: [{ userHandle: '' }, { userHandle: null }],
}
const statements = [
  ['tpm', 'a0'],
  ['android-key', 'a163616c6726'],
  ['packed', 'a16373696740'],
  ['yet-unknown', 'a0'],
  ['none', 'a0'],
]

const create = async (more: Record<string, unknown> = {}) => {
  const authenticator = createAuthenticator(site)
  const answer = await authenticator.create(
    {
      challenge,
      rp: { name: 'x' },
      user: { id: account.userHandle, name: 'x', displayName: 'x' },
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
    },
    { clientData: more },
  )
  return { authenticator, answer }
}
const register = (answer: object) =>
  verifyRegistration(relyingParty(site), challenge, registrationAnswer.parse(answer))
const prove = (passkey: Credential, proof: object) => {
  const answer = authenticationAnswer.parse(proof)
  const clientData = readClientData(answer.response.clientDataJSON)
  verifyAssertion(relyingParty(site), challenge, { account, passkey }, answer, clientData)
}

describe('an answer is accepted', () => {
  for (const more of clientData) {
    test(`with ${JSON.stringify(more)} in its client data, at both halves`, async () => {
      const { authenticator, answer } = await create(more)
      const passkey = await register(answer)
      const proof = await authenticator.get({ challenge }, { clientData: more })
      prove(passkey, proof)
    })
  }

  for (const more of members) {
    test(`with ${JSON.stringify(more)}, at both halves`, async () => {
      const { authenticator, answer } = await create()
      const passkey = await register({ ...answer, ...more })
      const proof = { ...(await authenticator.get({ challenge })), ...more }
      prove(passkey, proof)
    })
  }

  for (const more of inResponse.create) {
    test(`with ${JSON.stringify(more)} at registration, which tells no transport`, async () => {
      const { answer } = await create()
      const { transports } = await register({
        ...answer,
        response: { ...answer.response, ...more },
      })
      assert.deepEqual(transports, [])
    })
  }

  for (const more of inResponse.get) {
    test(`with ${JSON.stringify(more)} at a proof`, async () => {
      const { authenticator, answer } = await create()
      const passkey = await register(answer)
      const proof = await authenticator.get({ challenge })
      const bent = { ...proof, response: { ...proof.response, ...more } }
      prove(passkey, bent)
    })
  }

  for (const [format = '', statement = ''] of statements) {
    test(`with an attestation of the format ${format} that nobody asked for`, async () => {
      const { answer } = await create()
      const none = Buffer.from(answer.response.attestationObject, 'base64url').toString('hex')
      const text = Buffer.concat([Buffer.of(0x60 + format.length), Buffer.from(format)])
      const hex = none
        .replace('646e6f6e65', text.toString('hex'))
        .replace('6761747453746d74a0', `6761747453746d74${statement}`)
      assert.equal(none === hex, format === 'none')
      const attestationObject = Buffer.from(hex, 'hex').toString('base64url')
      await register({ ...answer, response: { ...answer.response, attestationObject } })
    })
  }

  test('with any of these at once, at both halves, and with members of any other name', async () => {
    const other = fc.dictionary(
      fc.string().map((name) => `x-${name}`),
      fc.jsonValue(),
    )
    const extensions = fc.option(fc.oneof(fc.array(fc.jsonValue()), other, fc.string()))
    const harmless = fc.record({
      inClientData: fc.tuple(fc.constantFrom(...clientData), other),
      outside: fc.record({
        clientExtensionResults: extensions,
        authenticatorAttachment: fc.option(fc.string()),
      }),
      transports: fc.option(fc.oneof(fc.array(fc.string(), { maxLength: 9 }), fc.string())),
      userHandle: fc.constantFrom('', null, undefined, account.userHandle),
      unknown: other,
    })
    const property = fc.asyncProperty(harmless, async (one) => {
      const more = { ...one.inClientData[1], ...one.inClientData[0] }
      const { authenticator, answer } = await create(more)
      const { transports, unknown, userHandle } = one
      const bend = (given: { readonly response: object }, response: object) => ({
        ...unknown,
        ...given,
        ...one.outside,
        response: { ...unknown, ...given.response, ...response },
      })
      const passkey = await register(bend(answer, { transports }))
      const proof = await authenticator.get({ challenge }, { clientData: more })
      prove(passkey, bend(proof, { userHandle }))
    })
    await fc.assert(property)
  })
})
