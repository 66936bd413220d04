import { idleLifetime, longestLifetime } from '../../kernel/limits.ts'
import type { Account } from '../accounts/account.ts'
import type { ProofPurpose, SecondFactor } from '../tables/tables.ts'

/** Rule 24: how strong the last proof was. `phr` is phishing-resistant (OpenID Connect EAP ACR Values). */
export type Acr = 'phr' | 'urn:sekisho:acr:email-code'

export interface Session {
  readonly id: string
  readonly account: Account
  readonly acr: Acr
  readonly signedInAt: number
  readonly provenAt: number
  readonly lastSeenAt: number
  readonly codeTries: number
  readonly proofPurpose: ProofPurpose | null
  readonly proofAt: number | null
  readonly proofVersion: number | null
  readonly registerUntil: number | null
  readonly registerVersion: number | null
}

/** What each factor proves, and how (RFC 8176). */
export const proofs = {
  email: { acr: 'urn:sekisho:acr:email-code', amr: ['pwd', 'otp', 'mfa'] },
  passkey: { acr: 'phr', amr: ['pwd', 'pop', 'user', 'mfa'] },
} as const satisfies Record<SecondFactor, { acr: Acr; amr: readonly string[] }>

/** The `amr` that goes with an `acr`: both come from one proof. */
export function amrOf(acr: Acr): readonly string[] {
  return acr === proofs.passkey.acr ? proofs.passkey.amr : proofs.email.amr
}

/** When a session ends if nothing more is done with it. */
export function sessionEnd(session: Pick<Session, 'lastSeenAt' | 'signedInAt'>): number {
  return Math.min(session.lastSeenAt + idleLifetime, session.signedInAt + longestLifetime)
}
