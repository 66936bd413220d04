import type { Caller } from '../../kernel/caller.ts'
import { Problem } from '../../kernel/http/problem.ts'
import type { Account } from '../accounts/account.ts'
import { recordEvent } from '../audit/record.ts'
import type { Deps } from '../deps.ts'
import type { Database, Tx } from '../tables/tables.ts'
import type { Ceremony } from './store.ts'

/** Puts on record that an answer was refused, and for what; what is no refusal is not (rule 28). */
export async function recordFailure(
  db: Database | Tx,
  deps: Pick<Deps, 'now'>,
  account: Account,
  { purpose, passkeyId }: Ceremony,
  error: unknown,
  caller: Caller,
): Promise<void> {
  if (!(error instanceof Problem)) return
  const reason = error.cause instanceof Error ? error.cause.message : error.code
  await recordEvent(db, deps, caller, {
    event: 'authn_passkey_fail',
    accountId: account.id,
    detail: { purpose, passkey: passkeyId, reason },
  })
}
