import { passkeyNotVerified } from './problems.ts'

export interface ClientData {
  readonly challenge: string
}

/**
 * The challenge that an answer was made for. Refuses what no page of ours produces: an answer from
 * inside another site's frame (rule 2; WebAuthn Level 3, §7.1 steps 10–11 and §7.2 steps 13–14).
 */
export function readClientData(clientDataJSON: string): ClientData {
  const data = parse(clientDataJSON)
  if (data['crossOrigin'] !== undefined && data['crossOrigin'] !== false) {
    throw passkeyNotVerified('crossOrigin')
  }
  if (data['topOrigin'] !== undefined) throw passkeyNotVerified('topOrigin')
  const challenge = data['challenge']
  if (typeof challenge !== 'string') throw passkeyNotVerified('challenge')
  return { challenge }
}

function parse(clientDataJSON: string): Record<string, unknown> {
  try {
    const bytes = Buffer.from(clientDataJSON, 'base64url')
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const data: unknown = JSON.parse(text)
    if (typeof data === 'object' && data !== null) return data as Record<string, unknown>
  } catch (error) {
    throw passkeyNotVerified('clientDataJSON', error)
  }
  throw passkeyNotVerified('clientDataJSON')
}
