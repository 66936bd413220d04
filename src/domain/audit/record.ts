import { randomUUIDv7 } from 'node:crypto'
import type { Act } from '../act.ts'
import { actorName, fromNowhere, type By } from '../actor.ts'
import type { Tx } from '../tables/tables.ts'
import { closingOf } from './closing.ts'
import type { AuditEvent } from './events.ts'
import { operatorClosingOf } from './operator-closing.ts'
import { eventsInsertion, type AuditRow } from './store.ts'

/** The events of acts that have not ended yet. */
const pending = new WeakMap<Tx, Omit<AuditRow, 'id'>[]>()

/** Audits an event as part of the act, with the operator's reason (rule 28). */
export function record(act: Act, event: AuditEvent): void {
  add(act, [rowOf(event, act.now, act.by)])
  act.happened(event)
  const closing = closingOf(event, act.now) ?? operatorClosingOf(event, act.now)
  if (closing) act.closes(closing)
}

/** Audits events that time alone caused, each at its own `at`. */
export function recordLapses(
  act: Act,
  lapses: readonly (AuditEvent & { readonly at: number })[],
): void {
  if (lapses.length === 0) return
  const rows = lapses.map((lapse) => rowOf(lapse, lapse.at, fromNowhere('system')))
  add(act, rows)
  lapses.forEach(act.happened)
}

/** One statement writes all events of an act, whose ids sort in the order of the calls. */
function add({ tx, later }: Act, rows: readonly Omit<AuditRow, 'id'>[]): void {
  const events = pending.get(tx)
  if (events) return void events.push(...rows)
  const first = [...rows]
  pending.set(tx, first)
  later(() => {
    pending.delete(tx)
    const ids = first.map(() => randomUUIDv7()).toSorted()
    return eventsInsertion(
      tx,
      first.map((row, index) => ({ id: ids[index] ?? '', ...row })),
    )
  })
}

function rowOf(event: AuditEvent, at: number, { actor, ...origin }: By): Omit<AuditRow, 'id'> {
  const reason = typeof actor === 'string' ? undefined : actor.reason
  return {
    at,
    event: event.event,
    account_id: event.accountId ?? null,
    login_id_hash: event.loginIdHash ?? null,
    actor: actorName(actor),
    // Who gives none leaves the event its own.
    detail: JSON.stringify({ ...event.detail, ...(reason !== undefined && { reason }) }),
    address: origin.address,
    browser: origin.browser,
    system: origin.system,
    request_id: origin.requestId,
  }
}
