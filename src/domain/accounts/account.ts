import type { Factor } from '../factors/factors.ts'
import type { Flag } from '../tables/tables.ts'
import type { AccountState } from '../vocabulary/desk.ts'
import type { LiftableLevel } from '../vocabulary/life.ts'
import type { HoldReason, LockReason } from '../vocabulary/reasons.ts'

/** Applications hold withdrawals until then, for this reason. */
export interface Hold {
  readonly until: number
  readonly reason: HoldReason
}

export interface Account {
  readonly id: string
  readonly loginId: string
  readonly displayName: string
  readonly email: string
  readonly userHandle: string
  readonly secondFactor: Factor
  readonly factorsVersion: number
  readonly holdUntil: number | null
  readonly holdReason: HoldReason | null
  readonly lockedAt: number | null
  readonly lockReason: LockReason | null
  /** The end of its activation code, if it has one (rule 43). */
  readonly activationUntil: number | null
  /** When the address was set; null for the first one. */
  readonly emailSince: number | null
  /** The stop in force that the holder can lift (rule 46), and since when. */
  readonly stopLevel: LiftableLevel | null
  readonly stoppedAt: number | null
  /** When the first stop came since the last lifting; null where that is `stoppedAt`. */
  readonly firstStoppedAt: number | null
  /** A second address for notices. */
  readonly noticeEmail: string | null
  /** JSON of the former addresses that get notices for a while. */
  readonly formerEmails: string | null
  /** 1 where the holder wants to be told of every sign-in. */
  readonly tellsSignIns: Flag
}

/** The columns of an Account, for lookups here and for queries that join the table. */
export const accountColumns = [
  'accounts.id as id',
  'accounts.login_id as loginId',
  'accounts.display_name as displayName',
  'accounts.email as email',
  'accounts.user_handle as userHandle',
  'accounts.second_factor as secondFactor',
  'accounts.factors_version as factorsVersion',
  'accounts.hold_until as holdUntil',
  'accounts.hold_reason as holdReason',
  'accounts.locked_at as lockedAt',
  'accounts.lock_reason as lockReason',
  'accounts.activation_until as activationUntil',
  'accounts.email_since as emailSince',
  'accounts.stop_level as stopLevel',
  'accounts.stopped_at as stoppedAt',
  'accounts.first_stopped_at as firstStoppedAt',
  'accounts.notice_email as noticeEmail',
  'accounts.former_emails as formerEmails',
  'accounts.tells_sign_ins as tellsSignIns',
] as const

/** Whether a sign-in is refused: a lock by guessing does not apply to known browsers (rule 19). */
export function isLockedFor(account: Account, knownBrowser: string | null): boolean {
  if (account.lockedAt === null) return false
  return account.lockReason !== 'guessing' || knownBrowser === null
}

/** How it stands, as the desk sees it. */
export function stateOf({ lockedAt, lockReason }: Account): AccountState {
  if (lockReason === 'closed' || lockReason === 'erased') return lockReason
  return lockedAt === null ? 'open' : 'locked'
}
