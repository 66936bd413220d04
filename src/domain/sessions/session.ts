import { idleLifetime, longestLifetime } from '../../limits/sessions.ts'
import type { Account } from '../accounts/account.ts'
import type { Acr } from '../factors/factors.ts'
import type { ProofPurpose } from '../vocabulary/purposes.ts'

export interface Session {
  readonly id: string
  readonly account: Account
  /** The strength of the last proof. */
  readonly acr: Acr
  readonly signedInAt: number
  readonly provenAt: number
  /** The passkey of the last proof; null where that was a code. */
  readonly provenWith: string | null
  readonly lastSeenAt: number
  readonly codeTries: number
  readonly proofPurpose: ProofPurpose | null
  readonly proofAt: number | null
  readonly proofVersion: number | null
  readonly registerUntil: number | null
  readonly registerVersion: number | null
  /** Whether the account did not know the browser that signed in. */
  readonly newBrowser: boolean
  /** Since when what the last proof was made with belongs to the account; null where that is not known. */
  readonly factorSince: number | null
  /** Whether the password has to be changed before anything else (rule 42). */
  readonly passwordBreached: boolean
}

/** When a session ends if it is not used again. */
export function sessionEnd(session: Pick<Session, 'lastSeenAt' | 'signedInAt'>): number {
  return Math.min(session.lastSeenAt + idleLifetime, session.signedInAt + longestLifetime)
}
