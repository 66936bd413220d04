// Every single thing that can be wrong with a browser's answer, and the refusal that is due for it.
// The journeys send these over HTTP; test/vectors/ keeps them recorded.
import type { CreateFaults, Faults, GetFaults } from './authenticator-faults.ts'
import type { CoseAlgorithm, CoseMembers } from './cose-keys.ts'

/** The RP ID is a parent of the origin's host, so that one does not pass for the other. */
export const site = { origin: 'https://login.example.jp', rpId: 'example.jp' } as const

/** What the server is told of a site: answers may come from its pages alone. */
export function relyingParty({ origin, rpId }: { origin: string; rpId: string }) {
  return { acceptedOrigins: [origin], rpId }
}

export interface Bent<F extends Faults> {
  readonly name: string
  readonly faults: F
  readonly code: 'passkey_not_verified' | 'invalid_request'
  /** Where the API answers otherwise, since it looks for the challenge first. */
  readonly overHttp?: 'ceremony_expired'
  /** The answer says that the account has no such passkey. */
  readonly unknown?: true
}

const strangeChallenge = Buffer.alloc(32, 7).toString('base64url')
const strangeId = Buffer.alloc(32, 9).toString('base64url')
const strangeHandle = Buffer.alloc(64, 5).toString('base64url')

type AllFaults = CreateFaults & GetFaults

const notVerified = (name: string, faults: AllFaults): Bent<AllFaults> => ({
  name,
  faults,
  code: 'passkey_not_verified',
})

const notReadable = (field: NonNullable<Faults['brokenBase64url']>): Bent<AllFaults> => ({
  name: `broken base64url in ${field}`,
  faults: { brokenBase64url: field },
  code: 'invalid_request',
})

/** What both ceremonies refuse alike. */
const either: readonly Bent<AllFaults>[] = [
  {
    ...notVerified('another challenge', { challenge: strangeChallenge }),
    overHttp: 'ceremony_expired',
  },
  notVerified('a challenge that is no base64url', { challenge: 'a\u0000b' }),
  notVerified('the origin of a sub-domain', { origin: 'https://evil.login.example.jp' }),
  notVerified('the origin of the parent domain', { origin: 'https://example.jp' }),
  notVerified('the origin of a sister', { origin: 'https://shop.example.jp' }),
  notVerified('an origin that only begins as ours', {
    origin: 'https://login.example.jp.evil.test',
  }),
  notVerified('the origin with another port', { origin: 'https://login.example.jp:8443' }),
  notVerified('the origin without TLS', { origin: 'http://login.example.jp' }),
  notVerified('the RP ID of another site', { rpId: 'evil.test' }),
  notVerified('the host in place of the RP ID', { rpId: 'login.example.jp' }),
  notVerified('crossOrigin', { crossOrigin: true }),
  notVerified('topOrigin', { topOrigin: 'https://evil.test' }),
  notVerified('topOrigin of our own', { topOrigin: site.origin }),
  notVerified('crossOrigin with topOrigin', { crossOrigin: true, topOrigin: 'https://evil.test' }),
  notVerified('crossOrigin that is no boolean', { clientData: { crossOrigin: 'false' } }),
  notVerified('no user presence', { userPresent: false }),
  notVerified('no user verification', { userVerified: false }),
  notVerified('backed up without being eligible', { backedUp: true }),
  notVerified('bytes after the authenticator data', { trailingBytes: 1 }),
  notReadable('id'),
  notReadable('clientDataJSON'),
]

const key = (
  name: string,
  algorithm: CoseAlgorithm,
  coseKey: (members: CoseMembers) => CoseMembers,
) => notVerified(`a key that cannot verify: ${name}`, { algorithm, coseKey })

const put = (...changes: [number, number | string | Uint8Array][]) => {
  return (members: CoseMembers): CoseMembers => new Map([...members, ...changes])
}

const leaveOut =
  (...labels: number[]) =>
  (members: CoseMembers): CoseMembers =>
    new Map([...members].filter(([label]) => !labels.includes(label)))

/** Their authenticators made them, and no signature will ever be one of theirs (rule 4). */
export const bentKeys: readonly Bent<CreateFaults>[] = [
  key('OKP and Ed25519 as words, as Firefox 117 wrote them', -8, put([1, 'OKP'], [-1, 'Ed25519'])),
  key('EdDSA without x', -8, leaveOut(-2)),
  key('ES256 without y', -7, leaveOut(-3)),
  key('ES256 beside its curve', -7, put([-3, Buffer.alloc(32, 1)])),
  key('ES256 on P-384', -7, put([-1, 2])),
  key('the algorithm alone', -7, leaveOut(1, -1, -2, -3)),
  key('RS256 without a modulus', -257, leaveOut(-1)),
  key('RS256 of 1024 bits', -257, put([-1, Buffer.alloc(128, 0xc5)])),
  key('RS256 of 8192 bits', -257, put([-1, Buffer.alloc(1024, 0xc5)])),
  key('RS256 with the exponent 3', -257, put([-2, Buffer.of(3)])),
]

export const bentRegistrations: readonly Bent<CreateFaults>[] = [
  ...either,
  ...bentKeys,
  notVerified('the type of an assertion', { type: 'webauthn.get' }),
  notVerified('an algorithm that was not asked for', { algorithm: -37 }),
  notVerified('a credential ID of 1024 bytes', { credentialId: 1024 }),
  notVerified('an id that is not the attested one', { id: strangeId }),
  notVerified('CBOR cut short', { brokenCbor: 'truncated' }),
  notVerified('CBOR followed by more', { brokenCbor: 'trailing' }),
  notVerified('CBOR that is no map', { brokenCbor: 'not-a-map' }),
  notReadable('attestationObject'),
]

/** For a passkey that counts and is not eligible for backup. */
export const bentAssertions: readonly Bent<GetFaults>[] = [
  ...either,
  notVerified('the type of a registration', { type: 'webauthn.create' }),
  notVerified('eligible for backup, unlike at registration', { backupEligible: true }),
  notVerified('a bent signature', { signature: 'bogus' }),
  notVerified('the signature of another key', { signature: 'other-key' }),
  notVerified("another account's user handle", { userHandle: strangeHandle }),
  { ...notVerified('an unknown credential', { credentialId: strangeId }), unknown: true },
  notReadable('authenticatorData'),
  notReadable('signature'),
]
