// The audit events, named after OWASP's logging vocabulary, and in its style where it has no name.
import { z } from 'zod'
import { factorNames } from '../factors/factors.ts'
import { brokerCallPurposes, callPages, pageCheckActs } from '../vocabulary/calls.ts'
import { operatorCeremonies, requestStates } from '../vocabulary/desk.ts'
import { liftableLevels, recoveryKinds, stopLevels, stopWays } from '../vocabulary/life.ts'
import { ceremonyPurposes, codePurposes, proofPurposes, ways } from '../vocabulary/purposes.ts'

const factor = z.enum([...factorNames, 'password'])
const codePurpose = z.enum(codePurposes)
const proofPurpose = z.enum(proofPurposes)
const ceremonyPurpose = z.enum(ceremonyPurposes)
const recoveryKind = z.enum(recoveryKinds)
const callPage = z.enum(callPages)
const checkedAct = z.enum(pageCheckActs)
/** Or a restore, which raises again what had been stopped since the backup. */
const stopWay = z.enum([...stopWays, 'restore'])
const id = z.string().regex(/^[\w-]{1,64}$/)
const text = z.string()
const flag = z.boolean()
const number = z.number()
/** An operator is made at the console by two persons, or by whoever runs the machine. */
const operatorSource = z.enum(['console', 'command'])

type Details = Readonly<Record<string, z.ZodType>>

/**
 * `detail` is the event's data, in plain words and ids: never a secret, never a stranger's input, nor what
 * a holder has written, as nothing is erased from the trail.
 * `holder` says how much the account's holder may see: nothing (`false`), the listed members (fixed
 * words, ids and names that the holder gave; never text from support), or only a count (`counted`):
 * events that strangers can cause without a finished sign-in must not crowd out the listed ones.
 */
function event<D extends Details, const H extends false | 'counted' | readonly (keyof D)[]>(
  detail: D,
  holder: H,
) {
  return { detail, holder }
}

const byClient = { client: id.nullable() }
const ofClient = { client: id, kind: text, name: text }

