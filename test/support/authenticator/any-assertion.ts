// Assertions with anything wrong, and a signature over whatever they say.
import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import fc from 'fast-check'
import type { VectorContext } from '../../vectors/vector.ts'
import { site } from './bent-answers.ts'
import { encodeCbor, type Cbor } from './cbor.ts'

const challenge = Buffer.alloc(32, 1).toString('base64url')
export const userHandle = Buffer.alloc(64, 2).toString('base64url')
const credentialId = Buffer.alloc(32, 3).toString('base64url')
const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest()

type Members = readonly (readonly [number, Cbor])[]

export interface Key {
  readonly name: string
  readonly members: Members
  readonly privateKey: KeyObject
  readonly hash: string | null
}

const bytes = (text: string | undefined) => Buffer.from(text ?? '', 'base64url')

function ecKey(namedCurve: string, crv: number): Key {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve })
  const { x, y } = publicKey.export({ format: 'jwk' })
  const members: Members = [
    ...([
      [1, 2],
      [3, -7],
      [-1, crv],
    ] as const),
    ...([
      [-2, bytes(x)],
      [-3, bytes(y)],
    ] as const),
  ]
  return { name: namedCurve, members, privateKey, hash: 'sha256' }
}

function rsaKey(modulusLength: number, publicExponent = 65_537): Key {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength, publicExponent })
  const { n, e } = publicKey.export({ format: 'jwk' })
  const members = [
    [1, 3],
    [3, -257],
    [-1, bytes(n)],
    [-2, bytes(e)],
  ] as const
  return { name: `RSA ${modulusLength}, ${publicExponent}`, members, privateKey, hash: 'sha256' }
}

function edKey(): Key {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const members = [
    [1, 1],
    [3, -8],
    [-1, 6],
    [-2, bytes(publicKey.export({ format: 'jwk' }).x)],
  ]
  return { name: 'Ed25519', members: members as unknown as Members, privateKey, hash: null }
}

/** Those that are registered today, then those that were. */
export const keys = [edKey(), ecKey('P-256', 1), rsaKey(2048)]
export const olderKeys = [rsaKey(1024), rsaKey(2048, 3), ecKey('P-384', 2), ecKey('P-521', 3)]

export interface Made {
  readonly key?: Key
  readonly clientData?: string | Buffer
  readonly authenticatorData?: Buffer
  readonly signature?: (signed: Buffer, key: Key) => Buffer
  readonly userHandle?: string | null
  readonly backupEligible?: boolean
  readonly id?: string
  readonly rawId?: string
}

export const goodClientData = {
  type: 'webauthn.get',
  challenge,
  origin: site.origin,
  crossOrigin: false,
}

export function authenticatorDataOf(rpId: string, flags: number, tail: Uint8Array): Buffer {
  const counter = Buffer.of(flags, 0, 0, 0, 7)
  return Buffer.concat([sha256(rpId), counter, tail])
}

export const honestly = (signed: Buffer, { hash, privateKey }: Key) =>
  sign(hash, signed, privateKey)

/** An answer that is signed over whatever it says. */
export function makeAssertion({ key = edKey(), ...made }: Made) {
  const clientDataJSON = Buffer.from(made.clientData ?? JSON.stringify(goodClientData))
  const authenticatorData =
    made.authenticatorData ?? authenticatorDataOf(site.rpId, 0b101, new Uint8Array())
  const signed = Buffer.concat([authenticatorData, sha256(clientDataJSON)])
  const text = (data: Buffer) => data.toString('base64url')
  const publicKey = Buffer.from(encodeCbor(new Map(key.members))).toString('base64url')
  const { backupEligible = false } = made
  const passkey = { credentialId, publicKey, counter: 0, backupEligible }
  const context: VectorContext = { ...site, challenge, userHandle, passkey }
  const response = {
    id: made.id ?? credentialId,
    rawId: made.rawId ?? credentialId,
    type: 'public-key',
    clientExtensionResults: {},
    response: {
      clientDataJSON: text(clientDataJSON),
      authenticatorData: text(authenticatorData),
      signature: text((made.signature ?? honestly)(signed, key)),
      userHandle: made.userHandle === undefined ? userHandle : made.userHandle,
    },
  }
  return { context, response: response as AuthenticationResponseJSON }
}

