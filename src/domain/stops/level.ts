import type { Account } from '../accounts/account.ts'
import { stopLevels, type LiftableLevel, type StopLevel } from '../vocabulary/life.ts'

/** The stop in force that the holder can lift, and since when. */
export interface LiftableStop {
  readonly level: LiftableLevel
  readonly since: number
  /** When something was stopped first, before it was raised to this level. */
  readonly first: number
}

/** The stop in force that the holder can lift; null without one. A lock is none of these. */
export function currentStop(account: StopState): LiftableStop | null {
  const { stopLevel: level, stoppedAt, firstStoppedAt } = account
  if (level === null) return null
  const since = stoppedAt ?? 0
  return { level, since, first: firstStoppedAt ?? since }
}

/**
 * Whether this level stops more than what is in force: a stop raises and never lowers (rule 46). The lower levels
 * raise in a locked account too: they stand once it is reopened.
 */
export function isRaise({ stopLevel, lockReason }: StopState, level: StopLevel): boolean {
  if (lockReason === 'closed' || lockReason === 'erased') return false
  if (level === 'sign-in') return lockReason === null || lockReason === 'guessing'
  return stopLevel === null || stopLevels.indexOf(level) > stopLevels.indexOf(stopLevel)
}

type StopState = Pick<Account, 'stopLevel' | 'stoppedAt' | 'firstStoppedAt' | 'lockReason'>
