// What an API looks at before it takes an order: a hold, the customer's own stop, and how they were proven.
import type * as oauth from 'openid-client'

export type Kind = 'withdrawal' | 'sale'

/** Why no order of this kind is taken now. */
export type Bar =
  | { readonly error: 'held'; readonly until: string; readonly reason: string }
  | { readonly error: 'stopped' }

/** A strong proof is one with a passkey, at most so many seconds old. */
const needed = { acr: 'phr', maxAge: 300 } as const
/** A passkey or an address that was changed so short a time ago, in milliseconds, may be a thief's. */
export const youngFor = 24 * 60 * 60 * 1000

/** Introspection says how it stands now, also what began after the token was made. */
export function findBar(facts: oauth.IntrospectionResponse, kind: Kind): Bar | null {
  const { stop } = facts
  // Each level of a stop stops what those before it stop, and more: a level that is new to us stops all.
  if (stop !== undefined && !(kind === 'sale' && stop === 'withdrawal')) return { error: 'stopped' }
  const hold = readHold(facts)
  if (!hold || (kind === 'sale' && hold.scope === 'withdrawal')) return null
  return { error: 'held', until: hold.until, reason: hold.reason }
}

/** Whether the browser is new to the account, or what proved the customer is. */
export function isUnusual(facts: oauth.IntrospectionResponse, youngTime: number): boolean {
  return isNewBrowser(facts) || findEndOfYouth(facts, youngTime) !== null
}

/**
 * What no proof lifts: whoever has the password and the mailbox binds a passkey of their own, and proves it as
 * freshly as the customer does. Asked after the proof, so that a customer with an older passkey goes on.
 */
export function findYoungFactor(facts: oauth.IntrospectionResponse, youngTime: number): Bar | null {
  const end = findEndOfYouth(facts, youngTime)
  if (end === null || !isNewBrowser(facts)) return null
  return { error: 'held', until: end.toISOString(), reason: 'young_factor' }
}

const isNewBrowser = (facts: oauth.IntrospectionResponse) => facts['new_browser'] !== false

/** Until when the factor is young; null when it is not. */
function findEndOfYouth(facts: oauth.IntrospectionResponse, youngTime: number): Date | null {
  const since = facts['factor_since']
  if (typeof since !== 'string') return null
  const end = new Date(Date.parse(since) + youngTime)
  return end > new Date() ? end : null
}

export function isStrong(facts: oauth.IntrospectionResponse): boolean {
  const provenAt = Number(facts['auth_time'])
  return facts['acr'] === needed.acr && Date.now() / 1000 - provenAt <= needed.maxAge
}

/** RFC 9470, §3: what is missing, so that the application can ask for just that. */
export const lack = [
  'error="insufficient_user_authentication"',
  'error_description="a passkey proof of the last five minutes is needed"',
  `acr_values="${needed.acr}"`,
  `max_age="${needed.maxAge}"`,
].join(', ')

function readHold({ hold }: oauth.IntrospectionResponse) {
  if (typeof hold !== 'object' || hold === null || Array.isArray(hold)) return null
  const { until, reason, scope } = hold
  if (!(Date.parse(String(until)) > Date.now())) return null
  return { until: String(until), reason: String(reason), scope: String(scope) }
}
