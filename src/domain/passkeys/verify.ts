// The checks of WebAuthn Level 3: §7.1 by SimpleWebAuthn, and §7.2 here (docs/decisions/0016).
import { createHash, verify } from 'node:crypto'
import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import { longestCredentialId } from '../../limits/passkeys.ts'
import type { Account } from '../accounts/account.ts'
import type { RelyingParty } from '../deps.ts'
import type { AuthenticationAnswer, RegistrationAnswer } from './answers.ts'
import { readAuthenticatorData } from './authenticator-data.ts'
import { endOfItem } from './cbor.ts'
import { parseClientData, refuseFrame, type ClientData } from './client-data.ts'
import { checkNewKey, readCredentialKey } from './cose.ts'
import { algorithms } from './options.ts'
import type { Credential, Passkey } from './passkey.ts'
import { passkeyNotVerified } from './problems.ts'

type Expected = Pick<RelyingParty, 'acceptedOrigins' | 'rpId'>

/** Checks the answer to `create()`; throws 400 `passkey_not_verified`. */
export async function verifyRegistration(
  { acceptedOrigins, rpId }: Expected,
  challenge: string,
  answer: RegistrationAnswer,
): Promise<Credential> {
  // Loaded with the first registration, as it takes longer than the rest of a start.
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
  const response = await withoutUnasked(answer)
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: response as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: [...acceptedOrigins],
    expectedRPID: rpId,
    requireUserPresence: true,
    requireUserVerification: true,
    supportedAlgorithmIDs: [...algorithms],
  }).catch((error: unknown) => {
    throw passkeyNotVerified('registration', error)
  })
  if (!verified) throw passkeyNotVerified('registration')

  const { credential, aaguid, credentialDeviceType, credentialBackedUp } = registrationInfo
  const backupEligible = credentialDeviceType === 'multiDevice'
  if (credential.id !== answer.id) throw passkeyNotVerified('id')
  if (Buffer.from(credential.id, 'base64url').length > longestCredentialId) {
    throw passkeyNotVerified('credential ID too long')
  }
  // §7.1 step 17: a credential that cannot be backed up cannot be backed up already.
  if (credentialBackedUp && !backupEligible) throw passkeyNotVerified('BS without BE')
  return {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    algorithm: attempt('public key', () => checkNewKey(credential.publicKey)),
    counter: credential.counter,
    aaguid,
    backupEligible,
    backedUp: credentialBackedUp,
    transports: (answer.response.transports ?? []).filter((transport) => transport !== ''),
    attachment: answer.authenticatorAttachment ?? null,
  }
}

/** An attestation object with fmt `none` and an empty attStmt, up to the length of authData (§8.7). */
const noAttestation = Buffer.from(
  'a363666d74646e6f6e656761747453746d74a068617574684461746159',
  'hex',
)

/**
 * The answer without its attestation statement, as `attestation: 'none'` was requested: one that is sent
 * anyway is neither verified nor used (§7.1 step 24), nor is the token binding of Level 2.
 */
async function withoutUnasked(answer: RegistrationAnswer): Promise<object> {
  const attestationObject = Buffer.from(answer.response.attestationObject, 'base64url')
  // §7.1 step 13; the library accepts trailing bytes after the attestation object.
  if (endOfItem(attestationObject) !== attestationObject.length) {
    throw passkeyNotVerified('attestationObject')
  }
  const { tokenBinding, ...clientData } = parseClientData(answer.response.clientDataJSON)
  return {
    ...answer,
    response: {
      clientDataJSON: Buffer.from(JSON.stringify(clientData)).toString('base64url'),
      attestationObject: (await attestNothing(attestationObject)).toString('base64url'),
    },
  }
}

async function attestNothing(attestationObject: Buffer): Promise<Buffer> {
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers')
  return attempt('attestationObject', () => {
    const authData = decodeAttestationObject(Uint8Array.from(attestationObject)).get('authData')
    const length = Buffer.alloc(2)
    length.writeUInt16BE(authData.length)
    return Buffer.concat([noAttestation, length, authData])
  })
}

