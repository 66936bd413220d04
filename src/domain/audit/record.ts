import { newId } from '../../kernel/secrets.ts'
import type { Act } from '../act.ts'
import { actorName, fromNowhere, type By } from '../actor.ts'
import type { AuditEvent } from './events.ts'
import { insertEvents, type AuditRow } from './store.ts'

/**
 * Audits an event as part of the act, with the operator's reason (rule 28). `by` overrides the act's
 * actor.
 */
export function record(act: Act, event: AuditEvent, by: By = act.by): void {
  act.later((tx) => insertEvents(tx, [rowOf(event, act.now, by)]))
}

/** Audits events that time alone caused, each at its own `at`. */
export function recordLapses(
  act: Act,
  lapses: readonly (AuditEvent & { readonly at: number })[],
): void {
  if (lapses.length === 0) return
  const rows = lapses.map((lapse) => rowOf(lapse, lapse.at, fromNowhere('system')))
  act.later((tx) => insertEvents(tx, rows))
}

function rowOf(event: AuditEvent, at: number, { actor, ...origin }: By): AuditRow {
  const reason = typeof actor === 'string' ? {} : { reason: actor.reason }
  return {
    id: newId(),
    at,
    event: event.event,
    account_id: event.accountId ?? null,
    login_id_hash: event.loginIdHash ?? null,
    actor: actorName(actor),
    detail: JSON.stringify({ ...event.detail, ...reason }),
    address: origin.address,
    browser: origin.browser,
    system: origin.system,
    request_id: origin.requestId,
  }
}
