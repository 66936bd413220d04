import { transact, type ActDeps } from '../../domain/act.ts'
import type { By } from '../../domain/actor.ts'
import type { UnitOfWork } from '../../domain/openid/unit-of-work.ts'

/**
 * Writes what a request of OpenID Connect has changed, if anything, in one transaction. Throws why nothing is
 * kept: because another request was first, or because there is no transaction at all.
 */
export async function keepOpenIdChanges(deps: ActDeps, by: By, unit: UnitOfWork): Promise<void> {
  if (unit.isEmpty) return
  const refusal = await transact(deps, by, (act) => unit.write(act))
  if (refusal) throw refusal
}
