import type { Keys } from '../../kernel/secrets.ts'
import type { CodePurpose } from '../vocabulary/purposes.ts'

/** What a page tells of a code that is on its way: where to, until when, and when to ask for another. */
export interface SentCode {
  readonly sentTo: string
  readonly expiresAt: number
  readonly resendAfter: number
}

/** The keyed hash binds a code to its purpose and to whoever asked: nowhere else is it worth anything. */
export function hashCode(keys: Keys, purpose: CodePurpose, owner: string, code: string): string {
  return keys.hash('email-code', `${purpose}/${owner}/${code}`)
}

/** An address that its holder knows again and nobody else learns: `t***@example.jp`. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return `${[...address][0] ?? ''}***${address.slice(at)}`
}
