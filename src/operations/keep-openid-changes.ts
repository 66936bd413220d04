import { transact, type ActDeps } from '../domain/act.ts'
import type { By } from '../domain/actor.ts'
import type { UnitOfWork } from '../domain/openid/unit-of-work.ts'

/**
 * Writes what a request of OpenID Connect has changed, if anything, in one transaction. Returns why nothing
 * is kept when another request was first; throws where there is no transaction at all.
 */
export async function keepOpenIdChanges(
  deps: ActDeps,
  by: By,
  unit: UnitOfWork,
): Promise<Error | undefined> {
  return unit.isEmpty ? undefined : transact(deps, by, (act) => unit.write(act))
}
