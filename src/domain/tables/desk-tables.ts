// The tables of the support desk's console. Times are milliseconds since 1970; flags are 0 or 1.
import type { Generated } from 'kysely'
import type { AlertKind, LookKind, RequestKind, RequestState } from '../vocabulary/desk.ts'

interface OperatorsTable {
  id: string
  name: string
  /** The address that is told of enrolment, change of roles and re-enrolment; null: the admins are told. */
  contact: string | null
  user_handle: string
  /** JSON: a sorted list of roles. */
  roles: string
  /** The operator's own account as a customer, which she may not touch. */
  account_id: string | null
  /** Moves with roles, passkeys and closing: an approval asked for before is void. */
  version: Generated<number>
  created_at: number
  closed_at: number | null
}

interface OperatorPasskeysTable {
  id: string
  operator_id: string
  credential_id: string
  public_key: string
  algorithm: number
  counter: number
  transports: string
  aaguid: string
  backup_eligible: 0 | 1
  backed_up: 0 | 1
  created_at: number
  last_used_at: number | null
  ended_at: number | null
}

interface OperatorSessionsTable {
  id: string
  token_hash: string
  operator_id: string
  passkey_id: string
  browser: string | null
  system: string | null
  signed_in_at: number
  /** The last proof with a passkey, which a further passkey needs fresh. */
  proven_at: number
  last_seen_at: number
}

/** Codes for enrolment, 128 bits each. */
interface EnrolmentCodesTable {
  id: string
  operator_id: string
  code_hash: string
  created_at: number
  expires_at: number
  used_at: number | null
}

/** What one operator asks and another approves. */
interface RequestsTable {
  id: string
  kind: RequestKind
  /** The account that it is about, or null; of `add-operator` the operator's own account as a customer. */
  account_id: string | null
  /** The operator that it is about, or null; of `add-operator` once it is done. */
  operator_id: string | null
  asker_id: string
  /** JSON: the names of the acts in order; they stay when the rest is erased. */
  names: string
  /** JSON: the acts in order, each with its values. */
  acts: string
  reason: string
  ticket: string
  /** JSON: the identity checks done. */
  checks: string
  /** The text that is approved (RFC 8785), and its digest. */
  text: string
  digest: string
  state: RequestState
  asked_at: number
  expires_at: number
  approver_id: string | null
  decided_at: number | null
  takes_effect_at: number | null
  done_at: number | null
  /** Why it was refused, or lapsed. */
  closed_reason: string | null
  /** JSON: what verifies years later without the server. */
  receipt: string | null
  /** The half of a code that is shown once to who asked, sealed; of an activation code, what tells it from others. */
  asker_half: string | null
}

/** What a supervisor should see. */
interface AlertsTable {
  id: string
  at: number
  kind: AlertKind
  account_id: string | null
  /** Who did it, and who did it with her. */
  operator_id: string | null
  other_id: string | null
  /** JSON: numbers, ids and words of our own. */
  detail: string
  /** What is told once has a name, so that it is not told again. */
  once: string | null
}

/** What operators looked for and at. */
interface LooksTable {
  id: string
  at: number
  operator_id: string
  kind: LookKind
  /** The account that was revealed or exported. */
  account_id: string | null
  /** A search: keyed hash of what was typed, and how many accounts were shown. */
  query_hash: string | null
  found: number | null
  /** JSON: the fields that were revealed. */
  fields: string | null
  reason: string | null
  ticket: string | null
}

/** Accounts under suspicion of takeover. */
interface CasesTable {
  id: string
  account_id: string
  opened_at: number
  opened_by: string
  /** What the caller says happened. */
  claim: string
  reason: string
  ticket: string
  /** The approver who has taken it; nothing is opened without her. */
  investigator_id: string | null
  closed_at: number | null
  closed_by: string | null
  closed_reason: string | null
}

/** All of them by their names. */
export interface DeskTables {
  operators: OperatorsTable
  operator_passkeys: OperatorPasskeysTable
  operator_sessions: OperatorSessionsTable
  enrolment_codes: EnrolmentCodesTable
  requests: RequestsTable
  alerts: AlertsTable
  looks: LooksTable
  cases: CasesTable
}
