// What an authenticator says with an assertion (WebAuthn Level 3, §6.1).
import { readMap } from './canonical-cbor.ts'

interface AuthenticatorData {
  readonly rpIdHash: Buffer
  readonly flags: Readonly<Record<'up' | 'uv' | 'be' | 'bs', boolean>>
  readonly counter: number
}

/** Bytes of the RP ID's hash, of it with the flags and the counter, and of an AAGUID. */
const [hashLength, fixedLength, aaguidLength] = [32, 37, 16]

/** Throws for missing bytes, for trailing bytes, and for extensions that are not one whole CBOR map. */
export function readAuthenticatorData(bytes: Buffer): AuthenticatorData {
  const flags = bytes.readUInt8(hashLength)
  const isSet = (bit: number) => ((flags >> bit) & 1) === 1
  let end = fixedLength
  if (isSet(6)) end = endOfCredential(bytes, end)
  if (isSet(7)) end = readMap(bytes, end).end
  if (end !== bytes.length) throw new Error('authenticator data has another length')
  return {
    rpIdHash: bytes.subarray(0, hashLength),
    flags: { up: isSet(0), uv: isSet(2), be: isSet(3), bs: isSet(4) },
    counter: bytes.readUInt32BE(hashLength + 1),
  }
}

/** §6.5.1: attested credential data belongs to registrations, and is no harm here when it is whole. */
function endOfCredential(bytes: Buffer, start: number): number {
  const idStart = start + aaguidLength + 2
  const idLength = bytes.readUInt16BE(start + aaguidLength)
  return readMap(bytes, idStart + idLength).end
}
