// Rule 5: a challenge is a note to ourselves, so that asking for a passkey writes nothing. Others may read it.
import { randomBytes } from 'node:crypto'
import { bytesOfId, idAt, idBytes, type Keys } from '../../kernel/secrets.ts'
import {
  ceremonyPurposes,
  type CeremonyKind,
  type CeremonyPurpose,
} from '../vocabulary/purposes.ts'

/** What a challenge says of its ceremony. All ids are of `newId`. */
export interface ChallengeNote {
  readonly kind: CeremonyKind
  readonly purpose: CeremonyPurpose
  readonly accountId: string
  readonly factorsVersion: number
  /** The sign-in or session that began the ceremony. */
  readonly owner: string
  /** Of a `get`: the passkey that was chosen. */
  readonly passkeyId: string | null
  /** Of a `create`: the name of the passkey to be. */
  readonly passkeyName: string | null
  readonly begunAt: number
}

/** The first byte, and the name of the key. Every change of the form needs another. */
const version = 1
const kinds = ['create', 'get'] as const
const randomLength = 32
/** Version, kind, purpose, 6 bytes of the time and 4 of the factors' version. */
const headLength = 13
const fixedLength = headLength + 2 * idBytes + randomLength

/** A fresh challenge, as base64url. */
export function writeChallenge(keys: Keys, note: ChallengeNote): string {
  const head = Buffer.alloc(headLength)
  head.set([version, kinds.indexOf(note.kind), ceremonyPurposes.indexOf(note.purpose)])
  head.writeUIntBE(note.begunAt, 3, 6)
  head.writeUInt32BE(note.factorsVersion, 9)
  const subject =
    note.passkeyId === null ? Buffer.from(note.passkeyName ?? '') : bytesOfId(note.passkeyId)
  return keys.signNote(
    `challenge/${version}`,
    Buffer.concat([
      ...[head, bytesOfId(note.accountId), bytesOfId(note.owner)],
      ...[randomBytes(randomLength), subject],
    ]),
  )
}

/** The note of one of our challenges, whatever its age; null for any other text. */
export function readChallenge(keys: Keys, challenge: string): ChallengeNote | null {
  const bytes = keys.openNote(`challenge/${version}`, challenge)
  if (bytes?.[0] !== version) return null
  const kind = kinds[bytes[1] ?? kinds.length]
  const purpose = ceremonyPurposes[bytes[2] ?? ceremonyPurposes.length]
  if (!kind || !purpose) return null
  const subject = bytes.subarray(fixedLength)
  return {
    ...{ kind, purpose },
    begunAt: bytes.readUIntBE(3, 6),
    factorsVersion: bytes.readUInt32BE(9),
    accountId: idAt(bytes, headLength),
    owner: idAt(bytes, headLength + idBytes),
    passkeyId: kind === 'get' ? idAt(subject, 0) : null,
    passkeyName: kind === 'create' ? subject.toString() : null,
  }
}
