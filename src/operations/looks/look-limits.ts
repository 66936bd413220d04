import type { Act, Refusal } from '../../domain/act.ts'
import { raiseAlert } from '../../domain/alerts/alerts.ts'
import { selectFullSince } from '../../domain/looks/store.ts'
import type { DeskOperator } from '../../domain/operators/operator.ts'
import { holdWorkingOperator } from '../../domain/operators/store.ts'
import { accountReaders } from '../../domain/vocabulary/desk.ts'
import { waitProblem } from '../../kernel/http/problem.ts'

const limited = {
  search: {
    alert: 'too-many-searches',
    code: 'too_many_searches',
    roles: accountReaders,
  },
  reveal: { alert: 'too-many-reveals', code: 'too_many_reveals', roles: ['agent', 'approver'] },
} as const

/**
 * Refuses an operator who has looked too often in the last while, and raises an alert at the first refusal.
 * Holds the operator's row, so that no two looks at once are both the last. Throws 403 `not_allowed` where the
 * right to look has ended.
 */
export async function refuseFull(
  act: Act,
  { id: operatorId }: Pick<DeskOperator, 'id'>,
  kind: keyof typeof limited,
  { most, within }: { readonly most: number; readonly within: number },
): Promise<Refusal | null> {
  const { tx, now } = act
  await holdWorkingOperator(tx, operatorId, limited[kind].roles)
  const oldest = await selectFullSince(tx, operatorId, { kind, since: now - within, most })
  if (oldest === null) return null
  const { alert, code } = limited[kind]
  // The oldest that counts names the window: many refusals in a row are one alert.
  const once = `${operatorId}/${oldest}`
  await raiseAlert(act, { kind: alert, operatorId, detail: { most }, once })
  return act.refuse(waitProblem(code, oldest + within - now))
}
