// The tables of applications and of OpenID Connect. Times are milliseconds since 1970.
import type { Generated } from 'kysely'

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
  /** When a code or refresh token was used; of a grant, when something was last issued under it. */
  consumed_at: number | null
  /** The user of a refresh token: a hash of its address and key. */
  used_by: Generated<string | null>
  /** A refresh token's predecessor, and the one of its successors that was used. */
  parent_hash: Generated<string | null>
  continued_by: Generated<string | null>
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

export interface OpenidTables {
  clients: ClientsTable
  client_logos: ClientLogosTable
  consents: ConsentsTable
  oidc_keys: OidcKeysTable
  oidc_records: OidcRecordsTable
  logout_notices: LogoutNoticesTable
  logout_waits: LogoutWaitsTable
}
