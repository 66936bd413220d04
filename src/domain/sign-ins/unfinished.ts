// Rule 28: a right password without a finished sign-in is audited, however the sign-in ended.
import type { Act } from '../act.ts'
import { record, recordLapses } from '../audit/record.ts'
import type { EndedSignIn } from './store.ts'

const event = 'authn_login_unfinished'

/** Audits the early end of a sign-in, which the act has deleted. */
export function recordUnfinished(
  act: Act,
  { id, accountId }: { readonly id: string; readonly accountId: string },
  why: 'given up' | 'begun anew' | 'too many wrong codes' | 'ended by an operator' | 'stopped',
): void {
  record(act, { event, accountId, detail: { signIn: id, why } })
}

/** Audits the expiry of sign-ins, which the act has deleted. */
export function recordRunOut(act: Act, signIns: readonly EndedSignIn[]): void {
  const lapses = signIns.map(({ id, accountId, expiresAt }) => {
    return { event, accountId, at: expiresAt, detail: { signIn: id, why: 'ran out' } } as const
  })
  recordLapses(act, lapses)
}
