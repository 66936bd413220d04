import { recordEvent } from '../domain/audit/record.ts'
import type { Deps } from '../domain/deps.ts'
import { endSession } from '../domain/sessions/end.ts'
import type { Session } from '../domain/sessions/session.ts'
import type { Caller } from '../kernel/caller.ts'
import { Problem } from '../kernel/http/problem.ts'
import { isId } from '../kernel/secrets.ts'

/** Ends one of the account's sessions, the own one or another; 404 `not_found` when it has none such. */
export async function endOneSession(
  deps: Pick<Deps, 'db' | 'now'>,
  { account, id: ownId }: Session,
  id: string,
  caller: Caller,
): Promise<void> {
  if (!isId(id)) throw new Problem('not_found', 404)
  await deps.db.transaction().execute(async (tx) => {
    if (!(await endSession(tx, deps, account.id, id))) throw new Problem('not_found', 404)
    const event = id === ownId ? 'session_logout' : 'session_ended'
    await recordEvent(tx, deps, caller, { event, accountId: account.id })
  })
}
