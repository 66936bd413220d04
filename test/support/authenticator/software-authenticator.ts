// An authenticator and its client in software, written from WebAuthn Level 3 (§5.1, §6), so that
// the server is tested against the specification and not against the library that it uses.
import { randomBytes } from 'node:crypto'
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialDescriptorJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'
import {
  base64url,
  credentialIdBytes,
  fieldWriter,
  sha256,
  writeAttestationObject,
  writeAuthenticatorData,
  writeClientData,
  writeSignature,
} from './authenticator-data.ts'
import type { CreateFaults, GetFaults } from './authenticator-faults.ts'
import {
  encodeCoseKey,
  generateCoseKeyPair,
  type CoseAlgorithm,
  type CoseKeyPair,
} from './cose-keys.ts'

export type { CreateFaults, GetFaults } from './authenticator-faults.ts'

export interface AuthenticatorSettings {
  /** The origin of the page that asks. */
  origin: string
  rpId: string
  /** Default: Windows Hello. */
  aaguid?: string
  /** Default: `['internal']`. */
  transports?: string[]
  /** The one algorithm that it knows; default: the first of the options that we can do. */
  algorithm?: CoseAlgorithm
  backupEligible?: boolean
  backedUp?: boolean
  /** Default: `platform` when the transports are `internal` alone, else `cross-platform`. */
  attachment?: 'platform' | 'cross-platform'
  /** `false` keeps every counter at 0, as synced passkeys do; default `true`. */
  counts?: boolean
}

export interface SoftwareCredential {
  readonly id: string
  readonly rpId: string
  readonly userHandle: string
  readonly keys: CoseKeyPair
  backupEligible: boolean
  backedUp: boolean
  counter: number
}

export interface SoftwareAuthenticator {
  /** What it holds; a test may change a counter or take a credential away. */
  readonly credentials: SoftwareCredential[]
  /** Answers as `navigator.credentials.create()` and `toJSON()`; refusals are DOMExceptions. */
  create(
    options: PublicKeyCredentialCreationOptionsJSON,
    faults?: CreateFaults,
  ): Promise<RegistrationResponseJSON>
  /** Answers as `navigator.credentials.get()` and `toJSON()`; refusals are DOMExceptions. */
  get(
    options: PublicKeyCredentialRequestOptionsJSON,
    faults?: GetFaults,
  ): Promise<AuthenticationResponseJSON>
}

const windowsHello = '08987058-cadc-4b81-b6e1-30de50dcbe96'
const algorithms: readonly CoseAlgorithm[] = [-8, -7, -257]

