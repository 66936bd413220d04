import type { Act, Refusal } from '../../domain/act.ts'
import { raiseAlert } from '../../domain/alerts/alerts.ts'
import type { DeskOperator } from '../../domain/operators/operator.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { ownAccountToldEach } from '../../kernel/limits.ts'

/** 403 `not_allowed`, with an alert once a day, where an operator turns to the own customer account. */
export async function refuseOwnAccount(
  act: Act,
  operator: DeskOperator,
  accountId: string,
): Promise<Refusal | null> {
  if (operator.accountId !== accountId) return null
  const once = `${operator.id}/${Math.floor(act.now / ownAccountToldEach)}`
  await raiseAlert(act, { kind: 'own-account', accountId, operatorId: operator.id, once })
  return act.refuse(new Problem('not_allowed'))
}
