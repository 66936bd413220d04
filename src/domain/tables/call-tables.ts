// The tables of telephone calls. Times are milliseconds since 1970.
import type { AppName } from '../../kernel/http/user-agent.ts'
import type {
  BrokerCallPurpose,
  CallFailure,
  CallPage,
  PageCheckAct,
  PageCheckState,
} from '../vocabulary/calls.ts'

/** Numbers that a caller reads out, so that support sees what the page shows. They open nothing. */
interface CallNumbersTable {
  id: string
  /** Keyed: eight digits could be tried out. */
  number_hash: string
  /** Of the cookie of the browser that shows the number. */
  token_hash: string
  page: CallPage
  /** What the page says that it has shown last. */
  failure: CallFailure | null
  browser: string | null
  system: string | null
  app: AppName | null
  /** The sign-in or the session in which the page stands; neither before the password. */
  sign_in_id: string | null
  session_id: string | null
  /** The account of these. */
  account_id: string | null
  /** The operator who has looked last. */
  operator_id: string | null
  made_at: number
  expires_at: number
}

/** Identity checks through the page whose number was read out. */
interface PageChecksTable {
  id: string
  call_id: string
  account_id: string
  operator_id: string
  act: PageCheckAct
  /** What the act concerns: a passkey's id or an address, or null. */
  subject: string | null
  /** Keyed: two digits could be tried out. */
  digits_hash: string
  state: PageCheckState
  asked_at: number
  expires_at: number
  done_at: number | null
  /** What proved it. */
  passkey_id: string | null
}

/** Calls of the broker that the portal shows, one at a time for each account. */
interface BrokerCallsTable {
  account_id: string
  operator_id: string
  purpose: BrokerCallPurpose
  begun_at: number
  expires_at: number
}

export interface CallTables {
  call_numbers: CallNumbersTable
  page_checks: PageChecksTable
  broker_calls: BrokerCallsTable
}
