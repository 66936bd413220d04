// What SimpleWebAuthn makes of an assertion: the judge of our own checks (docs/decisions/0016).
import {
  verifyAuthenticationResponse,
  type AuthenticationResponseJSON,
} from '@simplewebauthn/server'
import { readClientData, refuseFrame } from '../../../src/domain/passkeys/client-data.ts'
import type { VectorContext } from '../../vectors/vector.ts'

/** The library's verdict, with the rules that it leaves to its callers. */
export async function isAcceptedByOracle(
  { origin, rpId, challenge, userHandle, passkey }: VectorContext,
  response: AuthenticationResponseJSON,
): Promise<boolean> {
  if (!passkey) throw new Error('an assertion is checked with a passkey')
  const given = response.response.userHandle
  if (given && given !== userHandle) return false
  if (response.id !== passkey.credentialId) return false
  try {
    refuseFrame(readClientData(response.response.clientDataJSON))
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: true,
      credential: {
        id: passkey.credentialId,
        publicKey: Uint8Array.from(Buffer.from(passkey.publicKey, 'base64url')),
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
