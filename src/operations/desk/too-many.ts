import type { Act, Refusal } from '../../domain/act.ts'
import { raiseAlert } from '../../domain/alerts/alerts.ts'
import type { DeskOperator } from '../../domain/operators/operator.ts'
import { days } from '../../kernel/clock.ts'
import { waitProblem } from '../../kernel/http/problem.ts'

/**
 * 429 `too_many_requests`, with an alert once a day, where an operator asks for too much, or one holder would hear too
 * much of her.
 */
export async function refuseTooMany(
  act: Act,
  { id: operatorId }: DeskOperator,
  accountId: string | null,
): Promise<Refusal> {
  const day = Math.floor(act.now / days)
  const once = [operatorId, accountId, day].filter((part) => part !== null).join('/')
  await raiseAlert(act, { kind: 'too-many-requests', accountId, operatorId, once })
  return act.refuse(waitProblem('too_many_requests', days))
}
