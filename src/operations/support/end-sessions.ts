// Ending what people and applications are signed in with, by an operator: nobody has to wait until it runs out.
import type { Account } from '../../domain/accounts/account.ts'
import { changeFactors } from '../../domain/accounts/hold-account.ts'
import { transact, type ActDeps } from '../../domain/act.ts'
import { fromNowhere, type Operator } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import { deleteSomeRecords } from '../../domain/openid/records.ts'
import { deleteAllOperatorSessions } from '../../domain/operators/sessions.ts'
import { recordEnded } from '../../domain/recoveries/ended.ts'
import { deleteRecoveriesBefore } from '../../domain/recoveries/store.ts'
import { deleteSessions, deleteSomeSessions } from '../../domain/sessions/store.ts'
import { deleteSignInsBefore } from '../../domain/sign-ins/store.ts'
import { recordUnfinished } from '../../domain/sign-ins/unfinished.ts'
import { inTurns } from './in-turns.ts'

/** Records of no session of ours; those of one end with it. Proofs stay, as each is accepted once. */
const requestKinds = ['Interaction', 'PushedAuthorizationRequest', 'Session']

interface EndedCounts {
  readonly sessions: number
  readonly signIns: number
}

/**
 * Ends every session, unfinished sign-in and attempt to set a password there is, a batch at a time: with them their codes, challenges
 * and permissions, and whatever applications hold under them, which are told. Operators of the console are signed
 * out too. New ones begin meanwhile.
 */
export async function endAllSessions(deps: ActDeps, operator: Operator): Promise<EndedCounts> {
  const by = fromNowhere(operator)
  // Before the sessions, so that none of them becomes one behind those that have ended.
  const signIns = await inTurns(() =>
    transact(deps, by, async (act) => {
      const ended = await deleteSignInsBefore(act.tx, Number.MAX_SAFE_INTEGER)
      for (const signIn of ended) recordUnfinished(act, signIn, 'ended by an operator')
      return ended.length
    }),
  )
  await inTurns(() =>
    transact(deps, by, async (act) => {
      const ended = await deleteRecoveriesBefore(act.tx, Number.MAX_SAFE_INTEGER)
      for (const recovery of ended) recordEnded(act, recovery, 'ended by an operator')
      return ended.length
    }),
  )
  const sessions = await inTurns(() =>
    transact(deps, by, async (act) => {
      const accountIds = await deleteSomeSessions(act)
      for (const accountId of accountIds) record(act, { event: 'session_ended', accountId })
      return accountIds.length
    }),
  )
  await transact(deps, by, async ({ tx }) => deleteAllOperatorSessions(tx))
  for (const kind of requestKinds) await inTurns(() => deleteSomeRecords(deps.db, kind))
  const detail = { sessions, signIns }
  await transact(deps, by, async (act) => record(act, { event: 'sys_sessions_ended', detail }))
  return detail
}

/** Ends the account's sessions and whatever it has begun; returns how many sessions. */
export async function endSessionsOf(
  deps: ActDeps,
  { id: accountId }: Account,
  operator: Operator,
): Promise<number> {
  return transact(deps, fromNowhere(operator), async (act) => {
    await changeFactors(act, { id: accountId })
    const ended = await deleteSessions(act, accountId, 'support')
    for (let count = 0; count < ended; count += 1) {
      record(act, { event: 'session_ended', accountId })
    }
    return ended
  })
}
