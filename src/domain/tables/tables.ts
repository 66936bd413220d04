// The one schema of both databases. Times are milliseconds since 1970; flags are 0 or 1.
import type { Generated, Kysely, Transaction } from 'kysely'
import type { Factor } from '../factors/factors.ts'
import type { LiftableLevel } from '../vocabulary/life.ts'
import type { CodePurpose, ProofPurpose } from '../vocabulary/purposes.ts'
import type { HoldReason, LockReason, SessionEndReason } from '../vocabulary/reasons.ts'
import type { CallTables } from './call-tables.ts'
import type { DeskTables } from './desk-tables.ts'
import type { LifeTables } from './life-tables.ts'
import type { OpenidTables } from './openid-tables.ts'

/** A statement has no place for a boolean on SQLite. */
export type Flag = 0 | 1

interface AccountsTable {
  id: string
  login_id: string
  display_name: string
  email: string
  password_hash: string
  user_handle: string
  second_factor: Factor
  /** Rule 9: every act that changes passkeys, second factor, password, address or lock increments it. */
  factors_version: number
  hold_until: number | null
  hold_reason: HoldReason | null
  /** When the hold began that is in force. */
  hold_since: Generated<number | null>
  locked_at: Generated<number | null>
  lock_reason: Generated<LockReason | null>
  created_at: number
  /** The name as the desk finds it; null until the sweep has seen a row of the version before. */
  search_name: Generated<string | null>
  /** Rule 43: keyed hash of the activation code and its end; sealed until it was handed out once. */
  activation_hash: Generated<string | null>
  activation_until: Generated<number | null>
  activation_sealed: Generated<string | null>
  /** When the address was set; null for the first one. */
  email_since: Generated<number | null>
  /** The stop in force that the holder can lift (rule 46); the strongest one is a lock. */
  stop_level: Generated<LiftableLevel | null>
  stopped_at: Generated<number | null>
  /** The first one since the last lifting; null where that is `stopped_at`. */
  first_stopped_at: Generated<number | null>
  /** A second address for notices, and former ones that get them for a while: JSON of `{address, until}`. */
  notice_email: Generated<string | null>
  former_emails: Generated<string | null>
  /** When the last of them gets none any more. */
  former_until: Generated<number | null>
  /** Whether the holder wants to be told of every sign-in. */
  tells_sign_ins: Generated<Flag>
}

interface PasskeysTable {
  id: string
  account_id: string
  name: string
  credential_id: string
  public_key: string
  algorithm: number
  counter: number
  transports: string
  aaguid: string
  attachment: string | null
  backup_eligible: Flag
  backed_up: Flag
  created_at: number
  last_used_at: number | null
  removed_at: number | null
  removed_by: string | null
  removed_reason: string | null
  /** Rule 40: dead from then on, and kept; null once it was resumed. */
  suspended_at: Generated<number | null>
  suspended_by: Generated<string | null>
}

/** Rule 5: the challenges that were answered. */
interface SpentTable {
  /** The end of the challenge: the first column of the key, so that new rows stand at its right edge. */
  expires_at: number
  hash: string
}

interface EmailCodesTable {
  id: string
  account_id: string
  purpose: CodePurpose
  /** The sign-in or session that requested the code. */
  owner: string
  code_hash: string
  factors_version: number
  created_at: number
  expires_at: number
  used_at: number | null
}

interface SignInsTable {
  id: string
  token_hash: string
  account_id: string
  factors_version: number
  /** The path to continue to; sealed for an interaction, whose id is a bearer secret. */
  continue_to: string
  code_tries: Generated<number>
  created_at: number
  expires_at: number
  /** Whether the password stands on the list of breached ones, which is told after the second factor (rule 42). */
  password_breached: Generated<Flag>
  /** Where the password was given, for the notice that the second factor was not proven. */
  browser: Generated<string | null>
  system: Generated<string | null>
}

