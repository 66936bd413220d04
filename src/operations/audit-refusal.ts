import { transact, type ActDeps } from '../domain/act.ts'
import type { By } from '../domain/actor.ts'
import { recordFailure } from '../domain/passkeys/ceremony.ts'
import type { Ceremony } from '../domain/passkeys/store.ts'
import { Problem } from '../kernel/http/problem.ts'

/** Runs the check of an answer. A refusal is audited with its reason, and thrown on (rule 28). */
export async function auditRefusal<T>(
  deps: ActDeps,
  by: By,
  ceremony: Ceremony,
  check: () => Promise<T>,
): Promise<T> {
  try {
    return await check()
  } catch (error) {
    if (error instanceof Problem) {
      await transact(deps, by, async (act) => recordFailure(act, ceremony, error))
    }
    throw error
  }
}
