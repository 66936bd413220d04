// The support desk: whether two persons are there for what takes two.
import { lookAtOperators } from '../../../domain/operators/inspect.ts'
import type { Asker } from '../../../kernel/db/asker.ts'
import { fewestAdmins } from '../../../limits/operators.ts'
import type { Finding } from './finding.ts'

const check = 'support desk'

/** Nothing where nobody uses the console. */
export async function lookAtDesk(asker: Asker): Promise<Finding[]> {
  const { operators, withRole, withoutAddress } = await lookAtOperators(asker)
  if (operators === 0) return []
  const [admins, approvers] = [withRole('admin'), withRole('approver')]
  const findings: Finding[] = []
  const warn = (says: string, cure: string) =>
    findings.push({ check, state: 'warning', says, cure })
  if (admins < fewestAdmins) {
    warn(
      `admins with a passkey: ${admins}`,
      'operators add --roles admin: two are needed to make, change or re-enrol anybody',
    )
  }
  if (approvers < 2) {
    warn(
      `approvers with a passkey: ${approvers}`,
      'let two admins add another: one is away sometimes, and no pair may help an account twice a day',
    )
  }
  if (withoutAddress > 0) {
    warn(
      `operators without a contact address: ${withoutAddress}`,
      'add them with one: only the admins are told what happens to them',
    )
  }
  if (findings.length > 0) return findings
  return [
    { check, state: 'ok', says: `${admins} admins and ${approvers} approvers have a passkey` },
  ]
}
