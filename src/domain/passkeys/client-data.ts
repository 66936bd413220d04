import { parseStrictJson } from '../../kernel/strict-json.ts'
import { mostChallengeBytes } from '../../limits/passkeys.ts'
import { passkeyNotVerified } from './problems.ts'

/** Base64url of as many bytes as a challenge of ours may have. */
const challengeForm = new RegExp(`^[\\w-]{1,${Math.ceil((mostChallengeBytes * 4) / 3)}}$`)

export interface ClientData {
  readonly type: unknown
  readonly challenge: string
  readonly origin: unknown
  /** The member that shows that the answer was made in another site's frame, or null. */
  readonly frame: 'crossOrigin' | 'topOrigin' | null
}

/** Reads the client data; refuses data that no browser writes, and checks only the challenge's form. */
export function readClientData(clientDataJSON: string): ClientData {
  const data = parseClientData(clientDataJSON)
  const challenge = data['challenge']
  if (typeof challenge !== 'string' || !challengeForm.test(challenge)) {
    throw passkeyNotVerified('challenge')
  }
  return { type: data['type'], challenge, origin: data['origin'], frame: frameOf(data) }
}

/** Rule 2; WebAuthn Level 3, §7.1 steps 10–11 and §7.2 steps 13–14: our pages are never framed. */
export function refuseFrame({ frame }: ClientData): void {
  if (frame) throw passkeyNotVerified(frame)
}

function frameOf({ crossOrigin, topOrigin }: Record<string, unknown>): ClientData['frame'] {
  if (crossOrigin !== undefined && crossOrigin !== false) return 'crossOrigin'
  return topOrigin === undefined ? null : 'topOrigin'
}

/** The members of the client data (§5.8.1); unknown ones are ignored. */
export function parseClientData(clientDataJSON: string): Record<string, unknown> {
  try {
    const data = parseStrictJson(Buffer.from(clientDataJSON, 'base64url'))
    if (typeof data === 'object' && data !== null) return data as Record<string, unknown>
  } catch (error) {
    throw passkeyNotVerified('clientDataJSON', error)
  }
  throw passkeyNotVerified('clientDataJSON')
}
