import type { Keys } from '../../kernel/secrets.ts'
import type { CodePurpose } from '../vocabulary/purposes.ts'

/** A sent code as a page describes it: its address, its expiry, and when another may be requested. */
export interface SentCode {
  readonly sentTo: string
  readonly expiresAt: number
  readonly resendAfter: number
}

/** Whether a code that was sent can still be given. */
export function isGood(
  code: { readonly usedAt: number | null; readonly expiresAt: number },
  now: number,
): boolean {
  return code.usedAt === null && code.expiresAt > now
}

/** The keyed hash binds a code to its purpose and owner, so it is of no use to another. */
export function hashCode(keys: Keys, ...code: OwnedCode): string {
  return keys.hash('email-code', code.join('/'))
}

/** Whether `hashCode` made this, with whichever secret. */
export function isCode(keys: Keys, kept: string, ...code: OwnedCode): boolean {
  return keys.isHash('email-code', code.join('/'), kept)
}

type OwnedCode = readonly [purpose: CodePurpose, owner: string, code: string]

/** Masks an address so that only its holder recognises it: `t***@example.jp`. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return `${[...address][0] ?? ''}***${address.slice(at)}`
}
