// Assertions are checked by us; SimpleWebAuthn judges our checks. Where the two differ, it is on purpose
// and named here.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import { decodeAttestationObject, parseAuthenticatorData } from '@simplewebauthn/server/helpers'
import fc from 'fast-check'
import { authenticationAnswer } from '../../src/domain/passkeys/answers.ts'
import {
  assertionsBy,
  authenticatorDataOf,
  goodClientData,
  honestly,
  keys,
  makeAssertion,
  olderKeys,
  signatures,
  userHandle,
} from '../support/authenticator/any-assertion.ts'
import { site } from '../support/authenticator/bent-answers.ts'
import { bothSay, isAcceptedByOracle, isAcceptedByUs } from '../support/checks/oracle.ts'
import { readVectors } from './vector.ts'

interface W3cVector {
  readonly name: string
  readonly attestationObject: string
  readonly credentialId: string
  readonly challenge: string
  readonly authenticatorData: string
  readonly clientDataJSON: string
  readonly signature: string
}

/** WebAuthn Level 3, section 16, in base64url: © W3C, under the W3C Software and Document License. */
function readW3c(): readonly W3cVector[] {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'w3c.json'), 'utf8')) as W3cVector[]
}

function answerOf({
  attestationObject,
  credentialId,
  challenge,
  ...response
}: Omit<W3cVector, 'name'>) {
  const object = decodeAttestationObject(
    Uint8Array.from(Buffer.from(attestationObject, 'base64url')),
  )
  const { credentialPublicKey, flags } = parseAuthenticatorData(object.get('authData'))
  const publicKey = Buffer.from(credentialPublicKey ?? []).toString('base64url')
  const passkey = { credentialId, publicKey, counter: 0, backupEligible: flags.be }
  const ids = { id: credentialId, rawId: credentialId, type: 'public-key' as const }
  return {
    context: { origin: 'https://example.org', rpId: 'example.org', challenge, userHandle, passkey },
    response: { ...ids, clientExtensionResults: {}, response },
  }
}

describe('an assertion', () => {
  const vectors = readVectors('get').filter(({ name }) => !name.includes('token binding'))
  for (const { name, context, response } of vectors) {
    test(`is judged by us as by the oracle: ${name}`, async () => {
      // An answer of another shape is none, and never comes to be verified.
      const isOne = authenticationAnswer.safeParse(response).success
      const oracle =
        isOne && (await isAcceptedByOracle(context, response as AuthenticationResponseJSON))
      assert.equal(isAcceptedByUs(context, response), oracle)
    })
  }

  test('is judged by us as by the oracle, whatever is wrong with it', async () => {
    const verdicts = { true: 0, false: 0 }
    const property = fc.asyncProperty(assertionsBy([...keys, ...olderKeys]), async (one) => {
      verdicts[`${await bothSay(one)}`] += 1
    })
    await fc.assert(property, { numRuns: 2000 })
    assert.ok(verdicts.true > 100 && verdicts.false > 100, JSON.stringify(verdicts))
  })

  const accepted: string[] = []
  for (const { name, ...w3c } of readW3c()) {
    test(`of the W3C is judged by us as by the oracle: ${name}`, async () => {
      const { context, response } = answerOf(w3c)
      const ours = isAcceptedByUs(context, response)
      assert.equal(ours, await isAcceptedByOracle(context, response))
      if (ours) accepted.push(name)
    })
  }
  test('of the W3C is accepted where its user was verified and its key is one of ours', () => {
    assert.deepEqual(accepted, [
      'ES256 Credential with very long credential ID',
      'Packed Attestation with ES256 Credential',
      'TPM Attestation with ES256 Credential',
    ])
  })

  for (const key of [...keys, ...olderKeys]) {
    for (const [name, signature] of Object.entries(signatures)) {
      test(`with a signature that is ${name} by ${key.name} is judged as by the oracle`, async () => {
        const accepted = await bothSay({ key, signature })
        if (name === 'honest')
          assert.ok(accepted, 'who has proven with a key goes on proving with it')
        if (['bent', 'cut short', 'of other bytes', 'of another key', 'nothing'].includes(name)) {
          assert.ok(!accepted)
        }
      })
    }
  }
})

describe('on purpose we differ from the oracle:', () => {
  test('a token binding, which Level 3 no longer has, is let be', async () => {
    for (const tokenBinding of [{ status: 'not-supported' }, { status: '?' }, 'unused', 1]) {
      const clientData = JSON.stringify({ ...goodClientData, tokenBinding })
      const { context, response } = makeAssertion({ clientData })
      assert.equal(isAcceptedByUs(context, response), true)
      assert.equal(await isAcceptedByOracle(context, response), false)
    }
    assert.ok(
      await bothSay({ clientData: JSON.stringify({ ...goodClientData, tokenBinding: null }) }),
    )
  })

  test('an ES256 signature is DER, and nothing may follow it', async () => {
    const key = keys[1]
    const trailing = makeAssertion({
      ...(key && { key }),
      signature: (signed, by) => Buffer.concat([honestly(signed, by), Buffer.of(0)]),
    })
    assert.equal(isAcceptedByUs(trailing.context, trailing.response), false)
    assert.equal(await isAcceptedByOracle(trailing.context, trailing.response), true)
  })

  test('extensions are one whole map as CTAP2 writes it, §6.1', async () => {
    const tails = {
      'text instead of a map': '6161',
      'a list instead of a map': '80',
      'a value that is cut short': 'a1616142ff',
      'a tag': 'a16161c101',
      'a fraction': 'a16161fb3ff8000000000001',
      'text that is not UTF-8': 'a1616161ff',
    }
    for (const [name, tail] of Object.entries(tails)) {
      const authenticatorData = authenticatorDataOf(
        site.rpId,
        0b1000_0101,
        Buffer.from(tail, 'hex'),
      )
      const { context, response } = makeAssertion({ authenticatorData })
      assert.equal(isAcceptedByUs(context, response), false, name)
      assert.equal(
        await isAcceptedByOracle(context, response, { lets: 'any encoding' }),
        true,
        name,
      )
    }
  })
})
