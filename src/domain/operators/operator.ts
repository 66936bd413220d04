import { operatorIdle, operatorLongest } from '../../limits/operators.ts'
import type { OperatorRole } from '../vocabulary/desk.ts'

/** A member of the support desk, who signs in at the console. */
export interface DeskOperator {
  readonly id: string
  readonly name: string
  /** The address that is told of enrolment, change of roles and re-enrolment; null: the admins are told. */
  readonly contact: string | null
  readonly userHandle: string
  readonly roles: readonly OperatorRole[]
  /** The operator's own account as a customer, or null. */
  readonly accountId: string | null
  /** Moves with roles, passkeys and closing: what was begun before is void. */
  readonly version: number
  readonly createdAt: number
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

/** When an operator's session ends if it is not used again. */
export function operatorSessionEnd({
  lastSeenAt,
  signedInAt,
}: Pick<OperatorSession, 'lastSeenAt' | 'signedInAt'>): number {
  return Math.min(lastSeenAt + operatorIdle, signedInAt + operatorLongest)
}

/** The columns for `readOperator`. */
export const operatorColumns = [
  'operators.id as id',
  'operators.name as name',
  'operators.contact as contact',
  'operators.user_handle as userHandle',
  'operators.roles as roles',
  'operators.account_id as accountId',
  'operators.version as version',
  'operators.created_at as createdAt',
  'operators.closed_at as closedAt',
] as const

/** An operator from its columns. */
export function readOperator(row: Omit<DeskOperator, 'roles'> & { roles: string }): DeskOperator {
  return { ...row, roles: JSON.parse(row.roles) as OperatorRole[] }
}

/** The roles as they are stored: sorted, each once. */
export function writeRoles(roles: readonly OperatorRole[]): string {
  return JSON.stringify([...new Set(roles)].toSorted())
}

/** Rule 37: who makes operators neither touches accounts nor approves what others do to them. */
export function areRolesApart(roles: readonly OperatorRole[]): boolean {
  return !roles.includes('admin') || !roles.some((one) => one === 'agent' || one === 'approver')
}
