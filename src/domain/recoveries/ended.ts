// Rule 28: an attempt to set a password that comes to nothing is audited, however it ended.
import type { Act } from '../act.ts'
import { record, recordLapses } from '../audit/record.ts'
import type { EndedRecovery } from './store.ts'

const event = 'authn_recovery_ended'

/** Whose a recovery is, in the trail: of an account, or of a login ID that is none's or locked. */
export function subjectOf({
  accountId,
  loginIdHash,
}: {
  readonly accountId: string | null
  readonly loginIdHash: string
}): { readonly accountId: string } | { readonly loginIdHash: string } {
  return accountId === null ? { loginIdHash } : { accountId }
}

/** Audits the early end of a recovery, which the act has deleted. */
export function recordEnded(
  act: Act,
  ended: EndedRecovery,
  why: 'given up' | 'begun anew' | 'too many wrong codes' | 'ended by an operator',
): void {
  // It has expired, but was not swept yet.
  if (ended.expiresAt <= act.now) return recordRunOut(act, [ended])
  record(act, { event, ...subjectOf(ended), detail: { recovery: ended.id, why } })
}

/** Audits the expiry of recoveries, which the act has deleted. */
export function recordRunOut(act: Act, recoveries: readonly EndedRecovery[]): void {
  const lapses = recoveries.map(({ id, expiresAt, ...whose }) => {
    const detail = { recovery: id, why: 'ran out' }
    return { event, ...subjectOf(whose), at: expiresAt, detail } as const
  })
  recordLapses(act, lapses)
}
