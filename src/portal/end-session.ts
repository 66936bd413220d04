import type { Caller } from '../ground/caller.ts'
import { recordEvent } from '../audit/record.ts'
import type { Deps } from '../deps.ts'
import { Problem } from '../ground/problem.ts'
import { isId } from '../ground/secrets.ts'
import { endSession } from '../sessions/end.ts'
import type { Session } from '../sessions/session.ts'

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
