import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { encodeCbor, type Cbor } from '../../../test/support/authenticator/cbor.ts'
import {
  encodeCoseKey,
  generateCoseKeyPair,
} from '../../../test/support/authenticator/cose-keys.ts'
import { checkNewKey, readCredentialKey } from './cose.ts'

type Member = readonly [number, Cbor]

const bytesOf = (text: string | undefined) => Buffer.from(text ?? '', 'base64url')
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
const ed = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })
const rsaOf = (modulusLength: number, publicExponent = 65_537) => {
  const { n, e } = generateKeyPairSync('rsa', { modulusLength, publicExponent }).publicKey.export({
    format: 'jwk',
  })
  return { n: bytesOf(n), e: bytesOf(e) }
}
const { n, e } = rsaOf(2048)
const good: Readonly<Record<string, readonly Member[]>> = {
  Ed25519: [
    [1, 1],
    [3, -8],
    [-1, 6],
    [-2, bytesOf(ed.x)],
  ],
  ES256: [
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, bytesOf(ec.x)],
    [-3, bytesOf(ec.y)],
  ],
  RS256: [
    [1, 3],
    [3, -257],
    [-1, n],
    [-2, e],
  ],
}
const keyOf = (members: readonly Member[]) => encodeCbor(new Map(members))
const bent = (name: string, ...changes: Member[]) =>
  keyOf([...new Map([...(good[name] ?? []), ...changes])])

describe('a credential key', () => {
  test('is read when it is of the form that its algorithm asks for', async () => {
    for (const algorithm of [-8, -7, -257] as const) {
      const pair = await generateCoseKeyPair(algorithm)
      const { key, ...rest } = readCredentialKey(encodeCoseKey(pair, algorithm))
      assert.deepEqual(rest, { algorithm })
      assert.ok(key.equals(pair.publicKey))
      assert.equal(checkNewKey(encodeCoseKey(pair, algorithm)), algorithm)
    }
    for (const members of Object.values(good)) checkNewKey(keyOf(members))
  })

  const small = rsaOf(1024)
  const bents: Readonly<Record<string, Uint8Array>> = {
    'OKP as a word, as Firefox 117 wrote it': bent('Ed25519', [1, 'OKP']),
    'the curve as a word': bent('Ed25519', [-1, 'Ed25519']),
    'Ed25519 of 31 bytes': bent('Ed25519', [-2, Buffer.alloc(31, 1)]),
    'Ed448 for EdDSA': bent('Ed25519', [-1, 7]),
    'a point that is not on the curve': bent('ES256', [-3, Buffer.alloc(32, 1)]),
    'a compressed point': bent('ES256', [-3, 1]),
    'P-384 for ES256': bent('ES256', [-1, 2]),
    'a longer x': bent('ES256', [-2, Buffer.alloc(33, 1)]),
    'an EC key labelled EdDSA': bent('ES256', [3, -8]),
    'RSA of 1024 bits': bent('RS256', [-1, small.n]),
    'RSA of 4104 bits': bent('RS256', [-1, Buffer.alloc(513, 0xff)]),
    'RSA with the exponent 3': bent('RS256', [-2, Buffer.of(3)]),
  }
  for (const [name, cose] of Object.entries(bents)) {
    test(`is refused: ${name}`, () => assert.throws(() => checkNewKey(cose)))
  }

  test('is refused without any one of its members, and with anything else in its place', () => {
    const names = Object.keys(good)
    const other = fc.oneof(
      fc.string(),
      fc.integer({ min: 10, max: 99 }),
      // The one that is allowed is short enough to come up by chance.
      fc.uint8Array({ maxLength: 31 }).filter((bytes) => !e.equals(bytes)),
    )
    const property = fc.property(
      fc.constantFrom(...names),
      fc.nat(),
      fc.option(other),
      (name, at, value) => {
        const members = good[name] ?? []
        const index = at % members.length
        const changed = members.flatMap(([label, kept], one): Member[] =>
          one !== index ? [[label, kept]] : value === null ? [] : [[label, value]],
        )
        assert.throws(() => checkNewKey(keyOf(changed)))
      },
    )
    fc.assert(property)
  })
})