interface SessionsTable {
  id: string
  token_hash: string
  account_id: string
  acr: string
  browser: string | null
  system: string | null
  signed_in_at: number
  proven_at: number
  last_seen_at: number
  /** The passkey of the last proof; null where that was a code. */
  proven_with: Generated<string | null>
  code_tries: Generated<number>
  /** A `register`, `switch` or `change` proof that has not been used yet (rule 8). */
  proof_purpose: Generated<ProofPurpose | null>
  proof_at: Generated<number | null>
  proof_version: Generated<number | null>
  /** The permission to register one passkey, given by a code (rule 7). */
  register_until: Generated<number | null>
  register_version: Generated<number | null>
  /** Whether the account did not know the browser that signed in. */
  new_browser: Generated<Flag>
  /** Since when what the last proof was made with belongs to the account; null where that is not known. */
  factor_since: Generated<number | null>
  /** Whether the password has to be changed before anything else (rule 42). */
  password_breached: Generated<Flag>
}

interface OutboxTable {
  id: string
  kind: string
  /** Address, subject and text, sealed; null once it is sent, expired or given up. */
  sealed: string | null
  created_at: number
  next_try_at: number
  tries: number
  /** A mail with a code is never sent after this time; null for notices (rule 26). */
  expires_at: number | null
  sent_at: number | null
  /** The recipient's account, or null. */
  account_id: string | null
  /** How often the mail server has refused this mail for good (5xx). */
  refusals: number
  /** When the mail server first refused this mail, for good or for now; null if it has not. */
  refused_since: number | null
  /** When the mail was given up, because the mail server refused it. */
  undelivered_at: number | null
  /** The codes of the mail server's answer, without its text. */
  undelivered_reason: string | null
  /** The request that caused the mail, or null. */
  request_id: string | null
  /** How often the sender that has the mail in hand has said so again; null when none has. */
  renewals: number | null
}

interface AuditEventsTable {
  id: string
  at: number
  event: string
  account_id: string | null
  /** Keyed hash of an unknown login ID (rule 28). */
  login_id_hash: string | null
  actor: string
  detail: string
  address: string | null
  browser: string | null
  system: string | null
  request_id: string | null
}

interface ThrottlesTable {
  /** Names the count; a login ID in it is a keyed hash. */
  key: string
  failures: number
  wait_until: number
  last_at: number
  /** When the count is forgotten; null for one that only a right code ends. */
  kept_until: number | null
}

interface KnownBrowsersTable {
  token_hash: string
  account_id: string
  expires_at: number
  /** The passkeys that worked or failed in this browser (src/domain/throttle/passkeys-here.ts). */
  passkeys: string | null
  /** The name by which its holder forgets it, and what the list shows; null where it last signed in before. */
  id: Generated<string | null>
  browser: Generated<string | null>
  system: Generated<string | null>
  first_at: Generated<number | null>
  last_at: Generated<number | null>
}

interface EndedSessionsTable {
  session_id: string
  account_id: string
  ended_at: number
  told_at: Generated<number | null>
  /** Null where the session ended before there were reasons. */
  token_hash: string | null
  reason: SessionEndReason | null
}

/** The kinds of announcements on the sign-in pages and in the help. */
export type AnnouncementKind = 'maintenance' | 'warning'

interface AnnouncementsTable {
  id: string
  kind: AnnouncementKind
  ja: string
  en: string
  shows_from: number
  /** Null: until an operator removes it. */
  shows_until: number | null
}

interface InstallationTable {
  name: string
  value: string
}

export interface Tables extends CallTables, DeskTables, LifeTables, OpenidTables {
  accounts: AccountsTable
  passkeys: PasskeysTable
  spent: SpentTable
  email_codes: EmailCodesTable
  sign_ins: SignInsTable
  sessions: SessionsTable
  outbox: OutboxTable
  audit_events: AuditEventsTable
  throttles: ThrottlesTable
  known_browsers: KnownBrowsersTable
  ended_sessions: EndedSessionsTable
  announcements: AnnouncementsTable
  installation: InstallationTable
}

export type Database = Kysely<Tables>

/** An open transaction. Inside one, use only it: `Database` sees the time before, and waits to write. */
export type Tx = Transaction<Tables>
