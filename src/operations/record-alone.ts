import { transact, type ActDeps } from '../domain/act.ts'
import type { By } from '../domain/actor.ts'
import type { AuditEvent } from '../domain/audit/events.ts'
import { record } from '../domain/audit/record.ts'

/** Audits an event of the OpenID library, which keeps its own records of what it did. */
export async function recordAlone(deps: ActDeps, by: By, event: AuditEvent): Promise<void> {
  await transact(deps, by, async (act) => record(act, event))
}
