import type { Asker } from '../../kernel/db/asker.ts'
import type { OperatorRole } from '../vocabulary/desk.ts'

interface Desk {
  /** Operators who are not closed. */
  readonly operators: number
  /** How many of them have a role and a passkey to use it. */
  readonly withRole: (role: OperatorRole) => number
  readonly withoutAddress: number
}

/** Who could work at the support desk, seen from outside. */
export async function lookAtOperators(asker: Asker): Promise<Desk> {
  const rows = await asker.ask(`select roles, contact, exists (
      select 1 from operator_passkeys where operator_id = operators.id and ended_at is null
    ) as enrolled from operators where closed_at is null`)
  const enrolled = rows.filter((row) => Boolean(row['enrolled']))
  return {
    operators: rows.length,
    withRole: (role) => enrolled.filter((row) => String(row['roles']).includes(`"${role}"`)).length,
    withoutAddress: rows.filter((row) => row['contact'] === null).length,
  }
}
