// Everything that happened to an account, as the desk reads it: the latest first, a page at a time, by kind.
import { deskPage } from '../../limits/desk.ts'
import { fromTheEnd, type Place } from '../tables/place.ts'
import type { Database } from '../tables/tables.ts'
import { auditEvents } from './events.ts'
import { latest, selectLatest, type AuditRow } from './store.ts'

/** The kinds by which the time-line is filtered. */
export const eventKinds = [
  'sign-in',
  'passkey',
  'mail',
  'session',
  'application',
  'account',
  'support',
] as const
type EventKind = (typeof eventKinds)[number]

/** The first beginning that fits decides. */
const kindsByName: readonly (readonly [beginning: string, kind: EventKind])[] = [
  ['authn_login_lock', 'account'],
  ['authn_login_unlock', 'account'],
  ['authn_login_', 'sign-in'],
  ['authn_password_success', 'sign-in'],
  ['authn_password_', 'account'],
  ['authn_activation_', 'account'],
  ['authn_code_', 'mail'],
  ['authn_mail_', 'mail'],
  ['authn_token_', 'application'],
  ['authz_consent_', 'application'],
  ['authz_hold_', 'account'],
  ['authz_', 'support'],
  ['authn_identity_', 'support'],
  ['authn_call_', 'support'],
  ['user_call_', 'support'],
  ['authn_', 'passkey'],
  ['session_', 'session'],
  ['excess_', 'sign-in'],
  ['user_suspect', 'support'],
  ['user_suspicion_', 'support'],
  ['user_', 'account'],
]

/** The kind of an event; what only the desk did is `support`. */
export function kindOfEvent(name: string): EventKind {
  return kindsByName.find(([beginning]) => name.startsWith(beginning))?.[1] ?? 'support'
}

/** The events that happen to accounts: each is looked up by the index on its own. */
const names = Object.keys(auditEvents).filter(
  (name) => !/^sys_|_operator_|^sensitive_search$/.test(name),
)

interface Wanted {
  readonly kind: EventKind | null
  readonly before: Place | null
  readonly most?: number
}

/** The events of an account before a place, the latest first, with the place where the next page begins. */
export async function selectTimeline(
  db: Database,
  accountId: string,
  { kind, before, most = deskPage }: Wanted,
): Promise<{ events: readonly AuditRow[]; next: Place | null }> {
  const wanted = names.filter((name) => kind === null || kindOfEvent(name) === kind)
  const { at, id } = before ?? fromTheEnd
  const rows = await selectLatest(db, wanted, most + 1, (name) =>
    latest(db, accountId, name, most + 1)
      .selectAll()
      .where('at', '<=', at)
      .where((row) => row.or([row('at', '<', at), row('id', '<', id)]))
      .orderBy('id', 'desc'),
  )
  const events = rows.slice(0, most)
  const last = events.at(-1)
  return { events, next: rows.length > most && last ? { at: last.at, id: last.id } : null }
}
