import { Problem } from '../../kernel/http/problem.ts'
import { triesPerOwner } from '../../kernel/limits.ts'
import type { Act } from '../act.ts'
import { record } from '../audit/record.ts'
import type { Tx } from '../tables/tables.ts'
import { chargeWrongCode, forgiveCodes, refuseWaitingCodes } from '../throttle/codes.ts'
import type { CodePurpose } from '../vocabulary/purposes.ts'
import { isCode } from './code.ts'
import { selectLastCode, takeCode } from './store.ts'

/** Counts the tries of a sign-in or session: charged before the check, refunded for a right code. */
export interface Tries {
  charge(tx: Tx, owner: string, most: number): Promise<number | null>
  refund(tx: Tx, owner: string): Promise<void>
}

interface CodeQuestion {
  readonly accountId: string
  readonly owner: string
  readonly purpose: CodePurpose
  readonly code: string
  readonly tries: Tries
}

type CodeOutcome =
  | { readonly outcome: 'right'; readonly factorsVersion: number }
  | { readonly outcome: 'wrong'; readonly triesLeft: number }
  | { readonly outcome: 'expired' }
  | { readonly outcome: 'spent' }

/**
 * Checks a code and uses it up. A wrong code is an outcome, not an error: the act commits the try and
 * refuses with its `codeProblem` (rule 25). 429 `too_many_codes` during a wait.
 */
export async function checkCode(
  act: Act,
  { accountId, owner, purpose, code, tries }: CodeQuestion,
): Promise<CodeOutcome> {
  const { tx, keys, now } = act
  await refuseWaitingCodes(act, accountId, purpose)
  const last = await selectLastCode(tx, owner, purpose)
  if (!last || last.expiresAt <= now) return { outcome: 'expired' }
  if (last.usedAt !== null) return { outcome: 'spent' }
  const charged = await tries.charge(tx, owner, triesPerOwner)
  if (charged === null) return { outcome: 'spent' }
  if (!isCode(keys, last.codeHash, purpose, owner, code)) {
    await chargeWrongCode(act, accountId, purpose)
    const triesLeft = triesPerOwner - charged
    const detail = { factor: 'email', purpose, triesLeft } as const
    record(act, { event: 'authn_code_fail', accountId, detail })
    return { outcome: 'wrong', triesLeft }
  }
  if (!(await takeCode(tx, last.id, now))) return { outcome: 'spent' }
  await tries.refund(tx, owner)
  await forgiveCodes(tx, accountId, purpose)
  return { outcome: 'right', factorsVersion: last.factorsVersion }
}

/** The refusal for an outcome that is not `right`. */
export function codeProblem(outcome: Exclude<CodeOutcome, { outcome: 'right' }>): Problem {
  if (outcome.outcome === 'wrong') {
    return new Problem('code_wrong', { extras: { triesLeft: outcome.triesLeft } })
  }
  return new Problem(outcome.outcome === 'expired' ? 'code_expired' : 'code_spent')
}
