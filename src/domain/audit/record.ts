import type { Caller } from '../../kernel/caller.ts'
import { newId } from '../../kernel/secrets.ts'
import type { Deps } from '../deps.ts'
import type { Database, Tx } from '../tables/tables.ts'
import type { AuditEventName } from './events.ts'
import { insertEvents, type AuditRow } from './store.ts'

export interface AuditEvent {
  readonly event: AuditEventName
  readonly accountId?: string
  /** Keyed hash of a login ID that no account has. */
  readonly loginIdHash?: string
  /** Who did it: the holder, a guesser, an operator by name, or `system` for what time did. */
  readonly actor?: string
  /** What it was about, in plain words and ids; never a secret, never what a stranger typed. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>
}

/** From where an event came; its words are the same in every language. */
type Origin = Omit<Caller, 'language'>

/** What no browser asked for: by a command, by the sender of mails, or by time alone. */
export const nobody: Origin = { address: null, browser: null, system: null, requestId: null }

/** Writes what happened, in the transaction of what it tells of where there is one (rule 28). */
export async function recordEvent(
  db: Database | Tx,
  { now }: Pick<Deps, 'now'>,
  caller: Origin,
  event: AuditEvent,
): Promise<void> {
  await insertEvents(db, [rowOf(event, now(), caller)])
}

/** Writes what nobody did: it came about by time alone, at the moment that each event names. */
export async function recordLapses(
  tx: Tx,
  lapses: readonly (AuditEvent & { readonly at: number })[],
): Promise<void> {
  await insertEvents(
    tx,
    lapses.map((lapse) => rowOf({ actor: 'system', ...lapse }, lapse.at, nobody)),
  )
}

function rowOf(event: AuditEvent, at: number, caller: Origin): AuditRow {
  return {
    id: newId(),
    at,
    event: event.event,
    account_id: event.accountId ?? null,
    login_id_hash: event.loginIdHash ?? null,
    actor: event.actor ?? 'holder',
    detail: JSON.stringify(event.detail ?? {}),
    address: caller.address,
    browser: caller.browser,
    system: caller.system,
    request_id: caller.requestId,
  }
}
