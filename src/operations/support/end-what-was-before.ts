import { wipeActivationsBefore } from '../../domain/accounts/store.ts'
import { transact, type ActDeps } from '../../domain/act.ts'
import { fromNowhere, type Operator } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import { selectLastEventAt } from '../../domain/audit/store.ts'
import { deleteAllUnusedCodes } from '../../domain/operators/enrolment-codes.ts'
import { wipeExpired } from '../../domain/outbox/store.ts'
import { inBatches } from '../../domain/tables/batch.ts'
import { toIso } from '../../kernel/clock.ts'
import { endAllSessions } from './end-sessions.ts'

/**
 * Begins a new epoch in a database that was put back, before anybody uses it: no session, sign-in, code or
 * token of before is good any more, nor a challenge, as each belongs to a sign-in or session. Returns when
 * the last event happened that the database knows of, as ISO 8601.
 */
export async function endWhatWasBefore(deps: ActDeps, operator: Operator): Promise<string | null> {
  const lastEvent = toIso(await selectLastEventAt(deps.db))
  await endAllSessions(deps, operator)
  // A code that was used or replaced since is there again.
  await transact(deps, fromNowhere(operator), async ({ tx }) => deleteAllUnusedCodes(tx))
  // One that was used since is there again, and one that was handed out would be so again.
  await inBatches(() => wipeActivationsBefore(deps.db, Number.MAX_SAFE_INTEGER))
  // Mails with codes, which open nothing now.
  await inBatches(() => wipeExpired(deps.db, Number.MAX_SAFE_INTEGER))
  await transact(deps, fromNowhere(operator), async (act) =>
    record(act, { event: 'sys_restored', detail: { lastEvent } }),
  )
  return lastEvent
}
