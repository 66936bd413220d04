// Public keys as authenticators write them (COSE, RFC 9053 §7; WebAuthn Level 3, §6.5.1.1).
import { createPublicKey, type KeyObject, type webcrypto } from 'node:crypto'
import { decodeCredentialPublicKey } from '@simplewebauthn/server/helpers'

/** A key that can verify, of one of the algorithms of rule 3. */
export interface CredentialKey {
  readonly algorithm: number
  readonly key: KeyObject
}

/** Rule 4. */
const rsaBits = { fewest: 2048, most: 4096 }
const rsaExponent = 65_537n

/**
 * Reads a COSE key into one that can verify, at registration and at each proof alike; throws when its
 * form is not that of its algorithm: its type, curve, point, length or exponent.
 */
export function readCredentialKey(cose: Uint8Array): CredentialKey {
  const members = decodeCredentialPublicKey(Uint8Array.from(cose)) as unknown as Map<
    number,
    unknown
  >
  const algorithm = Number(members.get(3))
  const key = createPublicKey({ key: toJwk(members, algorithm), format: 'jwk' })
  if (algorithm === -257) checkRsa(key)
  return { algorithm, key }
}

function toJwk(members: ReadonlyMap<number, unknown>, algorithm: number): webcrypto.JsonWebKey {
  const is = (kty: number, crv: number) => members.get(1) === kty && members.get(-1) === crv
  const bytes = (label: number, length?: number) => {
    const value = members.get(label)
    if (!(value instanceof Uint8Array) || (length !== undefined && value.length !== length)) {
      throw new Error(`COSE key without a good member ${label}`)
    }
    return Buffer.from(value).toString('base64url')
  }
  if (algorithm === -8 && is(1, 6)) return { kty: 'OKP', crv: 'Ed25519', x: bytes(-2, 32) }
  // That the point lies on the curve is checked by node:crypto.
  if (algorithm === -7 && is(2, 1)) {
    return { kty: 'EC', crv: 'P-256', x: bytes(-2, 32), y: bytes(-3, 32) }
  }
  if (algorithm === -257 && members.get(1) === 3) return { kty: 'RSA', n: bytes(-1), e: bytes(-2) }
  throw new Error('COSE key whose type or curve is not its algorithm’s')
}

function checkRsa({ asymmetricKeyDetails }: KeyObject): void {
  const { modulusLength = 0, publicExponent } = asymmetricKeyDetails ?? {}
  if (modulusLength < rsaBits.fewest || modulusLength > rsaBits.most) throw new Error('RSA length')
  if (publicExponent !== rsaExponent) throw new Error('RSA exponent')
}