export const auditEvents = {
  authn_login_success: event({ factor, passkey: id.optional() }, ['factor', 'passkey']),
  authn_login_fail: event({ factor, why: text }, 'counted'),
  authn_login_fail_max: event({ factor, browser: z.literal('known') }, 'counted'),
  authn_login_unfinished: event({ signIn: id, why: text }, 'counted'),
  authn_login_lock: event({ reason: text.optional(), ticket: text.optional() }, []),
  authn_login_unlock: event({ wasLocked: flag.optional() }, ['wasLocked']),
  authn_password_success: event({ signIn: id, next: factor, why: text.optional() }, false),
  authn_password_change: event({}, []),
  authn_activation_issued: event({}, []),
  authn_activation_given: event(
    { way: z.enum(['letter', 'asker']), request: id.optional() },
    false,
  ),
  authn_recovery_begun: event({ recovery: id, kind: recoveryKind }, false),
  authn_recovery_fail: event({ kind: recoveryKind, why: text }, 'counted'),
  authn_recovery_proven: event({ recovery: id, by: z.enum(['email-code', 'passkey']) }, false),
  authn_recovery_ended: event({ recovery: id, why: text }, false),
  authn_login_id_sent: event({}, false),
  authn_password_rehash: event({}, false),
  authn_code_sent: event({ purpose: codePurpose }, false),
  authn_mail_undelivered: event({ kind: text, reason: text }, false),
  authn_code_fail: event({ factor, purpose: codePurpose.optional(), triesLeft: number }, 'counted'),
  authn_passkey_registered: event({ passkey: id, aaguid: text.nullable(), synced: flag }, [
    'passkey',
    'synced',
  ]),
  authn_passkey_fail: event(
    { purpose: ceremonyPurpose, passkey: id.nullable(), reason: text },
    'counted',
  ),
  authn_passkey_removed: event({ passkey: id, last: flag }, ['passkey', 'last']),
  authn_passkey_suspended: event({ passkey: id, last: flag, ticket: text.optional() }, [
    'passkey',
    'last',
  ]),
  authn_passkey_resumed: event({ passkey: id }, ['passkey']),
  authn_passkey_counter: event({ passkey: id, kept: number, got: number }, ['passkey']),
  authn_proof_success: event({ purpose: proofPurpose, passkey: id.optional() }, [
    'purpose',
    'passkey',
  ]),
  authn_rehearsal_success: event({ passkey: id, way: z.enum(ways) }, ['passkey', 'way']),
  authn_operator_login_success: event({ operator: id, session: id, passkey: id }, false),
  authn_operator_login_fail: event(
    { operator: id.nullable(), purpose: z.enum(operatorCeremonies), reason: text },
    false,
  ),
  authn_operator_enrolled: event(
    { operator: id, passkey: id, aaguid: text.nullable(), synced: flag, ended: number },
    false,
  ),
  authn_operator_enrolment_fail: event({ count: number }, false),
  authn_operator_passkey_added: event(
    { operator: id, passkey: id, aaguid: text.nullable(), synced: flag },
    false,
  ),
  authn_operator_passkey_counter: event(
    { operator: id, passkey: id, kept: number, got: number },
    false,
  ),
  authn_operator_proof_success: event({ operator: id, passkey: id }, false),
  authn_factor_switched: event({ from: factor, to: factor }, ['from', 'to']),
  authn_browser_forgotten: event({ knownBrowser: id }, []),
  authn_token_created: event({ ...byClient, acr: text.optional(), session: id.nullable() }, false),
  authn_token_reuse: event({ ...byClient, what: text }, false),
  authz_hold_ended: event({ until: text }, []),
  authz_stopped: event({ level: z.enum(stopLevels), way: stopWay }, ['level']),
  authz_stop_fail: event({ why: text }, false),
  authz_stop_lifted: event({ level: z.enum(liftableLevels) }, ['level']),
  authz_consent_given: event({ client: id, name: text }, ['client']),
  authz_consent_ended: event({ client: id, name: text.nullable() }, ['client']),
  authz_application_ended: event({ client: id, name: text.nullable() }, ['client']),
  authz_operator_roles_changed: event({ operator: id, from: text, to: text }, false),
  authz_request_asked: event({ request: id, acts: text }, false),
  authz_request_approved: event({ request: id, acts: text, asker: id }, false),
  authz_request_done: event({ request: id, acts: text }, false),
  authz_request_fail: event({ request: id, reason: text }, false),
  authz_request_half_taken: event({ request: id }, false),
  authz_request_closed: event({ request: id, state: z.enum(requestStates), why: text }, false),
  session_created: event({ session: id, acr: text }, false),
  session_logout: event({}, []),
  session_ended: event({}, []),
  excess_rate_limit_exceeded: event(
    { what: text, purpose: codePurpose.optional(), count: number },
    false,
  ),
  session_operator_logout: event({ operator: id }, false),
  user_created: event({}, false),
  user_updated: event({ what: z.enum(['email', 'notice-email', 'sign-in-notices']) }, ['what']),
  user_archived: event({}, []),
  user_deleted: event({}, false),
  sensitive_search: event({ query: id, found: number, shown: text }, false),
  sensitive_read: event({ look: id, fields: text }, false),
  sensitive_export: event({ look: id, what: text }, false),
  user_suspected: event({ case: id }, false),
  user_suspicion_taken: event({ case: id, over: flag }, false),
  user_suspicion_ended: event({ case: id }, false),
  authn_call_number: event({ call: id, page: callPage }, false),
  authn_identity_check_sent: event({ call: id, check: id, act: checkedAct }, false),
  authn_identity_check_success: event({ check: id, act: checkedAct, passkey: id }, [
    'act',
    'passkey',
  ]),
  authn_identity_check_fail: event(
    { check: id, act: checkedAct, why: z.enum(['digits', 'denied']) },
    'counted',
  ),
  user_call_opened: event({ call: id, page: callPage }, false),
  user_call_begun: event({ purpose: z.enum(brokerCallPurposes) }, false),
  user_call_ended: event({}, false),
  sys_announcement_set: event(
    {
      announcement: id,
      kind: text,
      ja: text,
      en: text,
      from: number,
      until: number.nullable(),
    },
    false,
  ),
  sys_announcement_removed: event({ announcement: id }, false),
  sys_client_added: event(ofClient, false),
  sys_client_changed: event({ ...ofClient, changed: text }, false),
  sys_client_removed: event(ofClient, false),
  sys_keys_rotated: event({ signsFrom: text.nullable() }, false),
  sys_key_revoked: event({ kid: text }, false),
  sys_secret_rotated: event({}, false),
  sys_operator_added: event({ operator: id, roles: text, from: operatorSource }, false),
  sys_operator_removed: event({ operator: id, roles: text, from: operatorSource }, false),
  sys_operator_code: event({ operator: id, from: operatorSource }, false),
  sys_restored: event({ lastEvent: text.nullable() }, false),
  sys_sessions_ended: event({ sessions: number, signIns: number }, false),
  sys_trail_trimmed: event({ before: text, events: number }, false),
}

type AuditEventName = keyof typeof auditEvents

type DetailOf<N extends AuditEventName> = z.input<z.ZodObject<(typeof auditEvents)[N]['detail']>>

/** Any audit event, with the detail of its name. */
export type AuditEvent = { [N in AuditEventName]: Happened<N, DetailOf<N>> }[AuditEventName]

interface Happening<N> {
  readonly event: N
  readonly accountId?: string | null
  /** Keyed hash of an unknown login ID. */
  readonly loginIdHash?: string
}

type Happened<N, D> = string extends keyof D
  ? Happening<N> & { readonly detail?: never }
  : Happening<N> & { readonly detail: Readonly<D> }

type NamesOf<H> = {
  [N in AuditEventName]: (typeof auditEvents)[N]['holder'] extends H ? N : never
}[AuditEventName]

export type ListedEvent = NamesOf<readonly unknown[]>
export type CountedEvent = NamesOf<'counted'>

const names = Object.keys(auditEvents) as AuditEventName[]

/** The events listed to the holder: changes of the account, and sign-ins. */
export const listedEvents = names.filter((name): name is ListedEvent =>
  Array.isArray(auditEvents[name].holder),
)

/** The events counted for the holder: failed tries. */
export const countedEvents = names.filter(
  (name): name is CountedEvent => auditEvents[name].holder === 'counted',
)

/** The members of an event's detail that its holder may see; a member of the wrong type is left out. */
export function shownDetail(
  event: ListedEvent,
  detail: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string | boolean>> {
  const schemas: Details = auditEvents[event].detail
  const shown: Record<string, string | boolean> = {}
  for (const member of auditEvents[event].holder) {
    const { data } = schemas[member]?.safeParse(detail[member]) ?? {}
    if (typeof data === 'string' || typeof data === 'boolean') shown[member] = data
  }
  return shown
}
