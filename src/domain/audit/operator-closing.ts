import type { OperatorClosing } from '../closings.ts'
import type { AuditEvent } from './events.ts'

/** What an event takes from an operator, so that a restore can take it again; null for any other event. */
export function operatorClosingOf(
  { event, detail }: AuditEvent,
  at: number,
): OperatorClosing | null {
  switch (event) {
    case 'sys_operator_removed':
      return { at, what: 'operator closed', operator: detail.operator }
    case 'authn_operator_enrolled':
      return { at, what: 'operator enrolled', operator: detail.operator }
    case 'authz_operator_roles_changed':
      return { at, what: 'operator roles', operator: detail.operator, roles: detail.to.split(' ') }
    default:
      return null
  }
}