export interface Assertion {
  readonly counter: number
  readonly backedUp: boolean
}

/**
 * Checks the answer to `get()` for one passkey of one account. `clientData` must have been read from this
 * answer. Throws 400 `passkey_not_verified`.
 */
export function verifyAssertion(
  { acceptedOrigins, rpId }: Expected,
  challenge: string,
  {
    account,
    passkey,
  }: {
    account: Pick<Account, 'userHandle'>
    passkey: Pick<Passkey, 'credentialId' | 'publicKey' | 'backupEligible'>
  },
  answer: AuthenticationAnswer,
  clientData: ClientData,
): Assertion {
  // §7.2 steps 1–2 are makeRequestOptions and the page; 3–4 are the shape of `authenticationAnswer`.
  // Step 5: the credential is the requested one.
  if (answer.id !== passkey.credentialId) throw passkeyNotVerified('another credential')
  if (answer.rawId !== answer.id) throw passkeyNotVerified('id')
  // Step 6: a user handle, if present, is the account's.
  const { userHandle } = answer.response
  if (userHandle && userHandle !== account.userHandle) throw passkeyNotVerified('userHandle')
  // Step 7. Steps 8–9 are `readClientData`; `tokenBinding` of Level 2 is ignored like every member not
  // named here.
  const { clientDataJSON, authenticatorData, signature } = readBytes(answer)
  // Step 10.
  if (clientData.type !== 'webauthn.get') throw passkeyNotVerified('type')
  // Step 11.
  if (clientData.challenge !== challenge) throw passkeyNotVerified('challenge')
  // Step 12.
  if (!acceptedOrigins.some((one) => one === clientData.origin)) throw passkeyNotVerified('origin')
  // Steps 13–14: our pages are never framed.
  refuseFrame(clientData)
  const { rpIdHash, flags, counter } = attempt('authenticatorData', () =>
    readAuthenticatorData(authenticatorData),
  )
  // Step 15.
  if (!sha256(rpId).equals(rpIdHash)) throw passkeyNotVerified('rpIdHash')
  // Step 16.
  if (!flags.up) throw passkeyNotVerified('user not present')
  // Step 17: user verification is required.
  if (!flags.uv) throw passkeyNotVerified('user not verified')
  // Step 18.
  if (flags.bs && !flags.be) throw passkeyNotVerified('BS without BE')
  // Step 19.
  if (flags.be !== passkey.backupEligible) throw passkeyNotVerified('BE changed')
  // Steps 20–21.
  const signed = Buffer.concat([authenticatorData, sha256(clientDataJSON)])
  if (!isSigned(passkey, signed, signature)) throw passkeyNotVerified('signature')
  // Steps 22 and 24 are `recordUse`, in the transaction that writes the proof's outcome. Step 23: no
  // extension was requested, and none is used.
  return { counter, backedUp: flags.bs }
}

function readBytes({ response }: AuthenticationAnswer) {
  const bytes = (text: string) => Buffer.from(text, 'base64url')
  return {
    clientDataJSON: bytes(response.clientDataJSON),
    authenticatorData: bytes(response.authenticatorData),
    signature: bytes(response.signature),
  }
}

/** The signature formats of §6.5.5: ES256 in strict DER, RS256 in PKCS #1, Ed25519 raw. */
function isSigned(
  { publicKey }: Pick<Passkey, 'publicKey'>,
  signed: Buffer,
  signature: Buffer,
): boolean {
  return attempt('signature', () => {
    const { algorithm, key } = readCredentialKey(Buffer.from(publicKey, 'base64url'))
    return verify(algorithm === -8 ? null : 'sha256', signed, key, signature)
  })
}

/** Runs a step; what it throws is a refusal with this reason. */
function attempt<T>(reason: string, step: () => T): T {
  try {
    return step()
  } catch (error) {
    throw passkeyNotVerified(reason, error)
  }
}

function sha256(data: string | Buffer): Buffer {
  return createHash('sha256').update(data).digest()
}