/** Makes an authenticator without credentials, in a browser that shows a page of `origin`. */
export function createAuthenticator(settings: AuthenticatorSettings): SoftwareAuthenticator {
  const transports = settings.transports ?? ['internal']
  const isPlatform = transports.every((transport) => transport === 'internal')
  const attachment = settings.attachment ?? (isPlatform ? 'platform' : 'cross-platform')
  const aaguid = Buffer.from((settings.aaguid ?? windowsHello).replaceAll('-', ''), 'hex')
  const counts = settings.counts ?? true
  const credentials: SoftwareCredential[] = []

  async function create(
    options: PublicKeyCredentialCreationOptionsJSON,
    faults: CreateFaults = {},
  ): Promise<RegistrationResponseJSON> {
    refuseOtherRpId(options.rp.id ?? settings.rpId, settings)
    // §5.1.3: a required attachment that is not ours leaves nobody to answer.
    const wanted = options.authenticatorSelection?.authenticatorAttachment
    if (wanted !== undefined && wanted !== attachment)
      throw notAllowed('another attachment is asked for')
    // §6.3.2 step 3: an excluded credential is here.
    if (credentials.some((held) => isListed(held, options.excludeCredentials ?? [], transports))) {
      throw new DOMException(
        'An excluded credential is on this authenticator.',
        'InvalidStateError',
      )
    }
    const algorithm = algorithmFor(options, settings.algorithm, faults.algorithm)

    const keys = await generateCoseKeyPair(algorithm)
    const idBytes = credentialIdBytes(faults.credentialId) ?? randomBytes(32)
    const credential: SoftwareCredential = {
      id: base64url(idBytes),
      rpId: settings.rpId,
      userHandle: options.user.id,
      keys,
      backupEligible: faults.backupEligible ?? settings.backupEligible ?? false,
      backedUp: faults.backedUp ?? settings.backedUp ?? false,
      counter: faults.counter ?? (counts ? 1 : 0),
    }
    // §6.3.2 step 7: a discoverable credential takes the place of the user's former one.
    const former = credentials.findIndex((held) => held.userHandle === options.user.id)
    credentials.splice(former === -1 ? credentials.length : former, 1, credential)

    const idLength = Buffer.alloc(2)
    idLength.writeUInt16BE(idBytes.length)
    const coseKey = encodeCoseKey(keys, faults.algorithm ?? algorithm, faults.coseKey)
    const attested = Buffer.concat([aaguid, idLength, idBytes, coseKey])
    const authenticatorData = writeAuthenticatorData(credential, faults, attested)
    const attestationObject = writeAttestationObject(authenticatorData, faults.brokenCbor)
    const clientDataJSON = writeClientData('webauthn.create', options.challenge, settings, faults)
    const field = fieldWriter(faults)
    const id = faults.id ?? field('id', idBytes)
    return {
      id,
      rawId: id,
      type: 'public-key',
      authenticatorAttachment: attachment,
      clientExtensionResults: options.extensions?.credProps ? { credProps: { rk: true } } : {},
      response: {
        clientDataJSON: field('clientDataJSON', clientDataJSON),
        attestationObject: field('attestationObject', attestationObject),
        authenticatorData: field('authenticatorData', authenticatorData),
        transports: [...transports],
        publicKeyAlgorithm: faults.algorithm ?? algorithm,
        publicKey: base64url(keys.publicKey.export({ format: 'der', type: 'spki' })),
      },
    }
  }

  async function get(
    options: PublicKeyCredentialRequestOptionsJSON,
    faults: GetFaults = {},
  ): Promise<AuthenticationResponseJSON> {
    refuseOtherRpId(options.rpId ?? settings.rpId, settings)
    const allowed = options.allowCredentials ?? []
    const credential = credentials.findLast(
      (held) => allowed.length === 0 || isListed(held, allowed, transports),
    )
    if (!credential) throw notAllowed('no allowed credential is on this authenticator')

    credential.counter = faults.counter ?? (counts ? credential.counter + 1 : 0)
    const authenticatorData = writeAuthenticatorData(credential, faults)
    const clientDataJSON = writeClientData('webauthn.get', options.challenge, settings, faults)
    const signed = Buffer.concat([authenticatorData, sha256(clientDataJSON)])
    const signature = await writeSignature(credential.keys, signed, faults.signature)
    const userHandle = faults.userHandle === undefined ? credential.userHandle : faults.userHandle
    const field = fieldWriter(faults)
    const id = field('id', credentialIdBytes(faults.credentialId) ?? credential.id)
    return {
      id,
      rawId: id,
      type: 'public-key',
      authenticatorAttachment: attachment,
      clientExtensionResults: {},
      response: {
        clientDataJSON: field('clientDataJSON', clientDataJSON),
        authenticatorData: field('authenticatorData', authenticatorData),
        signature: field('signature', signature),
        ...(userHandle === null ? {} : { userHandle }),
      },
    }
  }

  return { credentials, create, get }
}

/** §6.3.2 step 2: the first algorithm of the relying party's list that this authenticator knows. */
function algorithmFor(
  { pubKeyCredParams }: PublicKeyCredentialCreationOptionsJSON,
  own: CoseAlgorithm | undefined,
  fault: number | undefined,
): CoseAlgorithm {
  const known = own === undefined ? algorithms : [own]
  const forced = algorithms.find((algorithm) => algorithm === fault)
  if (forced !== undefined) return forced
  const asked = pubKeyCredParams.flatMap(({ alg }) =>
    known.filter((algorithm) => algorithm === alg),
  )
  if (asked[0] === undefined) {
    throw new DOMException('No algorithm that this authenticator knows.', 'NotSupportedError')
  }
  return asked[0]
}

/** A browser looks for a listed credential only over the transports that are listed with it. */
function isListed(
  credential: SoftwareCredential,
  list: readonly PublicKeyCredentialDescriptorJSON[],
  transports: readonly string[],
): boolean {
  return list.some(
    (entry) =>
      entry.id === credential.id &&
      (!entry.transports?.length || entry.transports.some((one) => transports.includes(one))),
  )
}

function refuseOtherRpId(asked: string, { rpId, origin }: AuthenticatorSettings): void {
  if (asked === rpId) return
  throw new DOMException(`${asked} is not the RP ID ${rpId} of ${origin}.`, 'SecurityError')
}

function notAllowed(reason: string): DOMException {
  return new DOMException(`Not allowed, or timed out: ${reason}.`, 'NotAllowedError')
}
