// What SimpleWebAuthn makes of an assertion: the judge of our own checks (docs/decisions/0016).
import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import {
  verifyAuthenticationResponse,
  type AuthenticationResponseJSON,
} from '@simplewebauthn/server'
import { isoCBOR, parseAuthenticatorData } from '@simplewebauthn/server/helpers'
import { authenticationAnswer } from '../../../src/domain/passkeys/answers.ts'
import { readClientData, refuseFrame } from '../../../src/domain/passkeys/client-data.ts'
import { algorithms } from '../../../src/domain/passkeys/options.ts'
import { verifyAssertion } from '../../../src/domain/passkeys/verify.ts'
import type { VectorContext } from '../../vectors/vector.ts'
import { makeAssertion, type Made } from '../authenticator/any-assertion.ts'
import { relyingParty } from '../authenticator/bent-answers.ts'

const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, 'base64url'))

/** The library's verdict, with the rules that it leaves to its callers. */
export async function isAcceptedByOracle(
  { origin, rpId, challenge, userHandle, passkey }: VectorContext,
  response: AuthenticationResponseJSON,
  { lets = 'our encoding' }: { lets?: 'our encoding' | 'any encoding' } = {},
): Promise<boolean> {
  if (!passkey) throw new Error('an assertion is checked with a passkey')
  const given = response.response.userHandle
  if (given && given !== userHandle) return false
  if (response.id !== passkey.credentialId) return false
  const key = isoCBOR.decodeFirst<ReadonlyMap<number, number>>(bytesOf(passkey.publicKey))
  if (!algorithms.some((one) => one === key.get(3))) return false
  try {
    const authenticatorData = bytesOf(response.response.authenticatorData)
    if (lets === 'our encoding' && !isCanonical(authenticatorData)) return false
    refuseFrame(readClientData(response.response.clientDataJSON))
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: true,
      credential: {
        id: passkey.credentialId,
        publicKey: bytesOf(passkey.publicKey),
        counter: 0,
      },
    })
    const { credentialBackedUp, credentialDeviceType } = authenticationInfo
    const eligible = credentialDeviceType === 'multiDevice'
    return verified && eligible === passkey.backupEligible && (eligible || !credentialBackedUp)
  } catch {
    return false
  }
}

/**
 * §6.1 and §6.5.1: what follows the counter are whole maps in the encoding of CTAP2, §8. The library takes
 * other items for them, items that are cut short, tags, and text that is none.
 */
function isCanonical(bytes: ReturnType<typeof bytesOf>): boolean {
  const { flags, credentialID, credentialPublicKey } = parseAuthenticatorData(bytes)
  const key = 37 + (credentialID ? 18 + credentialID.length : 0)
  const extensions = key + (credentialPublicKey?.length ?? 0)
  return (
    (!flags.at || isWholeMap(bytes.slice(key))) &&
    (!flags.ed || isWholeMap(bytes.slice(extensions)))
  )
}

function isWholeMap(bytes: ReturnType<typeof bytesOf>): boolean {
  const map: unknown = isoCBOR.decodeFirst(bytes)
  const longer: unknown = isoCBOR.decodeFirst(Buffer.concat([bytes, Buffer.alloc(2 ** 16)]))
  return map instanceof Map && isPlain(map) && isDeepStrictEqual(map, longer)
}

function isPlain(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\ufffd')
  if (typeof value === 'number') return Number.isInteger(value)
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return true
  if (value instanceof Map) return [...value.keys(), ...value.values()].every(isPlain)
  return Array.isArray(value) && value.every(isPlain)
}

/** Our own verdict. */
export function isAcceptedByUs(context: VectorContext, response: unknown): boolean {
  const answer = authenticationAnswer.safeParse(response)
  if (!answer.success || !context.passkey) return false
  try {
    const clientData = readClientData(answer.data.response.clientDataJSON)
    const prover = { account: context, passkey: context.passkey }
    verifyAssertion(relyingParty(context), context.challenge, prover, answer.data, clientData)
    return true
  } catch {
    return false
  }
}

/** The verdict on an assertion, which both must share. */
export async function bothSay(made: Made): Promise<boolean> {
  const { context, response } = makeAssertion(made)
  const ours = isAcceptedByUs(context, response)
  assert.equal(ours, await isAcceptedByOracle(context, response))
  return ours
}
