import { Problem } from '../../kernel/http/problem.ts'
import type { Act } from '../act.ts'
import { record } from '../audit/record.ts'
import type { Ceremony } from './store.ts'

/** Audits a refused answer with its reason. Unexpected errors are not audited (rule 28). */
export function recordFailure(
  act: Act,
  { accountId, purpose, passkeyId }: Ceremony,
  error: unknown,
): void {
  if (!(error instanceof Problem)) return
  const reason = error.cause instanceof Error ? error.cause.message : error.code
  const detail = { purpose, passkey: passkeyId, reason }
  record(act, { event: 'authn_passkey_fail', accountId, detail })
}
