// The names of audit events: OWASP's logging vocabulary, and its style where it has no word for passkeys.
import { z } from 'zod'

const factor = z.enum(['email', 'passkey', 'password'])
const purpose = z.enum([
  'sign-in',
  'passkey-registration',
  'registration',
  'register',
  'switch',
  'step-up',
])
const id = z.string().regex(/^[\w-]{1,64}$/)

/**
 * `shows` lists what of an event's detail its holder may see, and as what: closed words, ids, and the
 * names that the holder gave. What support wrote is in no list. `counted` are those that somebody can
 * cause without a finished sign-in: they are told as a number, so that none pushes out what is listed.
 */
type Audience =
  | { readonly holder: false }
  | { readonly holder: 'counted' }
  | { readonly holder: 'listed'; readonly shows: z.ZodRawShape }

export const auditEvents = {
  authn_login_success: { holder: 'listed', shows: { factor, passkey: id } },
  authn_login_fail: { holder: 'counted' },
  authn_login_fail_max: { holder: 'counted' },
  authn_login_unfinished: { holder: 'counted' },
  authn_login_lock: { holder: 'listed', shows: {} },
  authn_login_unlock: { holder: 'listed', shows: { wasLocked: z.boolean() } },
  authn_password_success: { holder: false },
  authn_password_change: { holder: 'listed', shows: {} },
  authn_password_rehash: { holder: false },
  authn_code_sent: { holder: false },
  authn_mail_undelivered: { holder: false },
  authn_code_fail: { holder: 'counted' },
  authn_passkey_registered: {
    holder: 'listed',
    shows: { passkey: id, name: z.string(), synced: z.boolean() },
  },
  authn_passkey_fail: { holder: 'counted' },
  authn_passkey_removed: {
    holder: 'listed',
    shows: { passkey: id, name: z.string(), last: z.boolean() },
  },
  authn_passkey_counter: { holder: 'listed', shows: { passkey: id } },
  authn_proof_success: { holder: 'listed', shows: { purpose, passkey: id } },
  authn_factor_switched: { holder: 'listed', shows: { from: factor, to: factor } },
  authn_token_created: { holder: false },
  authn_token_reuse: { holder: false },
  authz_consent_given: { holder: 'listed', shows: { client: id } },
  authz_consent_ended: { holder: 'listed', shows: { client: id } },
  session_created: { holder: false },
  session_logout: { holder: 'listed', shows: {} },
  session_ended: { holder: 'listed', shows: {} },
  excess_rate_limit_exceeded: { holder: false },
  user_created: { holder: false },
  user_updated: { holder: 'listed', shows: { what: z.enum(['email']) } },
  sys_announcement_set: { holder: false },
  sys_announcement_removed: { holder: false },
  sys_client_added: { holder: false },
  sys_client_changed: { holder: false },
  sys_client_removed: { holder: false },
  sys_keys_rotated: { holder: false },
  sys_key_revoked: { holder: false },
} as const satisfies Record<string, Audience>

export type AuditEventName = keyof typeof auditEvents

type NamesOf<H extends Audience['holder']> = {
  [N in AuditEventName]: (typeof auditEvents)[N]['holder'] extends H ? N : never
}[AuditEventName]

export type ListedEvent = NamesOf<'listed'>
export type CountedEvent = NamesOf<'counted'>

const names = Object.keys(auditEvents) as AuditEventName[]

/** What was done to an account, or signed in to it. */
export const listedEvents = names.filter(
  (name): name is ListedEvent => auditEvents[name].holder === 'listed',
)

/** What was tried at an account and did not succeed. */
export const countedEvents = names.filter(
  (name): name is CountedEvent => auditEvents[name].holder === 'counted',
)

/** What of an event's detail its holder may see; a member that is not as its list says is left out. */
export function shownDetail(
  event: ListedEvent,
  detail: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string | boolean>> {
  const shown: Record<string, string | boolean> = {}
  for (const [member, schema] of Object.entries<Shown>(auditEvents[event].shows)) {
    const read = schema.safeParse(detail[member])
    if (read.success) shown[member] = read.data
  }
  return shown
}

type Shown = z.ZodType<string | boolean>
