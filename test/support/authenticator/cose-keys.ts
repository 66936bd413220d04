import { generateKeyPair, sign, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { encodeCbor, type Cbor } from './cbor.ts'

/** The signature algorithms of rule 3, by their COSE numbers: EdDSA, ES256, RS256. */
export type CoseAlgorithm = -8 | -7 | -257

export interface CoseKeyPair {
  readonly algorithm: CoseAlgorithm
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

const generate = promisify(generateKeyPair)

/** Makes a new key pair for one COSE algorithm. */
export async function generateCoseKeyPair(algorithm: CoseAlgorithm): Promise<CoseKeyPair> {
  if (algorithm === -8) return { algorithm, ...(await generate('ed25519')) }
  if (algorithm === -7) return { algorithm, ...(await generate('ec', { namedCurve: 'P-256' })) }
  return { algorithm, ...(await generate('rsa', { modulusLength: 2048 })) }
}

export type CoseMembers = Map<number, Cbor>

/**
 * Writes the public key as a COSE_Key (WebAuthn §6.5.1.1); `alg` may be mislabelled by a test, and its
 * members changed.
 */
export function encodeCoseKey(
  { algorithm, publicKey }: CoseKeyPair,
  alg: number,
  bend = (members: CoseMembers) => members,
): Uint8Array {
  const { x, y, n, e } = publicKey.export({ format: 'jwk' })
  const bytes = (value: string | undefined) => Buffer.from(value ?? '', 'base64url')
  const [kty, crv, ec2, okp, rsa] = [1, -1, 2, 1, 3] as const
  const members: Readonly<Record<CoseAlgorithm, readonly (readonly [number, Cbor])[]>> = {
    [-8]: [
      [kty, okp],
      [3, alg],
      [crv, 6],
      [-2, bytes(x)],
    ],
    [-7]: [
      [kty, ec2],
      [3, alg],
      [crv, 1],
      [-2, bytes(x)],
      [-3, bytes(y)],
    ],
    [-257]: [
      [kty, rsa],
      [3, alg],
      [-1, bytes(n)],
      [-2, bytes(e)],
    ],
  }
  return encodeCbor(bend(new Map(members[algorithm])))
}

/** Signs as WebAuthn §6.5.5 asks of the algorithm: ES256 in ASN.1 DER, RS256 in PKCS#1 v1.5. */
export function signWith({ algorithm, privateKey }: CoseKeyPair, data: Uint8Array): Uint8Array {
  return sign(algorithm === -8 ? null : 'sha256', data, privateKey)
}
