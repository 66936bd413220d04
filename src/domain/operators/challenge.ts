// Rule 5, for the console: its challenges are notes under a key of their own, so that no customer's challenge is
// one of an operator's, nor the reverse (rule 36).
import { randomBytes } from 'node:crypto'
import { Problem } from '../../kernel/http/problem.ts'
import { bytesOfId, idAt, idBytes, type Keys } from '../../kernel/secrets.ts'
import type { Deps } from '../deps.ts'
import { isOver } from '../passkeys/ceremony.ts'
import { operatorCeremonies, type OperatorCeremony as Purpose } from '../vocabulary/desk.ts'

interface OperatorNote {
  readonly purpose: Purpose
  /** The operator as the ceremony began; null of a sign-in, where the passkey tells who it is. */
  readonly operator: { readonly id: string; readonly version: number } | null
  /** The code, session or browser that began the ceremony: 128 bits, as base64url. */
  readonly owner: string
  readonly begunAt: number
}

export interface OperatorCeremony extends OperatorNote {
  readonly challenge: string
}

/** The first byte, and the name of the key. Every change of the form needs another. */
const version = 1
const nobody = Buffer.alloc(idBytes).toString('base64url')
/** Version, purpose, 6 bytes of the time and 4 of the operator's version. */
const headLength = 12
const randomLength = 32

/** Begins a ceremony, which writes nothing, and returns its challenge as base64url. */
export function beginOperatorCeremony(
  { keys, now }: Pick<Deps, 'keys' | 'now'>,
  { purpose, operator, owner }: Omit<OperatorNote, 'begunAt'>,
): string {
  return writeOperatorChallenge(keys, { purpose, operator, owner, begunAt: now() })
}

/**
 * The ceremony of a challenge. Throws 400 `ceremony_expired` unless it is one of the console's, for this purpose
 * and this owner (where one is named), and its time is not over.
 */
export function openOperatorCeremony(
  { keys, now }: Pick<Deps, 'keys' | 'now'>,
  expected: { readonly purpose: Purpose; readonly owner?: string },
  challenge: string,
): OperatorCeremony {
  const note = readOperatorChallenge(keys, challenge)
  if (!note || note.purpose !== expected.purpose) throw new Problem('ceremony_expired')
  if (expected.owner !== undefined && note.owner !== expected.owner) {
    throw new Problem('ceremony_expired')
  }
  if (isOver(note, now())) throw new Problem('ceremony_expired')
  return { ...note, challenge }
}

function writeOperatorChallenge(
  keys: Keys,
  { purpose, operator, owner, begunAt }: OperatorNote,
): string {
  const head = Buffer.alloc(headLength)
  head.set([version, operatorCeremonies.indexOf(purpose)])
  head.writeUIntBE(begunAt, 2, 6)
  head.writeUInt32BE(operator?.version ?? 0, 8)
  const whose = bytesOfId(operator?.id ?? nobody)
  return keys.signNote(
    `operator/${version}`,
    Buffer.concat([head, whose, bytesOfId(owner), randomBytes(randomLength)]),
  )
}

/** The note of one of the console's challenges, whatever its age; null for any other text. */
function readOperatorChallenge(keys: Keys, challenge: string): OperatorNote | null {
  const bytes = keys.openNote(`operator/${version}`, challenge)
  if (bytes?.[0] !== version) return null
  const purpose = operatorCeremonies[bytes[1] ?? operatorCeremonies.length]
  if (!purpose) return null
  const id = idAt(bytes, headLength)
  return {
    purpose,
    operator: id === nobody ? null : { id, version: bytes.readUInt32BE(8) },
    owner: idAt(bytes, headLength + idBytes),
    begunAt: bytes.readUIntBE(2, 6),
  }
}
