import { Problem, type ProblemExtras } from '../../kernel/http/problem.ts'
import { triesPerOwner } from '../../limits/codes.ts'
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

/** A right code that is not used up yet. */
interface RightCode {
  readonly outcome: 'right'
  readonly id: string
  readonly factorsVersion: number
}

type NotRight = Exclude<CodeOutcome, { outcome: 'right' }>

/**
 * Checks a code and uses it up. A wrong code is an outcome, not an error: the act commits the try and
 * refuses with its `codeProblem` (rule 25). 429 `too_many_codes` during a wait.
 */
export async function checkCode(act: Act, question: CodeQuestion): Promise<CodeOutcome> {
  const judged = await judgeCode(act, question)
  return judged.outcome === 'right' ? useCode(act, question, judged) : judged
}

/** As `checkCode`, but a right code stays unused: of codes that are good only together none is lost by another. */
export async function judgeCode(
  act: Act,
  { accountId, owner, purpose, code, tries }: CodeQuestion,
): Promise<RightCode | NotRight> {
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
  await tries.refund(tx, owner)
  return { outcome: 'right', id: last.id, factorsVersion: last.factorsVersion }
}

/** Uses up a code that `judgeCode` has found right in this act. */
export async function useCode(
  { tx, now }: Act,
  { accountId, purpose }: Pick<CodeQuestion, 'accountId' | 'purpose'>,
  { id, factorsVersion }: RightCode,
): Promise<CodeOutcome> {
  if (!(await takeCode(tx, id, now))) return { outcome: 'spent' }
  await forgiveCodes(tx, accountId, purpose)
  return { outcome: 'right', factorsVersion }
}

/** The refusal for an outcome that is not `right`; `extras` say which of several codes it is about. */
export function codeProblem(outcome: NotRight, extras: ProblemExtras = {}): Problem {
  if (outcome.outcome === 'wrong') {
    return new Problem('code_wrong', { extras: { ...extras, triesLeft: outcome.triesLeft } })
  }
  return new Problem(outcome.outcome === 'expired' ? 'code_expired' : 'code_spent', { extras })
}
