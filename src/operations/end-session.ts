import { holdAccount } from '../domain/accounts/hold-account.ts'
import { transact, type ActDeps } from '../domain/act.ts'
import { asHolder } from '../domain/actor.ts'
import { record } from '../domain/audit/record.ts'
import { holdChangeProof } from '../domain/sessions/permission.ts'
import type { Session } from '../domain/sessions/session.ts'
import { deleteSessions } from '../domain/sessions/store.ts'
import type { Caller } from '../kernel/caller.ts'
import { Problem } from '../kernel/http/problem.ts'
import { isId } from '../kernel/secrets.ts'

/**
 * Ends one of the account's sessions, this or another. 403 `proof_needed` for another's without a fresh proof;
 * 404 `not_found` when the account has no such session.
 */
export async function endOneSession(
  deps: ActDeps,
  session: Session,
  id: string,
  caller: Caller,
): Promise<void> {
  if (!(await end(deps, session, id, caller))) throw new Problem('not_found')
}

/** Ends all other sessions of the account. 403 `proof_needed` without a fresh proof. */
export async function endOtherSessions(
  deps: ActDeps,
  session: Session,
  caller: Caller,
): Promise<void> {
  const { account, id: except } = session
  await transact(deps, asHolder(caller), async (act) => {
    await holdChangeProof(act, session, await holdAccount(act, { id: account.id }))
    const ended = await deleteSessions(act, account.id, 'elsewhere', { except })
    if (ended > 0) record(act, { event: 'session_ended', accountId: account.id })
  })
}

/** Ends the browser's own session; nothing happens when it has ended already. */
export async function signOut(deps: ActDeps, session: Session, caller: Caller): Promise<void> {
  await end(deps, session, session.id, caller)
}

async function end(deps: ActDeps, session: Session, id: string, caller: Caller): Promise<boolean> {
  return transact(deps, asHolder(caller), async (act) => {
    const { account } = session
    const isOwn = id === session.id
    if (!isOwn) await holdChangeProof(act, session, await holdAccount(act, { id: account.id }))
    if (!isId(id)) return false
    const why = isOwn ? 'signed_out' : 'elsewhere'
    const ended = (await deleteSessions(act, account.id, why, { only: id })) === 1
    const event = isOwn ? 'session_logout' : 'session_ended'
    if (ended) record(act, { event, accountId: account.id })
    return ended
  })
}
