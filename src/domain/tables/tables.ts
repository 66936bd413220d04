// The one schema of both databases. Times are milliseconds since 1970; flags are 0 or 1.
import type { Generated, Kysely, Transaction } from 'kysely'
import type { Factor } from '../factors/factors.ts'
import type { CodePurpose, ProofPurpose } from '../vocabulary/purposes.ts'
import type { HoldReason, LockReason, SessionEndReason } from '../vocabulary/reasons.ts'
import type { CallTables } from './call-tables.ts'
import type { DeskTables } from './desk-tables.ts'

type Flag = 0 | 1

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
  /** A `register` or `switch` proof that has not been used yet (rule 8). */
  proof_purpose: Generated<ProofPurpose | null>
  proof_at: Generated<number | null>
  proof_version: Generated<number | null>
  /** The permission to register one passkey, given by a code (rule 7). */
  register_until: Generated<number | null>
  register_version: Generated<number | null>
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
}

export type ClientKind = 'web' | 'native' | 'fapi'

interface ClientsTable {
  id: string
  kind: ClientKind
  name: string
  secret_hash: string | null
  metadata: string
  created_at: number
}

interface ClientLogosTable {
  client_id: string
  /** SHA-256 of the content; the logo's address contains it. */
  hash: string
  type: string
  /** Base64: one type of column on both databases. */
  content: string
}

/** The consents of accounts to clients of third parties. */
interface ConsentsTable {
  account_id: string
  client_id: string
  given_at: number
  last_used_at: number | null
}

interface OidcKeysTable {
  kid: string
  alg: string
  /** The private key as JWK, sealed. */
  sealed: string
  signs_from: number
  published_until: number | null
}

interface OidcRecordsTable {
  kind: string
  /** oidc-provider's ids are bearer secrets; only their hash is stored. */
  id_hash: string
  /** The record's client; null when it has none, or several. */
  client_id: Generated<string | null>
  payload: string
  grant_hash: string | null
  /** The session under which the record was made. */
  session_id: string | null
  expires_at: number
  consumed_at: number | null
  /** The user of a refresh token: a hash of its address and key. */
  used_by: Generated<string | null>
  /** A refresh token's predecessor, and the one of its successors that was used. */
  parent_hash: Generated<string | null>
  continued_by: Generated<string | null>
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

interface LogoutNoticesTable {
  id: string
  client_id: string
  account_id: string
  sid: string | null
  next_try_at: number
  tries: number
  created_at: number
}

/** Clients whose logout endpoint failed, with the wait before their next logout notice. */
interface LogoutWaitsTable {
  client_id: string
  failures: number
  wait_until: number
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

export interface Tables extends CallTables, DeskTables {
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
  clients: ClientsTable
  client_logos: ClientLogosTable
  consents: ConsentsTable
  oidc_keys: OidcKeysTable
  oidc_records: OidcRecordsTable
  ended_sessions: EndedSessionsTable
  logout_notices: LogoutNoticesTable
  logout_waits: LogoutWaitsTable
  announcements: AnnouncementsTable
  installation: InstallationTable
}

export type Database = Kysely<Tables>

/** An open transaction. Inside one, use only it: `Database` sees the time before, and waits to write. */
export type Tx = Transaction<Tables>
