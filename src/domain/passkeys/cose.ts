// Public keys as authenticators write them (COSE, RFC 9053 §7; WebAuthn Level 3, §6.5.1.1).
import { createPublicKey, type KeyObject, type webcrypto } from 'node:crypto'
import { rsaBits } from '../../limits/passkeys.ts'
import { readMap, type CborMap } from './canonical-cbor.ts'

/** A verification key, and the COSE algorithm that its authenticator signs with. */
interface CredentialKey {
  readonly algorithm: number
  readonly key: KeyObject
}

const rsaExponent = 65_537n

/** Bytes of an Ed25519 key, and of a coordinate on P-256. */
const fieldLength = 32

const curves = new Map<unknown, string>([
  [1, 'P-256'],
  [2, 'P-384'],
  [3, 'P-521'],
])

/**
 * Imports a COSE key; throws when it does not fit its algorithm. Its form is not checked, as keys were
 * registered before `checkNewKey` existed: a key that has worked keeps working.
 */
export function readCredentialKey(cose: Uint8Array): CredentialKey {
  const members = readMap(Buffer.from(cose)).map
  return { algorithm: Number(members.get(3)), key: importKey(members) }
}

/**
 * The algorithm of a key about to be registered. Throws unless the key can be imported and has the
 * form that §5.8.5 and rule 4 require: its curve, the length of its members, its exponent.
 */
export function checkNewKey(cose: Uint8Array): number {
  const members = readMap(Buffer.from(cose)).map
  const key = importKey(members)
  const algorithm = Number(members.get(3))
  if (algorithm === -257) checkRsa(key)
  else checkLengths(members, algorithm)
  return algorithm
}

function importKey(members: CborMap): KeyObject {
  return createPublicKey({ key: toJwk(members), format: 'jwk' })
}

function toJwk(members: CborMap): webcrypto.JsonWebKey {
  const [type, algorithm, curve] = [members.get(1), members.get(3), members.get(-1)]
  const bytes = (label: number) => Buffer.from(bytesOf(members, label)).toString('base64url')
  if (algorithm === -8 && type === 1 && curve === 6) {
    return { kty: 'OKP', crv: 'Ed25519', x: bytes(-2) }
  }
  const crv = curves.get(curve)
  // node:crypto checks that the point lies on the curve.
  if (algorithm === -7 && type === 2 && crv) return { kty: 'EC', crv, x: bytes(-2), y: bytes(-3) }
  if (algorithm === -257 && type === 3) return { kty: 'RSA', n: bytes(-1), e: bytes(-2) }
  throw new Error('COSE key has another type or curve than its algorithm')
}

function bytesOf(members: CborMap, label: number): Uint8Array {
  const value = members.get(label)
  if (value instanceof Uint8Array) return value
  throw new Error(`COSE key has no valid member ${label}`)
}

function checkLengths(members: CborMap, algorithm: number): void {
  if (algorithm === -7 && members.get(-1) !== 1) throw new Error('ES256 on another curve')
  for (const label of algorithm === -7 ? [-2, -3] : [-2]) {
    if (bytesOf(members, label).length !== fieldLength) throw new Error(`length of ${label}`)
  }
}

function checkRsa({ asymmetricKeyDetails }: KeyObject): void {
  const { modulusLength = 0, publicExponent } = asymmetricKeyDetails ?? {}
  if (modulusLength < rsaBits.fewest || modulusLength > rsaBits.most) throw new Error('RSA length')
  if (publicExponent !== rsaExponent) throw new Error('RSA exponent')
}
