import type { OperatorRole } from '../vocabulary/desk.ts'

/** A member of the support desk, who signs in at the console. */
export interface DeskOperator {
  readonly id: string
  readonly name: string
  /** The address that is told of enrolment, change of roles and re-enrolment. */
  readonly contact: string
  readonly userHandle: string
  readonly roles: readonly OperatorRole[]
  /** The operator's own account as a customer, or null. */
  readonly accountId: string | null
  /** Moves with roles, passkeys and closing: what was begun before is void. */
  readonly version: number
  readonly closedAt: number | null
}

export interface OperatorSession {
  readonly id: string
  readonly operator: DeskOperator
  readonly passkeyId: string
  readonly signedInAt: number
  readonly provenAt: number
  readonly lastSeenAt: number
}
