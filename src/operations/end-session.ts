import { transact, type ActDeps } from '../domain/act.ts'
import { asHolder } from '../domain/actor.ts'
import { record } from '../domain/audit/record.ts'
import type { Session } from '../domain/sessions/session.ts'
import { deleteSessions } from '../domain/sessions/store.ts'
import type { Caller } from '../kernel/caller.ts'
import { Problem } from '../kernel/http/problem.ts'
import { isId } from '../kernel/secrets.ts'

/** Ends one of the account's sessions, this or another; 404 `not_found` when it has no such session. */
export async function endOneSession(
  deps: ActDeps,
  session: Session,
  id: string,
  caller: Caller,
): Promise<void> {
  if (!isId(id) || !(await end(deps, session, id, caller))) throw new Problem('not_found')
}

/** Ends the browser's own session; nothing happens when it has ended already. */
export async function signOut(deps: ActDeps, session: Session, caller: Caller): Promise<void> {
  await end(deps, session, session.id, caller)
}

async function end(
  deps: ActDeps,
  { account, id: ownId }: Session,
  id: string,
  caller: Caller,
): Promise<boolean> {
  return transact(deps, asHolder(caller), async (act) => {
    const isOwn = id === ownId
    const why = isOwn ? 'signed_out' : 'elsewhere'
    const ended = (await deleteSessions(act, account.id, why, { only: id })) === 1
    const event = isOwn ? 'session_logout' : 'session_ended'
    if (ended) record(act, { event, accountId: account.id })
    return ended
  })
}
