import type { Act, Refusal } from '../../domain/act.ts'
import { raiseAlert } from '../../domain/alerts/alerts.ts'
import type { DeskOperator } from '../../domain/operators/operator.ts'
import { days } from '../../kernel/clock.ts'
import { waitProblem } from '../../kernel/http/problem.ts'

/** 429 `too_many_requests`, with an alert once a day, where one holder would hear too much of one operator. */
export async function refuseTooMany(
  act: Act,
  { id: operatorId }: DeskOperator,
  accountId: string,
): Promise<Refusal> {
  const once = `${operatorId}/${accountId}/${Math.floor(act.now / days)}`
  await raiseAlert(act, { kind: 'too-many-requests', accountId, operatorId, once })
  return act.refuse(waitProblem('too_many_requests', days))
}
