import type { CoseMembers } from './cose-keys.ts'

/** One thing that a test bends in an answer; all the rest stays right, the signature included. */
export interface Faults {
  /** `type` of the client data. */
  type?: string
  /** `challenge` of the client data, base64url. */
  challenge?: string
  origin?: string
  crossOrigin?: boolean
  topOrigin?: string
  /** Further members of the client data, such as `tokenBinding`. */
  clientData?: Record<string, unknown>
  /** The RP ID that is hashed into the authenticator data. */
  rpId?: string
  userPresent?: boolean
  userVerified?: boolean
  backupEligible?: boolean
  backedUp?: boolean
  /** The counter in this answer; the stored one goes on from it. */
  counter?: number
  /** The credential ID of the answer, base64url, or random bytes of this length. */
  credentialId?: string | number
  /** So many bytes are appended to the authenticator data. */
  trailingBytes?: number
  /** A field of the answer in which base64url is broken by characters of another alphabet. */
  brokenBase64url?:
    'id' | 'clientDataJSON' | 'attestationObject' | 'authenticatorData' | 'signature'
}

export interface CreateFaults extends Faults {
  /** The answer's own `id`, base64url, while the attested credential ID stays. */
  id?: string
  /** Makes a key of this algorithm, whether asked for or not; an unknown number only labels it. */
  algorithm?: number
  /** Changes the members of the public key; it is made for the algorithm all the same. */
  coseKey?: (members: CoseMembers) => CoseMembers
  /** Breaks the attestation object: cut short, followed by more, or not a map at all. */
  brokenCbor?: 'truncated' | 'trailing' | 'not-a-map'
}

export interface GetFaults extends Faults {
  /** Flips a bit of the signature, or signs with a key that nobody registered. */
  signature?: 'bogus' | 'other-key'
  /** The user handle of the answer, base64url; `null` leaves it out. */
  userHandle?: string | null
}
