// The tables of an account's life: recoveries, new addresses and stops. Times are milliseconds since 1970.
import type { Generated } from 'kysely'
import type {
  AddressKind,
  RecoveryKind,
  RecoveryStep,
  StopLevel,
  StopWay,
} from '../vocabulary/life.ts'

/** Attempts to set a password without the one before it; also for login IDs that nobody has (rule 44). */
interface RecoveriesTable {
  id: string
  token_hash: string
  kind: RecoveryKind
  /** Null for one that never succeeds: nobody has the login ID, or its account is locked. */
  account_id: string | null
  /** Keyed: by it limits are counted, the same for all. */
  login_id_hash: string
  factors_version: number | null
  step: RecoveryStep
  code_tries: Generated<number>
  /** When its last code was asked for, whether one was sent or not. */
  code_at: number
  created_at: number
  expires_at: number
}

/** Addresses that a holder wants to have, until their codes were typed. */
interface NewAddressesTable {
  id: string
  account_id: string
  session_id: string
  kind: AddressKind
  address: string
  factors_version: number
  created_at: number
  done_at: number | null
}

/** The stops of holders. One that is not from a session may have been a stranger's. */
interface StopsTable {
  id: string
  account_id: string
  at: number
  level: StopLevel
  way: StopWay
  /** The network whence a stranger may have sent it: null for every other way. */
  network: string | null
  /** The request of the desk that reopened with many others what it had locked. */
  reopened_by: string | null
}

export interface LifeTables {
  recoveries: RecoveriesTable
  new_addresses: NewAddressesTable
  stops: StopsTable
}
