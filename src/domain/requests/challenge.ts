// Rule 39: the challenge of an approval is made of the digest, and says to us what it is for (rule 5). It begins with
// a hash that anybody can make again who has the text and the random bytes, so that a receipt needs no secret of ours.
import { createHash, randomBytes } from 'node:crypto'
import { bytesOfId, idAt, idBytes, type Keys } from '../../kernel/secrets.ts'

/** What is hashed before the digest: no other signature of an operator's passkey is over it. */
export const approvalLabel = 'sekisho/approval/1'

/** What a challenge says of its approval. All ids are of `newId`. */
export interface ApprovalNote {
  readonly requestId: string
  readonly operatorId: string
  readonly sessionId: string
  readonly operatorVersion: number
  readonly begunAt: number
  /** As base64url; the receipt keeps them. */
  readonly random: string
}

interface ReadChallenge {
  /** SHA-256 of label, digest and random bytes. */
  readonly hash: Buffer
  readonly note: ApprovalNote
}

/** The first byte of the note, and the name of the key. Every change of the form needs another. */
const version = 1
/** A kind apart from those of the customers' challenges. */
const approval = 1
const [hashLength, randomLength, tagLength] = [32, 32, 32]
/** Version, kind, 4 bytes of the operator's version and 6 of the time. */
const headLength = 12
const noteLength = headLength + 3 * idBytes + randomLength

/** A fresh challenge to approve the request of this digest, as base64url. */
export function writeApproval(
  keys: Keys,
  digest: string,
  note: Omit<ApprovalNote, 'random'>,
): string {
  const head = Buffer.alloc(headLength)
  head.set([version, approval])
  head.writeUInt32BE(note.operatorVersion, 2)
  head.writeUIntBE(note.begunAt, 6, 6)
  const random = randomBytes(randomLength)
  const ids = [note.requestId, note.operatorId, note.sessionId].map(bytesOfId)
  return keys.signNote(
    `approval/${version}`,
    Buffer.concat([hashOf(digest, random), head, ...ids, random]),
  )
}

/** The note of one of our challenges, whatever its age; null for any other text. */
export function readApproval(keys: Keys, challenge: string): ReadChallenge | null {
  const bytes = keys.openNote(`approval/${version}`, challenge)
  return bytes && readBytes(bytes)
}

/** The note of a challenge that may be anybody's: for who has no key of ours. Null for any other form. */
export function readForeignApproval(challenge: string): ReadChallenge | null {
  const bytes = Buffer.from(challenge, 'base64url')
  return readBytes(bytes.subarray(0, Math.max(0, bytes.length - tagLength)))
}

function readBytes(bytes: Buffer): ReadChallenge | null {
  if (bytes.length !== hashLength + noteLength) return null
  const note = bytes.subarray(hashLength)
  if (note[0] !== version || note[1] !== approval) return null
  const idOf = (index: number) => idAt(note, headLength + index * idBytes)
  return {
    hash: bytes.subarray(0, hashLength),
    note: {
      operatorVersion: note.readUInt32BE(2),
      begunAt: note.readUIntBE(6, 6),
      ...{ requestId: idOf(0), operatorId: idOf(1), sessionId: idOf(2) },
      random: note.subarray(headLength + 3 * idBytes).toString('base64url'),
    },
  }
}

/** SHA-256 of the label, the digest and the random bytes: what is signed. */
export function hashOf(digest: string, random: Buffer): Buffer {
  return createHash('sha256')
    .update(approvalLabel, 'utf8')
    .update(Buffer.from(digest, 'hex'))
    .update(random)
    .digest()
}
