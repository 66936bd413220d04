import type { Act, Refusal } from '../../domain/act.ts'
import { raiseAlert } from '../../domain/alerts/alerts.ts'
import type { DeskOperator } from '../../domain/operators/operator.ts'
import { days } from '../../kernel/clock.ts'
import { waitProblem } from '../../kernel/http/problem.ts'

interface TooMany {
  readonly what: 'requests' | 'calls'
  /** The one whose holder would hear too much. */
  readonly accountId?: string
  /** When there may be another one. */
  readonly until: number
}

/**
 * 429 `too_many_requests`, with an alert once a day for each thing that was too much, where an operator asks for too
 * much, or one holder would hear too much of her.
 */
export async function refuseTooMany(
  act: Act,
  { id: operatorId }: DeskOperator,
  { what, accountId, until }: TooMany,
): Promise<Refusal> {
  const day = Math.floor(act.now / days)
  const once = [operatorId, accountId ?? '', day].join('/')
  await raiseAlert(act, {
    ...{ kind: `too-many-${what}`, operatorId, once },
    ...(accountId === undefined ? {} : { accountId }),
  })
  return act.refuse(waitProblem('too_many_requests', until - act.now))
}
