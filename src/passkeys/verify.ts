// The checks of WebAuthn Level 3, §7.1 and §7.2: SimpleWebAuthn's, and those that it leaves to us.
import {
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { cose, decodeCredentialPublicKey } from '@simplewebauthn/server/helpers'
import type { Account } from '../accounts/account.ts'
import type { Config } from '../config.ts'
import type { AuthenticationAnswer, RegistrationAnswer } from './answers.ts'
import { endOfItem } from './cbor.ts'
import { algorithms } from './options.ts'
import type { Passkey } from './passkey.ts'
import { passkeyNotVerified } from './problems.ts'

/** §7.1 step 25. */
const longestCredentialId = 1023

type RelyingParty = Pick<Config, 'origin' | 'rpId'>

export type NewCredential = Pick<
  Passkey,
  | 'credentialId'
  | 'publicKey'
  | 'counter'
  | 'aaguid'
  | 'attachment'
  | 'backupEligible'
  | 'backedUp'
  | 'transports'
> & { readonly algorithm: number }

/** Checks the answer to `create()`; throws 400 `passkey_not_verified`. */
export async function verifyRegistration(
  { origin, rpId }: RelyingParty,
  challenge: string,
  answer: RegistrationAnswer,
): Promise<NewCredential> {
  // §7.1 step 13; the library lets bytes pass that follow the attestation object.
  const attestationObject = Buffer.from(answer.response.attestationObject, 'base64url')
  if (endOfItem(attestationObject) !== attestationObject.length) {
    throw passkeyNotVerified('attestationObject')
  }
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: answer as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: origin,
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
  // §7.1 step 17: what cannot be backed up is not backed up.
  if (credentialBackedUp && !backupEligible) throw passkeyNotVerified('BS without BE')
  return {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    algorithm: readAlgorithm(credential.publicKey),
    counter: credential.counter,
    aaguid,
    backupEligible,
    backedUp: credentialBackedUp,
    transports: answer.response.transports ?? [],
    attachment: answer.authenticatorAttachment ?? null,
  }
}

function readAlgorithm(publicKey: Parameters<typeof decodeCredentialPublicKey>[0]): number {
  return Number(decodeCredentialPublicKey(publicKey).get(cose.COSEKEYS.alg))
}

export interface Assertion {
  readonly counter: number
  readonly backedUp: boolean
}

/** Checks the answer to `get()` for one passkey of one account; throws 400 `passkey_not_verified`. */
export async function verifyAssertion(
  { origin, rpId }: RelyingParty,
  challenge: string,
  {
    account,
    passkey,
  }: {
    account: Pick<Account, 'userHandle'>
    passkey: Pick<Passkey, 'credentialId' | 'publicKey' | 'backupEligible'>
  },
  answer: AuthenticationAnswer,
): Promise<Assertion> {
  // §7.2 step 6: a user handle, where there is one, is the account's.
  const { userHandle } = answer.response
  if (userHandle && userHandle !== account.userHandle) throw passkeyNotVerified('userHandle')
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: answer as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
    credential: {
      id: passkey.credentialId,
      publicKey: Buffer.from(passkey.publicKey, 'base64url'),
      // Judged where the use is noted: a risk to be told, and not always a refusal (rule 6).
      counter: 0,
    },
  }).catch((error: unknown) => {
    throw passkeyNotVerified('assertion', error)
  })
  if (!verified) throw passkeyNotVerified('signature')

  const { newCounter, credentialBackedUp, credentialDeviceType } = authenticationInfo
  const backupEligible = credentialDeviceType === 'multiDevice'
  // §7.2 steps 18–19.
  if (credentialBackedUp && !backupEligible) throw passkeyNotVerified('BS without BE')
  if (backupEligible !== passkey.backupEligible) throw passkeyNotVerified('BE changed')
  return { counter: newCounter, backedUp: credentialBackedUp }
}
