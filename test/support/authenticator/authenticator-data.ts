// The bytes of an answer: authenticator data, client data, attestation object and signature.
import { createHash, randomBytes } from 'node:crypto'
import type { CreateFaults, Faults, GetFaults } from './authenticator-faults.ts'
import { encodeCbor } from './cbor.ts'
import { generateCoseKeyPair, signWith, type CoseKeyPair } from './cose-keys.ts'

/** §6.1: the RP ID's hash, the flags, the counter, and the attested credential data at a creation. */
export function writeAuthenticatorData(
  credential: { rpId: string; backupEligible: boolean; backedUp: boolean; counter: number },
  faults: Faults,
  attested?: Uint8Array,
): Uint8Array {
  const flags: readonly (readonly [boolean, number])[] = [
    [faults.userPresent ?? true, 0],
    [faults.userVerified ?? true, 2],
    [faults.backupEligible ?? credential.backupEligible, 3],
    [faults.backedUp ?? credential.backedUp, 4],
    [attested !== undefined, 6],
  ]
  const flagsAndCounter = Buffer.alloc(5)
  flagsAndCounter[0] = flags.reduce((byte, [isSet, bit]) => byte | (Number(isSet) << bit), 0)
  flagsAndCounter.writeUInt32BE(credential.counter, 1)
  return Buffer.concat([
    sha256(faults.rpId ?? credential.rpId),
    flagsAndCounter,
    attested ?? new Uint8Array(),
    Buffer.alloc(faults.trailingBytes ?? 0, 0xa5),
  ])
}

/** §6.5.4 with the statement format `none` (§8.7). */
export function writeAttestationObject(
  authData: Uint8Array,
  broken: CreateFaults['brokenCbor'],
): Uint8Array {
  const whole = encodeCbor(
    new Map<string, string | Uint8Array | Map<string, string>>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ]),
  )
  if (broken === 'truncated') return whole.subarray(0, -10)
  if (broken === 'trailing') return Buffer.concat([whole, Uint8Array.of(0)])
  if (broken === 'not-a-map') return encodeCbor(whole)
  return whole
}

/** §5.8.1.1: the members in the order that the specification fixes, then any others. */
export function writeClientData(
  type: string,
  challenge: string,
  { origin }: { origin: string },
  faults: Faults,
): Uint8Array {
  return Buffer.from(
    JSON.stringify({
      type: faults.type ?? type,
      challenge: faults.challenge ?? challenge,
      origin: faults.origin ?? origin,
      crossOrigin: faults.crossOrigin ?? false,
      ...(faults.topOrigin === undefined ? {} : { topOrigin: faults.topOrigin }),
      ...faults.clientData,
    }),
  )
}

/** §6.3.3 step 11: over the authenticator data and the hash of the client data. */
export async function writeSignature(
  keys: CoseKeyPair,
  data: Uint8Array,
  fault: GetFaults['signature'],
): Promise<Uint8Array> {
  if (fault === 'other-key') return signWith(await generateCoseKeyPair(keys.algorithm), data)
  const signature = signWith(keys, data)
  const last = signature.length - 1
  return fault === 'bogus' ? signature.map((byte, i) => (i === last ? byte ^ 1 : byte)) : signature
}

/** The bytes of a bent credential ID, if there is one. */
export function credentialIdBytes(fault: Faults['credentialId']): Buffer | undefined {
  if (fault === undefined) return undefined
  return typeof fault === 'number' ? randomBytes(fault) : Buffer.from(fault, 'base64url')
}

/** Returns the writer of an answer's base64url fields, which breaks the one that the test names. */
export function fieldWriter(faults: Faults) {
  return (name: NonNullable<Faults['brokenBase64url']>, value: Uint8Array | string): string => {
    const text = typeof value === 'string' ? value : base64url(value)
    return faults.brokenBase64url === name ? `${text.slice(0, 8)}+/!${text.slice(8)}` : text
  }
}

/** SHA-256, the one hash of WebAuthn. */
export function sha256(data: string | Uint8Array): Uint8Array {
  return createHash('sha256').update(data).digest()
}

/** Base64url without padding. */
export function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}