export const signatures: Readonly<Record<string, (signed: Buffer, key: Key) => Buffer>> = {
  honest: honestly,
  bent: (signed, key) =>
    honestly(signed, key).map((byte, at) => (at === 9 ? byte ^ 1 : byte)) as Buffer,
  'cut short': (signed, key) => honestly(signed, key).subarray(0, -1),
  'of other bytes': (signed, key) => honestly(Buffer.concat([signed, Buffer.of(0)]), key),
  'of another key': (signed, { hash, privateKey }) =>
    honestly(
      signed,
      keys.find((key) => key.hash === hash && key.privateKey !== privateKey) ?? edKey(),
    ),
  'r and s side by side': (signed, { hash, privateKey: key }) =>
    sign(hash, signed, { key, dsaEncoding: 'ieee-p1363' }),
  'over SHA-512': (signed, { hash, privateKey }) => sign(hash && 'sha512', signed, privateKey),
  nothing: () => Buffer.of(0),
}

/** Flags of every kind, and what may or may not follow them. */
const tails = fc.oneof(
  fc.constantFrom(
    Buffer.alloc(0),
    Buffer.from(encodeCbor(new Map([['credProtect', 2]]))),
    Buffer.concat([
      Buffer.alloc(16),
      Buffer.of(0, 4, 1, 2, 3, 4),
      encodeCbor(new Map(edKey().members)),
    ]),
  ),
  fc.uint8Array({ maxLength: 64 }).map((tail) => Buffer.from(tail)),
)
const authenticatorData = fc
  .tuple(
    fc.constantFrom(site.rpId, site.rpId, site.rpId, 'login.example.jp', 'evil.test'),
    fc.oneof(
      fc.constantFrom(0b101, 0b1_1101, 0b1000_0101, 0b100_0101, 0b1, 0b100, 0b1_0101),
      fc.nat(255),
    ),
    tails,
    fc.oneof(fc.constant(0), fc.nat(40)),
  )
  .map(([rpId, flags, tail, cut]) => {
    const whole = authenticatorDataOf(rpId, flags, tail)
    return whole.subarray(0, whole.length - cut)
  })

const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom('webauthn.create', 'https://example.jp', true, userHandle),
)
const wrongMembers = fc.constantFrom<object>(
  { type: 'webauthn.create' },
  { challenge: userHandle },
  { origin: 'https://example.jp' },
  { crossOrigin: true },
  { topOrigin: site.origin },
)
const clientData = fc.oneof(
  {
    arbitrary: wrongMembers.map((wrong) => JSON.stringify({ ...goodClientData, ...wrong })),
    weight: 5,
  },
  fc
    .tuple(fc.constantFrom('type', 'challenge', 'origin', 'crossOrigin', 'topOrigin', 'x'), odd)
    .map(([name, value]) => JSON.stringify({ ...goodClientData, [name]: value })),
  fc.constantFrom('type', 'challenge', 'origin', 'crossOrigin').map((name) => {
    return JSON.stringify({ ...goodClientData, [name]: undefined })
  }),
  fc.constantFrom('[]', 'null', '1', '', '{', '"webauthn.get"'),
  fc.constantFrom('\ufeff', ' ', '\n\t', 'x').map((text) => text + JSON.stringify(goodClientData)),
  fc.constant(Buffer.concat([Buffer.from(JSON.stringify(goodClientData)), Buffer.of(0xff)])),
)

/** Mostly right, so that what is wrong stands alone often enough. */
const mostly = <T>(good: T, other: fc.Arbitrary<T>) =>
  fc.oneof({ arbitrary: fc.constant(good), weight: 3 }, { arbitrary: other, weight: 1 })

/** Assertions by any of these keys. */
export const assertionsBy = (some: readonly Key[]) =>
  fc.record({
    key: fc.constantFrom(...some),
    clientData: mostly<string | Buffer>(JSON.stringify(goodClientData), clientData),
    authenticatorData: mostly(
      authenticatorDataOf(site.rpId, 0b101, new Uint8Array()),
      authenticatorData,
    ),
    signature: mostly(honestly, fc.constantFrom(...Object.values(signatures))),
    userHandle: mostly<string | null>(userHandle, fc.constantFrom(null, '', 'AAAA')),
    backupEligible: mostly(false, fc.constant(true)),
    id: mostly(credentialId, fc.constant('AAAA')),
    rawId: mostly(credentialId, fc.constant('AAAA')),
  })
