import type { Closing } from '../closings.ts'
import type { AuditEvent } from './events.ts'

/** Whose a lock is, by the reason that its event names. */
const lockers: Readonly<Record<string, 'guessing' | 'holder'>> = {
  maxretries: 'guessing',
  holder: 'holder',
}

/** What an event closes, or reopens, so that a restore can close it again; null for any other event. */
export function closingOf({ event, accountId, detail }: AuditEvent, at: number): Closing | null {
  if (accountId === undefined || accountId === null) return null
  const account = accountId
  switch (event) {
    case 'authn_passkey_removed':
      return { at, what: 'passkey removed', account, passkey: detail.passkey, last: detail.last }
    case 'authn_passkey_suspended':
      return { at, what: 'passkey suspended', account, passkey: detail.passkey }
    case 'authn_passkey_resumed':
      return { at, what: 'passkey resumed', account, passkey: detail.passkey }
    case 'authn_login_lock':
      return { at, what: 'account locked', account, by: lockers[detail.reason ?? ''] ?? 'support' }
    case 'authz_stopped':
      // The strongest one is a lock, which has an event of its own.
      return detail.level === 'sign-in'
        ? null
        : { at, what: 'account stopped', account, level: detail.level }
    case 'authz_stop_lifted':
      return { at, what: 'stop lifted', account }
    case 'authn_login_unlock':
      return { at, what: 'account reopened', account }
    case 'user_archived':
      return { at, what: 'account closed', account }
    case 'user_deleted':
      return { at, what: 'account erased', account }
    default:
      return null
  }
}
