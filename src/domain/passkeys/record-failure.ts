import type { Problem } from '../../kernel/http/problem.ts'
import type { Act } from '../act.ts'
import { record } from '../audit/record.ts'
import type { Ceremony } from './store.ts'

/** Audits a refused answer with its reason. */
export function recordFailure(
  act: Act,
  { accountId, purpose, passkeyId }: Ceremony,
  { cause, code }: Problem,
): void {
  const reason = cause instanceof Error ? cause.message : code
  const detail = { purpose, passkey: passkeyId, reason }
  record(act, { event: 'authn_passkey_fail', accountId, detail })
}
