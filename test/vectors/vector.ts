// One recorded answer of a browser, what it was an answer to, and what is due for it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Kind = 'create' | 'get'

/** What was asked, and whom: the server's side of the ceremony. */
export interface VectorContext {
  readonly origin: string
  readonly rpId: string
  readonly challenge: string
  readonly userHandle: string
  /** For `get`: the passkey as it was registered, its key as COSE in base64url. */
  readonly passkey?: {
    readonly credentialId: string
    readonly publicKey: string
    readonly counter: number
    readonly backupEligible: boolean
  }
}

export interface Vector {
  readonly name: string
  readonly kind: Kind
  /** The code of the refusal, or null for an answer that is to be accepted. */
  readonly code: 'passkey_not_verified' | 'invalid_request' | null
  /** What is to be read from an accepted answer. */
  readonly read?: Readonly<Record<string, unknown>>
  readonly context: VectorContext
  readonly response: unknown
}

export const fileOf = (kind: Kind) =>
  join(import.meta.dirname, kind === 'create' ? 'registrations.json' : 'assertions.json')

export function readVectors(kind: Kind): readonly Vector[] {
  return JSON.parse(readFileSync(fileOf(kind), 'utf8')) as Vector[]
}
